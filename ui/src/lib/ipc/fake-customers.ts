// Made-up customers for fake-desk.ts: 300 rows, each with a record, a preview and a raw answer. `?fake=nomatch` finds
// nobody, `?fake=error` lets the list and the records fail, `?fake=offline` lets calls fail, `?fake=stale` makes every
// reading 41 days old, `?fake=slow` takes its time, `?fake=long` answers with thousands of lines, `?fake=changed` lets three
// change, `?fake=updating` begins updates of all, `?fake=one` keeps one reading of each, `?fake=archived` archives their
// connection, `?fake=same` has readings without a difference, `?fake=reason` wants reasons (fake-desk.ts).
import { allRows, bultraRows, readNow, type Known } from './fake-customer-rows';
import { leavesOf, rawOf, viewOf } from './fake-customer-view';
import { changedOf, compareOf, READINGS, readingsOf, wholeOf } from './fake-readings';
import type { AppView, CustomerListRequest, CustomerListView, CustomerRef, IpcError, StatusGroup } from './bindings';
import { fake } from './fake';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function fail(code: string, more: Partial<IpcError> = {}): IpcError {
  return { code, params: {}, fields: [], trace_id: null, answer: null, ...more };
}

const broken = fail('answer.error', {
  params: { status: '503' },
  trace_id: '7f21-c09e',
  answer: { status: 503, code: null, message: null, fields: [], raw: 'upstream is away', trace_id: '7f21-c09e' },
});

const GROUPS: StatusGroup[] = ['waiting', 'active', 'attention', 'stopped', 'unknown'];

function listOf(rows: Known[], request: CustomerListRequest): CustomerListView {
  const { query, group, sort, reversed, offset, limit, connection, party, status } = request;
  const word = query.toLowerCase();
  const found = rows.filter(
    (row) =>
      [row.name, row.local_name, row.customer_id, row.partner_customer_id, row.email].some((text) =>
        (text ?? '').toLowerCase().includes(word),
      ) &&
      (connection === null || row.connection === connection) &&
      (party === null || row.party === party) &&
      (status === null || row.status?.raw.replace(/_L2F$/, '') === status),
  );
  // What changed counts in its own group and in the one that needs attention.
  const isOf = (row: Known, one: StatusGroup) =>
    (row.status?.group ?? 'unknown') === one || (one === 'attention' && row.changed_at !== null);
  const shown = found.filter((row) => group === null || isOf(row, group));
  const key = (row: Known): string =>
    ({ read_at: '', name: '', country: row.country ?? '', status: row.status?.raw ?? '' })[sort] + row.name;
  shown.sort((a, b) => (sort === 'read_at' ? b.read_at.localeCompare(a.read_at) : key(a).localeCompare(key(b))));
  if (reversed) shown.reverse();
  return {
    customers: shown.slice(offset, offset + limit),
    total: shown.length,
    groups: GROUPS.map((each) => ({ group: each, count: found.filter((row) => isOf(row, each)).length })).filter(
      ({ count }) => count > 0,
    ),
    all: rows.length,
  };
}

/** Answers the commands of the customers' screens. */
export function answerCustomers(state: AppView, wish: readonly string[]): () => Known[] {
  const has = (word: string) => wish.includes(word);
  const made = new Map<string, Known[]>();
  /** Those of the chosen environment. */
  const all = (): Known[] => {
    const environment = state.connections.find((each) => each.id === state.current_connection)?.environment ?? '';
    const rows = made.get(environment) ?? [
      ...bultraRows(state, has('listed')),
      ...allRows(state, has('stale'), has('changed')),
    ];
    made.set(environment, rows);
    return rows;
  };
  const slow = () => wait(has('slow') ? 2_500 : 0);
  const shown: { path: string; at: string }[] = [];

  function known({ connection, customer_id }: CustomerRef): Known {
    const row = all().find((each) => each.connection === connection && each.customer_id === customer_id);
    if (!row) throw fail('not_found');
    return row;
  }
  const read = (ref: CustomerRef) => {
    const row = known(ref);
    if (row.unread) throw fail('customer.unread');
    return row;
  };
  function view(row: Known) {
    const found = state.connections.find((each) => each.id === row.connection);
    if (!found) throw fail('connection.gone');
    const connection = has('archived') ? { ...found, archived_at: new Date().toISOString() } : found;
    return {
      ...viewOf(row, connection),
      readings: has('one') ? 1 : READINGS,
      changed: row.changed_at === null ? null : changedOf(has('gone')),
      update: has('updating') ? 'd-update' : null,
      ask_at: row.status?.group === 'waiting' ? new Date(Date.now() + 1_800_000).toISOString() : null,
      shown,
    };
  }

  fake
    .on('customer_list', async (request) => {
      await slow();
      if (has('error')) throw broken;
      if (has('nomatch')) return { ...listOf(all(), request), customers: [], total: 0, groups: [] };
      return listOf(has('empty') ? [] : all(), request);
    })
    .on('customer_open', async (ref) => {
      await slow();
      if (has('error')) throw fail('store.failed');
      return view(read(ref));
    })
    .on('customer_preview', (ref) => view(read(ref)))
    .on('customer_raw', async (ref) => {
      await slow();
      return rawOf(known(ref), has('long') ? 3_000 : 0);
    })
    .on('customer_seen', (ref) => {
      const row = known(ref);
      row.changed_at = null;
      state.changed_customers = Math.max(0, state.changed_customers - 1);
      return view(row);
    })
    .on('reading_list', (ref) => ({ readings: readingsOf(known(ref), has('one') ? 1 : READINGS) }))
    .on('reading_compare', async (wanted) => {
      await slow();
      if (has('error')) throw fail('store.failed');
      return compareOf(known(wanted), wanted, has('same'));
    })
    .on('customer_reveal', (ref) => {
      if (state.policy.reveal_reason && (ref.reason ?? '').length < 3) throw fail('reveal.reason');
      const value =
        leavesOf(known(ref)).find((leaf) => leaf.path === ref.path)?.whole ?? wholeOf(ref.path, ref.reading);
      if (value === undefined) throw fail('not_found');
      shown.unshift({ path: ref.path, at: new Date().toISOString() });
      return { path: ref.path, value, hides_after_s: 30 };
    })
    .on('customer_lookup', async ({ connection, by, value }) => {
      await wait(has('slow') ? 5_000 : 500);
      if (has('offline')) throw fail('network.refused');
      const row = all().find((each) => (by === 'customer_id' ? each.customer_id : each.partner_customer_id) === value);
      if (!row || row.connection !== connection) throw fail('not_found');
      return view(readNow(row));
    });
  return all;
}
