import type { ActivityObjectKind } from '$lib/ipc';
import { fieldLabel } from './fields';
import { calendarDate, count, counted, moment } from './format';

/** Words of every action that the program writes into the trail; a test compares it with the source. */
export const ACTIONS: Record<string, string> = {
  'connection.add': 'Added a connection',
  'connection.archive': 'Archived a connection',
  'connection.restore': 'Brought back a connection',
  'connection.save': 'Changed a connection',
  'connection.test': 'Tested a connection',
  'customer.copy': 'Copied a customer into a new draft',
  'customer.gone': 'Platform has the customer no more',
  'customer.lookup': 'Looked up a customer',
  'customer.open': 'Opened a customer',
  'customer.poll': 'Asked for changes',
  'customer.raw': 'Read the raw answer',
  'customer.reveal': 'Showed a masked value',
  'customer.seen': 'Looked at what changed',
  'document.add': 'Added a file',
  'document.remove': 'Removed a file',
  'document.retry': 'Tried a file again',
  'document.send': 'File went to the platform',
  'document.stop': 'Stopped a file',
  'draft.create': 'Began a draft',
  'draft.delete': 'Deleted a draft',
  'draft.duplicate': 'Duplicated a draft',
  'draft.lookup': 'Looked up the outcome',
  'draft.outcome': 'Outcome of a draft',
  'draft.purge': 'Deleted draft, removed after 30 days',
  'draft.restore': 'Brought back a draft',
  'draft.resume': 'Let a draft be sent again',
  'draft.send': 'Draft went to the platform',
  'draft.settle': 'Settled a conflict',
  'draft.submit': 'Sent a draft',
  'network.save': 'Changed the network settings',
  'platform.list': 'Read the platform’s list',
  'program.end': 'Program closed',
  'program.list': 'List of this computer',
  'program.policy': 'Policy of this computer',
  'program.start': 'Program started',
  'settings.save': 'Changed a setting',
  'update.begin': 'Began an update',
  'update.rebase': 'Took over what the platform changed',
  'update.settle': 'Settled what both sides changed',
};

/** Results that are no code of an error. */
const RESULTS: Record<string, string> = {
  ok: 'Done',
  rejected: 'Rejected',
  unknown: 'Not known',
  conflict: 'Conflict',
  cancelled: 'Cancelled',
  'list.unreadable': 'Not understood',
  'policy.not_obeyed': 'Not obeyed',
  'policy.unreadable': 'Not understood',
};

const CHANGED: Record<string, string> = {
  name: 'name',
  base_url: 'base URL',
  revision: 'revision',
  api_key: 'API key',
  api_secret: 'API secret',
  proxy: 'proxy',
  authorities: 'certificate authorities',
  upload: 'how files are sent',
};

/** What the details of an action are, where they are no part of its object. */
const TERMS: Record<string, 'yourId' | 'customerId' | 'draft' | 'reading' | 'file'> = {
  'draft.submit': 'yourId',
  'draft.send': 'yourId',
  'update.begin': 'customerId',
  'customer.copy': 'draft',
  'customer.seen': 'reading',
  'program.list': 'file',
  'program.policy': 'file',
};

type Term = 'part' | 'changed' | 'sum' | (typeof TERMS)[string];

/** A day of asking for changes: `On 3 May 2026 asked 120 times, 2 changes`; another text is shown as it is. */
function polls(detail: string): string {
  const [, on = '', asks, changes] = /^day=(\S+) asks=(\d+) changes=(\d+)$/.exec(detail) ?? [];
  if (asks === undefined) return detail;
  const times = `asked ${counted(Number(asks), 'time', 'times')}`;
  return `On ${calendarDate(on)} ${times}, ${counted(Number(changes), 'change', 'changes')}`;
}

/** How much of a list was read, and its filter: `120 customers, CORPORATION`. */
function listed(detail: string): string {
  const [rows, ...filter] = detail.split(' ');
  return [counted(Number(rows) || 0, 'customer', 'customers'), ...filter].join(', ');
}

/** Words of the screen. */
export const activity = {
  title: 'Activity',
  caption: (rows: number) => `${counted(rows, 'row', 'rows')}, newest first`,
  kinds: {
    all: 'All',
    customer: 'Customers',
    draft: 'Drafts',
    connection: 'Connections',
    program: 'Program',
  } satisfies Record<ActivityObjectKind | 'all', string>,
  kindLabel: 'Show',
  kind: {
    customer: 'Customer',
    draft: 'Draft',
    connection: 'Connection',
    program: 'Program',
  } satisfies Record<ActivityObjectKind, string>,
  search: 'Name, ID, person or action',
  readAgain: 'Read again',
  columns: { time: 'Time', actor: 'Who', what: 'What', object: 'On', where: 'Where', result: 'Result' },
  /** A code of another version is shown, not hidden. */
  action: (code: string) => ACTIONS[code] ?? code,
  result: (code: string, action: string) => {
    if (code === 'ok' && action === 'draft.outcome') return 'Accepted';
    return RESULTS[code] ?? 'Failed';
  },
  everywhere: 'This computer',
  older: 'Load older',
  newer: 'Load newer',
  loading: 'Loading…',
  heard: (rows: number, more: boolean) => (more ? `${count(rows)} rows, and older ones` : counted(rows, 'row', 'rows')),
  empty: 'Nothing here yet',
  emptyText: 'What is done and seen in this environment stands here, with the time and who did it.',
  noMatch: (query: string, kind: string) =>
    query ? `Nothing in ${kind} matches “${query}”` : `Nothing on ${kind.toLowerCase()} yet`,
  clear: 'Show everything',
  loadFailed: 'The activity could not be read.',
  checking: 'Checking the trail…',
  whole: (rows: number) => `The trail is whole, ${counted(rows, 'row', 'rows')}`,
  cut: (row: number) => `The trail was cut after row ${count(row)}, or an older copy was put in its place.`,
  broken: (row: number) => `The trail was changed at row ${count(row)}.`,
  brokenText:
    'From there on it cannot be relied on. Keep a copy of the data folder, and tell who looks after this program.',
  checkFailed: 'The trail could not be checked.',
  details: {
    number: 'Row',
    time: 'Time',
    action: 'Action',
    id: 'ID',
    part: 'Part',
    changed: 'Changed',
    yourId: 'Your ID',
    customerId: 'Customer ID',
    draft: 'New draft',
    reading: 'Reading',
    file: 'File',
    sum: 'In all',
    reason: 'Reason',
    result: 'Result',
    connection: 'Connection',
  },
  /** What a row's detail holds: the path of a shown value, an id, the names of what changed, or a sum. */
  detail: (action: string, detail: string): { term: Term; text: string } => {
    const term = TERMS[action];
    if (term) return { term, text: detail };
    if (action === 'customer.poll') return { term: 'sum', text: polls(detail) };
    if (action === 'platform.list') return { term: 'sum', text: listed(detail) };
    if (action === 'update.rebase') return { term: 'sum', text: counted(Number(detail) || 0, 'value', 'values') };
    if (action.endsWith('.save'))
      return {
        term: 'changed',
        text: detail
          .split(' ')
          .map((word) => CHANGED[word] ?? word)
          .join(', '),
      };
    return { term: 'part', text: detail };
  },
  /** Whether a result is a word of the trail, not the code of an error. */
  isWord: (result: string) => result in RESULTS,
  label: (path: string) => fieldLabel(path),
  at: (instant: string) => moment(instant),
  open: { customer: 'Open the customer', draft: 'Open the draft', connection: 'Open the connection' } as Record<
    ActivityObjectKind,
    string
  >,
};
