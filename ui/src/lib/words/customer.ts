import type { ChangeKind, CustomerSort, RawKind, StatusGroup } from '$lib/ipc';
import { count, counted, day, isToday, moment, time, later } from './format';

const clock = later(() => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }));

/** Words of the customers list, the look-up and the record. */
export const customer = {
  title: 'Customers',
  tally: (all: number) => `${count(all)} on this computer`,
  columns: {
    name: 'Name in English',
    local: 'Local name',
    connection: 'Connection',
    country: 'Country',
    status: 'Status',
    read: 'Updated',
  },
  order: {
    read_at: ['updated, newest first', 'updated, oldest first'],
    name: ['name, A to Z', 'name, Z to A'],
    country: ['country, A to Z', 'country, Z to A'],
    status: ['status, A to Z', 'status, Z to A'],
  } satisfies Record<CustomerSort, [string, string]>,
  caption: (total: number, order: string) => `${counted(total, 'customer', 'customers')}, sorted by ${order}`,
  sortedSaid: (order: string) => `Sorted by ${order}`,
  groups: {
    waiting: 'Waiting',
    active: 'Active',
    attention: 'Needs attention',
    stopped: 'Stopped',
    unknown: 'Unknown',
  } satisfies Record<StatusGroup, string>,
  all: 'All',
  number: count,
  groupsLabel: 'Status groups',
  searchLabel: 'Search customers',
  searchHint: 'Name, ID, email or number',
  clearSearch: 'Clear search',
  showAll: 'Show all',
  searching: 'Searching…',
  matches: (total: number) => counted(total, 'customer', 'customers'),
  noMatch: (query: string, group: string | null) =>
    query === ''
      ? `No customers in ${group ?? 'this list'}.`
      : `No customers match “${query}”${group === null ? '' : ` in ${group}`}.`,
  lookUpThis: 'Look it up on the platform',
  daysAgo: (days: number) => `${count(days)} d ago`,
  readDaysAgo: (days: number) => `Read ${counted(days, 'day', 'days')} ago`,
  notProvided: 'Not provided',
  noName: 'No name in this reading',
  noStatus: 'No status',
  empty: 'No customers on this computer yet',
  emptyText: 'Look one up by its ID, or send a draft.',
  loadFailed: 'The list could not be read.',
  newDraft: 'New draft',
  offlineTitle: (since: string | null) => (since ? `Offline since ${moment(since)}.` : 'Offline.'),
  offlineText: 'Customers read before can be opened. Looking one up needs a connection.',

  preview: 'Preview',
  closePreview: 'Close preview',
  open: 'Open',
  readAt: (at: string) => (isToday(at) ? `Read today ${time(at)}` : `Read ${moment(at)}`),
  previewFailed: 'It could not be opened.',
  registration: 'Registration',
  business: 'Business',
  registeredIn: 'Registered in',

  lookUpAnId: 'Look up an ID',
  lookUpTitle: 'Look up on the platform',
  by: 'Look up by',
  byCustomerId: 'Customer ID',
  byYourId: 'Your ID',
  lookUp: 'Look up',
  lookingUp: 'Looking it up…',
  cancel: 'Cancel',
  enterId: { customer_id: 'Enter the customer ID', partner_customer_id: 'Enter your ID' },
  missed: {
    customer_id: 'The platform has no customer with this customer ID.',
    partner_customer_id: 'The platform has no customer with this ID of yours.',
  },
  lookUpFailed: 'It could not be looked up.',
  lookUpOffline: 'You are offline. Looking up needs a connection.',
  lookUpOfflineSince: (since: string | null) =>
    since ? `Looking up needs a connection. Offline since ${moment(since)}.` : 'Looking up needs a connection.',
  noConnection: 'Choose a connection first',
  on: (connection: string) => `Asks ${connection}.`,
  found: (name: string) => `Found: ${name}`,

  back: 'Customers',
  placeInList: (at: number, of: number) => `${count(at)} of ${count(of)}`,
  before: 'Previous',
  next: 'Next',
  noneBefore: 'First of the list',
  noneNext: 'Last of the list',
  recordBefore: 'Previous record',
  nextRecord: 'Next record',
  showTab: (tab: string) => `Show ${tab.toLowerCase()}`,
  tabsLabel: 'Record',
  tabs: { details: 'Details', persons: 'Persons', history: 'History', raw: 'Raw' },
  customerId: 'Customer ID',
  yourId: 'Your ID',
  copy: (what: string) => `Copy ${what}`,
  copied: (what: string) => `${what} copied`,
  copyFirst: 'Press R to show it, then C to copy it',
  copyFailed: 'It could not be copied',
  asRead: (at: string) =>
    isToday(at)
      ? `As read today at ${clock().format(new Date(at))}`
      : `As read on ${day(at)} at ${clock().format(new Date(at))}`,
  asOf: (at: string) => `As of ${moment(at)}, offline`,
  readAgain: 'Read again',
  reading: 'Reading…',
  readSaid: (at: string) => `Read again at ${time(at)}`,
  readFailed: 'It could not be read again.',
  readStopped: 'Reading stopped.',
  staleTitle: 'Offline.',
  stale: (at: string) => `This is the reading of ${moment(at)}.`,
  openFailed: 'The customer could not be opened.',
  createdAt: 'Created',
  updatedAt: 'Updated',
  newest: 'Newest reading',
  askedAgain: 'Asked again',
  askedAt: (at: string) => (isToday(at) ? `About ${time(at)}` : `About ${moment(at)}`),

  update: 'Update',
  correct: 'Correct and update',
  goOn: 'Go on with the update',
  archived: 'Its connection is archived',
  updateFailed: 'The draft could not be made.',
  more: 'More actions',
  newApplication: 'Start a new application from this one',

  changed: 'Changed',
  changedSince: (fields: number, since: string) =>
    `${counted(fields, 'field', 'fields')} changed on the platform since the reading of ${readingAt(since)}.`,
  changedShort: (fields: number, since: string) =>
    `${counted(fields, 'field', 'fields')} changed since ${readingAt(since)}`,
  changedAt: (at: string) => `Changed ${isToday(at) ? 'today' : day(at)}`,
  showChanges: 'Show changes',
  goneText: 'When it was asked last, the platform had no such customer any more.',
  noted: 'Noted',
  was: (before: string, since: string) => `Was: ${before}, ${isToday(since) ? '' : 'on '}${readingAt(since)}`,

  compare: 'Compare readings',
  compareOne: 'There is one reading only',
  closeCompare: 'Close the comparison',
  compareFailed: 'The readings could not be compared.',
  differences: (changed: number, before: string, after: string) =>
    `${changed === 0 ? 'No differences' : counted(changed, 'difference', 'differences')} between ${between(before, after)}`,
  noDifference: (same: number) => `${counted(same, 'value is', 'values are')} the same in both.`,
  compareBefore: 'Before',
  compareAfter: 'After',
  readingOption: (at: string, status: string | null) => [at, status].filter(Boolean).join(', '),
  allValues: 'All values',
  columnsCompare: { field: 'Field', change: 'Change' },
  compareTable: 'Values of both readings',
  became: {
    added: 'Added',
    removed: 'Removed',
    changed: 'Changed',
    same: 'Same',
    not_said: 'Not said',
  } satisfies Record<ChangeKind, string>,
  kept: (became: string) => `${became}, kept`,
  notKnown: 'not known to this program',
  aboutRecord: 'Status and IDs',
  recordFields: { status: 'Status', created_at: 'Created', customer_id: 'Customer ID' } as Partial<
    Record<string, string>
  >,
  personIn: { before: 'Only before', after: 'Only after' },

  readingsTitle: 'Readings',
  readingsTable: 'Readings kept, newest first',
  columnsReadings: { first: 'First read', last: 'Last read', status: 'Status', changes: 'Since the one before' },
  readingsFailed: 'The readings could not be read.',
  changes: (changes: number) => counted(changes, 'change', 'changes'),
  changesOf: (changes: number, at: string) =>
    `${counted(changes, 'change', 'changes')} in the reading of ${seenAt(at)}`,
  firstReading: 'First reading',
  olderReadings: (number: number) =>
    `${counted(number, 'older reading', 'older readings')}: compare readings has them all.`,
  keptReadings: 'Kept',
  readings: (number: number) => counted(number, 'reading', 'readings'),

  /** Terms of the record, shorter than the labels of the form; by the key of the field. */
  facts: {
    identifier: 'Identifier',
    business_identifier_number: 'Number',
    period: 'Period',
    documents: 'Documents',
    registration_address_state: 'State',
    operating_country: 'Operates in',
    goods_service_description: 'Goods or services',
    industry_category_code: 'Industry',
    revenue: 'Revenue',
    contact_phone: 'Phone',
    contact_email: 'Email',
    business_name_english: 'Name',
    first_name_english: 'First name',
    last_name_english: 'Last name',
  } as Partial<Record<string, string>>,
  shortDate,
  fromTo: (from: string, to: string) => `${shortDate(from)} to ${shortDate(to)}`,
  from: (from: string) => `From ${shortDate(from)}`,
  until: (to: string) => `Until ${shortDate(to)}`,
  aMonth: (sum: string) => `${sum} a month`,

  persons: 'Persons',
  personsTable: 'Persons, table',
  person: (number: number) => `Person ${number}`,
  personParts: {
    basic_info: 'Person',
    residential_address: 'Residential address',
    identification: 'Identification',
  } as Partial<Record<string, string>>,
  columnsPersons: {
    name: 'Name',
    role: 'Role',
    nationality: 'Nationality',
    birth: 'Date of birth',
    id: 'ID number',
    expires: 'ID expires',
  },
  expiry: { expired: 'Expired', soon: 'Expires soon' },
  notSaid: 'Not in this reading',
  unknownTitle: 'Fields this program does not know',
  unknownText: 'They are kept as they came.',
  show: 'Show',
  showField: (label: string, of = '') =>
    `Show ${label.toLowerCase()}${of && `, ${of.charAt(0).toLowerCase()}${of.slice(1)}`}`,
  hideNow: 'Hide now',
  hidesIn: (seconds: number) => `Hides in ${seconds} s`,
  shownSaid: (label: string, seconds: number) => `${label} shown. Hides in ${counted(seconds, 'second', 'seconds')}.`,
  hiddenSaid: 'Hidden.',
  showFailed: (why: string) => `It could not be shown. ${why}`,
  reasonTitle: 'Why do you want to see it?',
  reasonText: 'The activity keeps the reason. It is used until you leave this screen.',
  reason: 'Reason',
  reasonEmpty: 'Enter the reason',
  reasonGive: 'Go on',

  identifiers: 'Identifiers',
  inFull: 'In full',
  statusHistory: 'Status history',
  statusTable: 'Statuses read so far, newest first',
  columnsHistory: { status: 'Status', at: 'First read', before: 'Before' },
  noHistory: 'No status was read yet',
  firstSeen: (at: string) => `First seen in the reading of ${isToday(at) ? 'today' : day(at)}.`,
  it_was: (before: string) => `It was ${before}.`,
  firstStatus: 'None before',
  /** An instant of the platform's own; what is none is shown as it came. */
  instant: (at: string) => (Number.isNaN(Date.parse(at)) ? at : moment(at)),
  seenAt,
  seenAmong,
  shownToday: 'Shown by you today',
  nothingShown: 'Nothing',
  shownAt: (at: string) => time(at),
  activity: 'Activity',
  sideLabel: 'Status history and what was shown',

  rawTitle: 'The answer as it came',
  rawHash: 'SHA-256',
  rawLabel: 'Lines of the answer',
  rawFailed: 'The answer could not be opened.',
  rawEmpty: 'Empty text',
  rawHolds: (kind: RawKind, lines: string) =>
    kind === 'array' ? counted(Number(lines) || 0, 'entry', 'entries') : counted(Number(lines) || 0, 'field', 'fields'),
  rawWhole: 'Answer',
  rawMore: (lines: number) => `Show ${count(lines)} more lines`,
  rawLeft: (shown: number, all: number) => `${count(shown)} of ${counted(all, 'line', 'lines')}`,
};

function seenAt(at: string): string {
  return isToday(at) ? `Today ${time(at)}` : moment(at);
}

/** With its seconds where it would read as another one beside it does. No time zone moves them. */
function seenAmong(at: string, others: readonly string[], said = seenAt(at)): string {
  return others.some((other) => other !== at && minute(other) === minute(at)) ? said + at.slice(16, 19) : said;
}

function minute(at: string): string {
  return at.slice(0, 16);
}

/** When a reading was, inside a sentence: "today" alone would say nothing of what changed since. */
function readingAt(at: string): string {
  return isToday(at) ? `today ${time(at)}` : day(at);
}

/** The day of a reading inside a sentence. */
function readingDay(at: string): string {
  return isToday(at) ? 'today' : day(at);
}

/** Two readings inside a sentence: their days, or their times where it is one day. */
function between(before: string, after: string): string {
  const days = [readingDay(before), readingDay(after)];
  if (days[0] !== days[1]) return days.join(' and ');
  const at = (one: string) => seenAmong(one, [before, after], time(one));
  return `${at(before)} and ${at(after)} ${isToday(after) ? 'today' : `on ${day(after)}`}`;
}

const calendar = later(
  () =>
    new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }),
);

/** A calendar date as records show it: `12 Mar 2019`. What is no date comes back as it is. */
function shortDate(date: string): string {
  const parsed = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) ? date : calendar().format(parsed).replace('Sept', 'Sep');
}
