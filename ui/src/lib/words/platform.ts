import type { Capabilities, ConnectionView, PlatformListView } from '$lib/ipc';
import { count, counted, isToday, moment, time } from './format';
import { platform as said } from './individual';

const { party } = said;

/** Words of what one platform has and another has not: its own list, its filters, what it cannot do. */
export const platform = {
  party,
  parties: ['INDIVIDUAL', 'CORPORATION'],
  /** As the documents of Bultra name them. */
  statuses: ['ACTIVE', 'PENDING', 'EDD', 'FROZEN', 'DORMANT', 'CLOSED'],
  filters: { connection: 'Connection', party: 'Type', status: 'Status' },
  any: 'any',
  clearFilters: 'Clear filters',
  noneLeft: 'No customers are left by these filters.',
  noneFound: (query: string) => `No customers match “${query}” within these filters.`,
  emptyText: 'Read the list of the platform, or look one up by its ID.',

  unread: said.notRead,
  unreadText: 'Only the list of the platform has named it. Enter reads it.',
  readIt: 'Read it',
  listedAt: (at: string) => (isToday(at) ? `Listed today ${time(at)}` : `Listed ${moment(at)}`),
  unlisted: 'Not listed',
  unlistedAt: (at: string) => `On ${moment(at)} the platform no longer listed it.`,
  type: 'Type',
  email: 'Email',
  phone: 'Phone',
  contact: 'Contact',
  accounts: said.accounts,
  individuals: said.individuals,

  label: 'List of the platform',
  /** What was read, with the filters that it was read with. */
  progress: ({ rows, has_more, read_at, complete_at, party: type, status }: PlatformListView, name: string): string => {
    const narrowed = [type && party(type), status].filter(Boolean).join(', ');
    const whose = `list of ${name}${narrowed && ` (${narrowed})`}`;
    if (read_at === null) return `The ${whose} was not read yet.`;
    if (has_more) return `${count(rows)} read of the ${whose}, more there.`;
    return `The ${whose} was read to its end${complete_at ? ` ${moment(complete_at)}` : ''}, ${counted(rows, 'row', 'rows')}.`;
  },
  unreadCount: (unread: number) => `${count(unread)} without a name yet`,
  more: 'Read on',
  moreSize: 'Read on (100)',
  begin: 'Read (100)',
  all: 'Read all',
  details: 'Read their names',
  again: 'Read anew',
  stop: 'Stop reading',
  working: {
    more: (name: string) => `Reading the next page of ${name}…`,
    all: (name: string) => `Reading the list of ${name}…`,
    details: (name: string) => `Reading customers of ${name}…`,
  },
  /** How far that is, where it is known. */
  soFar: (done: number, total: number) =>
    total > 0 ? `${count(done)} of ${count(total)}` : done > 0 ? counted(done, 'row', 'rows') : '',
  failed: (name: string) => `Reading from ${name} stopped.`,
  cancelled: 'Reading was stopped. What was read stays.',
  read: {
    more: (rows: number, name: string) => readRows(rows, name),
    all: (rows: number, name: string) => readRows(rows, name),
    details: (read: number, name: string) => `${counted(read, 'customer', 'customers')} of ${name} read.`,
  },
  commands: {
    more: 'Read on in the list of the platform',
    all: 'Read all of the list of the platform',
    details: 'Read the names of customers without one',
    stop: 'Stop reading the platform',
  },

  individual: said.id,
  individualHint: 'An individual of this customer',
  customerIdOnly: 'Bultra is asked by its own IDs only.',
  missedIndividual: 'The platform has no such customer, or no such individual of it.',

  /** Why there is no new customer here, and where it comes from. */
  noCreate: 'Customers of Bultra are made by its application process',
  noCreateText: ({ name }: Pick<ConnectionView, 'name'>) =>
    `Customers of Bultra are made by its application process, so ${name} takes no new ones.`,
  noCreateTitle: 'New draft',
  elsewhere: 'Connection that takes it',
  noneCreates: 'No other connection of this environment takes new customers. Add one, or choose another environment.',
  make: 'New draft',
  connections: 'Go to connections',
} as const satisfies Record<string, unknown>;

function readRows(rows: number, name: string): string {
  return `${counted(rows, 'row', 'rows')} of the list of ${name} read.`;
}

/** Whether any of these connections can do something. */
export function canAny(connections: readonly ConnectionView[], what: keyof Capabilities): boolean {
  return connections.some((each) => each.capabilities[what]);
}
