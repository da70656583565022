import { afterEach, beforeEach, expect, it, test, vi } from 'vitest';
import type { CustomerListRequest, CustomerListView, CustomerRowView, IpcError } from '$lib/ipc';
import {
  COUNT_QUIET_MS,
  CustomerList,
  keyOf,
  nameOf,
  NO_FILTER,
  PAGE_ROWS,
  SEARCH_QUIET_MS,
} from './customer-list.svelte';

let asked: CustomerListRequest[];
let heard: string[];
/** What the program knows; a test may answer by hand instead. */
let total: number;
let answer: (request: CustomerListRequest) => Promise<CustomerListView>;

function row(at: number): CustomerRowView {
  return {
    connection: 'c1',
    customer_id: `id-${at}`,
    partner_customer_id: null,
    name: `Name ${at}`,
    local_name: '',
    country: 'HK',
    status: null,
    changed_at: null,
    read_at: '2026-11-21T10:00:00Z',
    party: null,
    email: null,
    unread: false,
    unlisted_at: null,
  };
}

function page({ offset, limit }: CustomerListRequest): CustomerListView {
  const customers = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => row(offset + at));
  return { customers, total, groups: [], all: 300 };
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  heard = [];
  total = 250;
  answer = (request) => Promise.resolve(page(request));
});
afterEach(() => vi.useRealTimers());

function made(): CustomerList {
  return new CustomerList({
    list: (request) => {
      asked.push(request);
      return answer(request);
    },
    toError: (thrown) => thrown as IpcError,
    heard: (what, list) => heard.push(`${what} ${list.view?.total}`),
  });
}

it('the first letter after a pause asks at once, those typed quickly after it ask once together', async () => {
  const list = made();
  list.typed('m');
  expect(asked.map(({ query }) => query)).toEqual(['m']);
  list.typed('mi');
  list.typed('min ');
  await vi.advanceTimersByTimeAsync(SEARCH_QUIET_MS - 1);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked.map(({ query }) => query)).toEqual(['m', 'min']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked, 'nothing is asked twice').toHaveLength(2);
});

it('an answer that was overtaken is dropped, whichever comes last', async () => {
  const list = made();
  const ends: ((view: CustomerListView) => void)[] = [];
  answer = () => new Promise((resolve) => ends.push(resolve));
  void list.load();
  list.query = 'b';
  void list.load();
  ends[1]?.({ ...page(asked[1]!), total: 2 });
  await vi.advanceTimersByTimeAsync(0);
  ends[0]?.({ ...page(asked[0]!), total: 1 });
  await vi.advanceTimersByTimeAsync(0);
  expect([list.view?.total, list.answered?.query, list.loading]).toEqual([2, 'b', false]);
});

it('an error of an overtaken question says nothing', async () => {
  const list = made();
  let refuse: ((error: unknown) => void) | undefined;
  answer = () => new Promise((_, reject) => (refuse = reject));
  void list.load();
  answer = (request) => Promise.resolve(page(request));
  await list.load();
  refuse?.({ code: 'internal' });
  await vi.advanceTimersByTimeAsync(0);
  expect(list.error).toBeNull();
});

it('the count is said once, when typing has paused', async () => {
  const list = made();
  list.typed('a');
  await vi.advanceTimersByTimeAsync(COUNT_QUIET_MS - 1);
  list.typed('ab');
  await vi.advanceTimersByTimeAsync(COUNT_QUIET_MS - 1);
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(heard).toEqual(['count 250']);
});

it('pages have a first and a last one, and turning lands on a row', async () => {
  const list = made();
  await list.load();
  expect(list.hasBefore).toBe(false);
  expect(await list.turn(-1)).toBe(false);
  await list.turn(1);
  await list.turn(1);
  expect([list.offset, list.rows.length, list.hasNext]).toEqual([200, 50, false]);
  expect(list.row?.customer_id).toBe('id-200');
  await list.turn(-1, 'last');
  expect(list.row?.customer_id).toBe('id-199');
  expect(asked.every(({ limit }) => limit === PAGE_ROWS)).toBe(true);
});

it('a page whose rows went meanwhile becomes the last one there is', async () => {
  const list = made();
  await list.load();
  await list.turn(1);
  await list.turn(1);
  total = 120;
  await list.load();
  expect([list.offset, list.rows.length]).toEqual([100, 20]);
});

test.each([
  [
    'name',
    [
      ['name', false],
      ['name', true],
      ['name', false],
    ],
  ],
  [
    'read_at',
    [
      ['read_at', true],
      ['read_at', false],
      ['read_at', true],
    ],
  ],
] as const)('sorting by %s again and again turns it round, from the first page on', async (sort, wanted) => {
  const list = made();
  await list.load();
  await list.turn(1);
  for (const [by, reversed] of wanted) {
    await list.sortBy(sort);
    expect([list.sort, list.reversed, list.offset]).toEqual([by, reversed, 0]);
  }
  expect(heard.at(-1)).toBe('sorted 250');
});

it('another search, group or order leaves the row and the scroll behind; reading anew keeps both', async () => {
  const list = made();
  await list.load();
  list.current = keyOf(row(7));
  list.scrollTop = 300;
  await list.load();
  expect([list.at, list.scrollTop]).toEqual([7, 300]);
  await list.choose('waiting');
  expect([list.at, list.scrollTop]).toEqual([0, 0]);
  expect(asked.at(-1)?.group).toBe('waiting');
});

it('another environment shows nothing of the one before, not even an answer that comes late', async () => {
  const list = made();
  list.enter('sandbox');
  await list.load();
  list.query = 'acme';
  let late: ((view: CustomerListView) => void) | undefined;
  answer = () => new Promise((resolve) => (late = resolve));
  void list.load();
  list.enter('production');
  expect([list.view, list.query, list.rows]).toEqual([null, '', []]);
  late?.(page({ ...asked[0]!, offset: 0 }));
  await vi.advanceTimersByTimeAsync(0);
  expect(list.view).toBeNull();
  list.enter('production');
});

it('the records of a list follow each other over the end of a page', async () => {
  const list = made();
  await list.load();
  expect(list.placeOf(keyOf(row(99)))).toEqual({ at: 100, of: 250 });
  expect((await list.neighbour(keyOf(row(99)), 1))?.customer_id).toBe('id-100');
  expect(list.placeOf(keyOf(row(100)))).toEqual({ at: 101, of: 250 });
  expect((await list.neighbour(keyOf(row(100)), -1))?.customer_id).toBe('id-99');
  expect(await list.neighbour(keyOf(row(300)), 1), 'not in this list').toBeNull();
});

it('filters go with every question, and leave the list as they found it when they are cleared', async () => {
  const list = made();
  list.enter('test');
  await list.load();
  await list.turn(1);
  await list.narrow({ party: 'INDIVIDUAL' });
  await list.narrow({ status: 'ACTIVE' });
  list.query = 'a';
  await list.load();
  expect(asked.at(-1)).toMatchObject({
    connection: null,
    party: 'INDIVIDUAL',
    status: 'ACTIVE',
    query: 'a',
    offset: 0,
  });
  await list.clear();
  expect(asked.at(-1)).toMatchObject({ connection: null, party: null, status: null, query: '' });
  await list.narrow({ connection: 'c1' });
  list.enter('production');
  expect(list.filter).toEqual(NO_FILTER);
});

it('rows that come above take nobody from the place where they are', async () => {
  const list = made();
  await list.load();
  list.current = keyOf(row(20));
  list.scrollTop = 300;
  answer = (request) => Promise.resolve(page({ ...request, offset: request.offset + 1_000, limit: 100 }));
  total = 1_100;
  await list.refresh();
  expect([list.at, list.row?.customer_id, list.scrollTop]).toEqual([20, 'id-1020', 300]);
});

it('after the last row that is here there is no next record and no next page, whatever a platform has', async () => {
  const list = made();
  total = 100;
  await list.load();
  list.current = keyOf(row(99));
  expect([list.hasNext, await list.turn(1), await list.neighbour(keyOf(row(99)), 1)]).toEqual([false, false, null]);
  expect([asked.length, list.row?.customer_id]).toEqual([1, 'id-99']);
});

test.each([
  ['its name', { name: 'Acme', email: 'a•••' }, 'Acme'],
  ['its name in its own script', { name: '', local_name: '明玥', email: 'a•••' }, '明玥'],
  ['its id before an address that many share once it is masked', { name: '', email: 'a•••' }, 'id-1'],
])('a customer is called by %s', (_, part, called) => expect(nameOf({ ...row(1), ...part })).toBe(called));
