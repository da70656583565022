import { beforeEach, describe, expect, it, test } from 'vitest';
import { ipcError, type IpcError, type JobEvent, type PlatformListRef, type PlatformListView } from '$lib/ipc';
import { PlatformList, type Said } from './platform-list.svelte';

const REF: PlatformListRef = { connection: 'c-b', party: null, status: null };
const viewOf = (part: Partial<PlatformListView> = {}): PlatformListView => ({
  ...REF,
  rows: 100,
  has_more: true,
  read_at: '2026-11-21T10:00:00Z',
  complete_at: null,
  unread: 40,
  ...part,
});

interface Started {
  name: string;
  ref: Partial<PlatformListRef>;
  hear: (event: JobEvent<PlatformListView>) => void;
  resolve: (view: PlatformListView) => void;
  reject: (error: IpcError) => void;
}
let jobs: Started[];
let heard: [what: string, said: Said][];
let came: number;
let read: (ref: PlatformListRef) => Promise<PlatformListView>;

beforeEach(() => {
  jobs = [];
  heard = [];
  came = 0;
  read = (ref) => Promise.resolve({ ...viewOf(), ...ref });
});

function made(): PlatformList {
  const start = (name: string) => (ref: Started['ref'], hear: Started['hear']) => {
    const done = new Promise<PlatformListView>((resolve, reject) => jobs.push({ name, ref, hear, resolve, reject }));
    return { done, cancel: () => Promise.resolve(jobs.at(-1)?.reject(ipcError('cancelled'))) };
  };
  return new PlatformList({
    read: (ref) => read(ref),
    more: start('more'),
    all: start('all'),
    details: start('details'),
    toError: (thrown) => thrown as IpcError,
    came: () => (came += 1),
    heard: (what, said) => heard.push([what, said]),
  });
}
const soon = () => new Promise((resolve) => setTimeout(resolve));

it('says how far a list is without asking the platform, and nothing where nothing lists', async () => {
  const list = made();
  await list.show(REF);
  expect([list.view?.rows, list.further, jobs.length]).toEqual([100, true, 0]);
  await list.show(null);
  expect([list.view, list.further]).toEqual([null, false]);
});

it('the answer about a filter that was left meanwhile is dropped', async () => {
  const list = made();
  let late: ((view: PlatformListView) => void) | undefined;
  read = () => new Promise((resolve) => (late = resolve));
  void list.show(REF);
  read = (ref) => Promise.resolve({ ...viewOf({ rows: 7 }), ...ref });
  await list.show({ ...REF, status: 'ACTIVE' });
  late?.(viewOf({ rows: 500 }));
  await soon();
  expect([list.view?.rows, list.view?.status]).toEqual([7, 'ACTIVE']);
});

describe('reading', () => {
  it('one thing at a time: a second press begins nothing', async () => {
    const list = made();
    await list.show(REF);
    void list.more();
    expect(await list.more()).toBeNull();
    void list.all();
    expect(jobs.map(({ name }) => name)).toEqual(['more']);
  });

  it('a page that came is counted, and the customers are read anew', async () => {
    const list = made();
    await list.show(REF);
    const done = list.more();
    read = () => Promise.resolve(viewOf({ rows: 200 }));
    jobs[0]?.resolve(viewOf({ rows: 200 }));
    expect(await done).not.toBeNull();
    expect([list.view?.rows, list.work, came, heard.map(([what]) => what)]).toEqual([200, null, 1, ['began', 'ended']]);
  });

  it('all of it first, then those without a name; each step says how far it is', async () => {
    const list = made();
    await list.show(REF);
    const done = list.all();
    jobs[0]?.hear({ event: 'advanced', done: 300 });
    expect([list.work, list.done, came]).toEqual(['all', 300, 1]);
    jobs[0]?.resolve(viewOf({ has_more: false }));
    await soon();
    jobs[1]?.hear({ event: 'advanced', done: 12 });
    expect([list.work, list.done, list.total]).toEqual(['details', 12, 40]);
    jobs[1]?.resolve(viewOf({ unread: 0 }));
    await done;
    expect(jobs.map(({ name }) => name)).toEqual(['all', 'details']);
  });

  test.each([
    ['stopped by its user', ipcError('cancelled'), null, 'cancelled'],
    ['failed', ipcError('token.refused'), 'token.refused', 'failed'],
  ])('%s: nothing is read after it, and what came stays', async (_, error, code, said) => {
    const list = made();
    await list.show(REF);
    const done = list.all();
    read = () => Promise.resolve(viewOf({ rows: 300 }));
    jobs[0]?.reject(error);
    await done;
    expect([list.error?.code ?? null, list.work, list.view?.rows, jobs.length]).toEqual([code, null, 300, 1]);
    expect([heard.at(-1)?.[0], came]).toEqual([said, 1]);
  });

  it('names are asked for only where some are not known', async () => {
    const list = made();
    read = () => Promise.resolve(viewOf({ unread: 0 }));
    await list.show(REF);
    await list.details();
    expect(jobs).toEqual([]);
  });

  it('goes on while something else is looked at, and its end says nothing of that', async () => {
    const list = made();
    await list.show(REF);
    const done = list.more();
    read = (ref) => Promise.resolve({ ...viewOf({ rows: 9 }), ...ref });
    await list.show({ ...REF, party: 'INDIVIDUAL' });
    jobs[0]?.resolve(viewOf({ rows: 200 }));
    await done;
    expect([list.view?.rows, list.view?.party]).toEqual([9, 'INDIVIDUAL']);
  });

  test.each([
    ['another connection', { ...REF, connection: 'c-other' }],
    ['a part of the same one', { ...REF, status: 'ACTIVE' }],
    ['nothing that lists', null],
  ])('all of it stays with the connection that it began with, while %s is looked at', async (_, next) => {
    const list = made();
    await list.show(REF);
    const done = list.all();
    read = (ref) => Promise.resolve({ ...viewOf({ rows: 9, unread: 5 }), ...ref });
    await list.show(next);
    expect([list.work, list.of]).toEqual(['all', REF]);
    jobs[0]?.resolve(viewOf({ has_more: false, unread: 33 }));
    await soon();
    expect([list.work, list.of, list.total]).toEqual(['details', REF, 33]);
    jobs[1]?.resolve(viewOf({ unread: 0 }));
    await done;
    expect(jobs.map(({ name, ref }) => [name, ref.connection])).toEqual([
      ['all', 'c-b'],
      ['details', 'c-b'],
    ]);
    expect(list.view?.connection).toBe(next?.connection);
  });

  test.each([
    ['a type', { party: 'INDIVIDUAL' }],
    ['a status', { status: 'EDD' }],
  ])('all of what is left by %s is its list alone: the names of all others were not asked for', async (_, part) => {
    const list = made();
    await list.show({ ...REF, ...part });
    const done = list.all();
    jobs[0]?.resolve({ ...viewOf({ has_more: false }), ...part });
    await done;
    expect(jobs.map(({ name }) => name)).toEqual(['all']);
  });

  test.each<['more' | 'all' | 'details', string, Partial<PlatformListView>, number]>([
    ['more', 'the rows of its page', { rows: 160 }, 60],
    ['more', 'the rows of a list that began anew', { rows: 80 }, 80],
    ['all', 'the rows of the list', { rows: 560, has_more: false, unread: 0 }, 560],
    ['details', 'the customers that were read', { rows: 0, unread: 3 }, 37],
  ])('%s: its end speaks of %s, whatever is looked at by then', async (work, _, part, count) => {
    const list = made();
    await list.show(REF);
    const done = list[work]();
    jobs[0]?.hear({ event: 'advanced', done: 37 });
    read = (ref) => Promise.resolve({ ...viewOf({ rows: 9 }), ...ref });
    await list.show({ ...REF, connection: 'c-other' });
    jobs[0]?.resolve(viewOf(part));
    await done;
    expect(heard.at(-1)).toEqual(['ended', { work, connection: 'c-b', count, error: null }]);
  });

  it('an error is that of the list it came from, and stays until it was seen there', async () => {
    const list = made();
    await list.show(REF);
    const done = list.more();
    await list.show({ ...REF, connection: 'c-other' });
    jobs[0]?.reject(ipcError('token.refused'));
    await done;
    expect(heard.at(-1)).toMatchObject(['failed', { connection: 'c-b', error: { code: 'token.refused' } }]);
    await list.show({ ...REF, connection: 'c-third' });
    expect([list.error?.code, list.of?.connection]).toEqual(['token.refused', 'c-b']);
    await list.show(REF);
    await list.show(null);
    expect(list.error).toBeNull();
  });
});
