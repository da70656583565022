import type { ActivityObjectKind } from '$lib/ipc';
import { fieldLabel } from './fields';
import { count, counted, moment } from './format';

/** Words of every action that the program writes into the trail; a test compares it with the source. */
export const ACTIONS: Record<string, string> = {
  'connection.add': 'Added a connection',
  'connection.archive': 'Archived a connection',
  'connection.restore': 'Brought back a connection',
  'connection.save': 'Changed a connection',
  'connection.test': 'Tested a connection',
  'customer.lookup': 'Looked up a customer',
  'customer.open': 'Opened a customer',
  'customer.raw': 'Read the raw answer',
  'customer.reveal': 'Showed a masked value',
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
  'program.end': 'Program closed',
  'program.start': 'Program started',
  'settings.save': 'Changed a setting',
};

/** Results that are no code of an error. */
const RESULTS: Record<string, string> = {
  ok: 'Done',
  rejected: 'Rejected',
  unknown: 'Not known',
  conflict: 'Conflict',
  cancelled: 'Cancelled',
};

const CHANGED: Record<string, string> = {
  name: 'name',
  base_url: 'base URL',
  revision: 'revision',
  api_key: 'API key',
  api_secret: 'API secret',
  proxy: 'proxy',
  authorities: 'certificate authorities',
};

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
    result: 'Result',
    connection: 'Connection',
  },
  /** What a row's detail holds: the path of a shown value, your id of a sent draft, or the names of what changed. */
  detail: (action: string, detail: string): { term: 'part' | 'changed' | 'yourId'; text: string } => {
    if (action === 'draft.submit' || action === 'draft.send') return { term: 'yourId', text: detail };
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
  label: (path: string) => fieldLabel(path),
  at: (instant: string) => moment(instant),
  open: { customer: 'Open the customer', draft: 'Open the draft', connection: 'Open the connection' } as Record<
    ActivityObjectKind,
    string
  >,
};
