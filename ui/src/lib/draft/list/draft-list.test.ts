import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DraftListRequest, DraftListView, DraftRowView } from '$lib/ipc/bindings';
import { ipcError } from '$lib/ipc';
import { DraftList, PAGE_ROWS, SEARCH_QUIET_MS } from './draft-list.svelte';
import { deliveryOf } from '../fixture';
import { nextStep, problemsWords } from './next-step';

function rowOf(id: string, part: Partial<DraftRowView> = {}): DraftRowView {
  return {
    id,
    connection: 'c',
    name: `Customer ${id}`,
    local_name: '',
    purpose: 'create',
    state: 'editing',
    required: 38,
    filled: 38,
    errors: 0,
    warnings: 0,
    group: 'being_written',
    delivery: null,
    sections: [],
    rejected: [],
    customer_id: null,
    saved_at: '2026-11-21T06:32:00Z',
    deleted_at: null,
    ...part,
  };
}

let rows: DraftRowView[];
let asked: DraftListRequest[];
let heard: string[];
let failing: boolean;
let list: DraftList;

beforeEach(() => {
  vi.useFakeTimers();
  rows = ['a', 'b', 'c'].map((id) => rowOf(id));
  asked = [];
  heard = [];
  failing = false;
  const gone = new Map<string, DraftRowView>();
  const answer = ({ query, offset, limit }: DraftListRequest): DraftListView => {
    const found = rows.filter((row) => row.name.includes(query));
    const groups = [{ group: 'being_written' as const, count: found.length }];
    return { drafts: found.slice(offset, offset + limit), total: found.length, groups, deleted: gone.size };
  };
  const refuse = () => Promise.reject(ipcError('draft.read_only'));
  list = new DraftList({
    list: (request) => {
      asked.push(request);
      return Promise.resolve(answer(request));
    },
    remove: (id) => {
      if (failing) return refuse();
      for (const row of rows) if (row.id === id) gone.set(id, row);
      rows = rows.filter((row) => row.id !== id);
      return Promise.resolve({});
    },
    restore: (id) => {
      if (failing) return refuse();
      rows = [...rows, ...(gone.has(id) ? [gone.get(id) as DraftRowView] : [])].sort((x, y) => (x.id < y.id ? -1 : 1));
      return Promise.resolve({});
    },
    toError: (thrown) => thrown as ReturnType<typeof ipcError>,
    heard: (what, row) => heard.push(`${what} ${row?.id ?? ''}`.trim()),
    failed: (error) => heard.push(error.code),
  });
});
afterEach(() => vi.useRealTimers());

const remove = (at: number) => list.remove(list.rows[at] as DraftRowView);

describe('deleting', () => {
  it.each([
    ['a', 0, 'b'],
    ['b', 1, 'c'],
    ['c', 2, 'b'],
  ])('of %s keeps the place: the row after it, else the one before', async (id, at, current) => {
    await list.load();
    await remove(at);
    expect(list.rows.map((row) => row.id)).not.toContain(id);
    expect(list.current).toBe(current);
    expect(
      list.removed.map((row) => row.id),
      'undo is offered',
    ).toEqual([id]);
    expect(heard).toEqual([`deleted ${id}`]);
  });

  it('is taken back newest first, and the row that came back is the current one', async () => {
    await list.load();
    await remove(0);
    await remove(0);
    expect((await list.undo())?.id).toBe('b');
    expect(list.current).toBe('b');
    expect((await list.undo())?.id).toBe('a');
    expect(list.removed).toEqual([]);
    expect(await list.undo(), 'nothing is left').toBeNull();
    expect(list.rows.map((row) => row.id)).toEqual(['a', 'b', 'c']);
  });

  it('that is refused changes nothing and says why', async () => {
    await list.load();
    failing = true;
    expect(await remove(0)).toBe(false);
    expect(list.rows).toHaveLength(3);
    expect(list.removed).toEqual([]);
    expect(heard).toEqual(['draft.read_only']);
  });

  it('offers no undo in another environment', async () => {
    list.enter('test');
    await list.load();
    await remove(0);
    list.enter('production');
    expect(list.removed).toEqual([]);
    expect(list.view, 'nor a row of the one before').toBeNull();
  });
});

describe('paging and searching', () => {
  beforeEach(() => {
    rows = Array.from({ length: PAGE_ROWS + 1 }, (_, at) => rowOf(String(at).padStart(4, '0')));
  });

  it('shows no more rows than a page has, and the rest on the next', async () => {
    await list.load();
    expect(list.rows).toHaveLength(PAGE_ROWS);
    expect([list.hasBefore, list.hasNext]).toEqual([false, true]);
    await list.turn(1);
    expect(list.rows.map((row) => row.id)).toEqual(['0200']);
    expect([list.hasBefore, list.hasNext]).toEqual([true, false]);
    await list.turn(1);
    expect(list.offset, 'there is no page after the last').toBe(PAGE_ROWS);
  });

  it('goes back a page when the last row of one is deleted', async () => {
    await list.load();
    await list.turn(1);
    await remove(0);
    expect(list.offset).toBe(0);
    expect(list.rows).toHaveLength(PAGE_ROWS);
  });

  it('asks once for what is typed in one go, from its first row on', async () => {
    await list.load();
    await list.turn(1);
    list.typed('00');
    list.typed('0001');
    await vi.advanceTimersByTimeAsync(SEARCH_QUIET_MS);
    expect(asked.slice(2).map(({ query, offset }) => [query, offset])).toEqual([['0001', 0]]);
    expect(heard).toEqual(['count']);
  });
});

describe('the next step in words', () => {
  const POSTCODE = 'registration_address/registration_address_postcode';
  const PHONE = 'primary_contact/contact_phone';
  const SEVEN = new Date(new Date().setHours(7, 0, 0, 0)).toISOString();
  const SIX = new Date(Date.parse(SEVEN) - 3_600_000).toISOString();
  const TIRED = { code: 'queue.tired', params: {} };
  const number = (person: string) => `business_person_list/${person}/identification/id_number`;
  it.each<[string, Partial<DraftRowView>]>([
    ['Fix the postcode and contact phone number', { state: 'rejected', rejected: [POSTCODE, PHONE] }],
    ['Fix the document number', { state: 'rejected', rejected: [number('p1'), number('p2')] }],
    [
      'Fix the postcode, contact phone number and 1 more',
      { state: 'rejected', rejected: [POSTCODE, PHONE, number('p')] },
    ],
    ['See what the platform refused', { state: 'rejected' }],
    ['Waiting for the answer', { state: 'sending', delivery: deliveryOf() }],
    ['Mend the connection', { state: 'paused', delivery: deliveryOf({ next: 'connection' }) }],
    [
      'Ask the platform, then send it',
      { state: 'paused', delivery: deliveryOf({ state: 'paused', next: 'decision', reason: TIRED }) },
    ],
    ['Next try at 07:00', { state: 'queued', delivery: deliveryOf({ next: 'try_again', next_at: SEVEN }) }],
    ['Look-up now', { state: 'unknown', delivery: deliveryOf({ next: 'look_up', next_at: SIX }) }],
    [
      'Unlock the keyring',
      { state: 'paused', delivery: deliveryOf({ next: 'connection', reason: { code: 'keyring.locked', params: {} } }) },
    ],
    ['Compare both', { state: 'conflict', delivery: deliveryOf({ state: 'conflict', next: 'decision' }) }],
    ['Accepted as cus_1', { state: 'accepted', customer_id: 'cus_1' }],
    ['Accepted', { state: 'accepted' }],
    ['Primary contact, Persons', { sections: ['primary_contact', 'business_person_list'], errors: 1 }],
    ['Fix the problems', { errors: 1 }],
    ['Review and submit', {}],
  ])('%s', (words, part) => expect(nextStep(rowOf('a', part), Date.parse(SEVEN) - 25_000)).toBe(words));

  it.each<[string, number, number]>([
    ['None', 0, 0],
    ['1 error', 1, 0],
    ['2 warnings', 0, 2],
    ['1 error, 1 warning', 1, 1],
  ])('problems: %s', (words, errors, warnings) => expect(problemsWords(rowOf('a', { errors, warnings }))).toBe(words));
});
