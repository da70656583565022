import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ipcError, type OutboxRowView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { Outbox } from '$lib/shell/outbox.svelte';
import { READY } from './app-view';
import { row, sentToday } from './outbox-rows';

let rows: OutboxRowView[];
let stop: () => void = () => undefined;
const count = (name: string) => fake.made.filter((made) => made.name === name).length;

beforeEach(() => {
  vi.useFakeTimers();
  fake.reset();
  rows = [];
  app.view = READY;
  announcer.polite = '';
  window.history.replaceState(null, '', '/customers');
  fake
    .on('app_status', () => READY)
    .on('outbox_list', () => ({ rows }))
    .on('draft_list', () => sentToday('a', 'b'))
    .on('outbox_watch', () => new Promise(() => undefined))
    .on('job_cancel', () => ({}));
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('the subscription', () => {
  test('news that come together are one: one state, one list, one change', async () => {
    const outbox = new Outbox();
    stop = outbox.start();
    await vi.advanceTimersByTimeAsync(10);
    for (let at = 0; at < 5; at += 1) {
      fake.advance('outbox_watch');
      await vi.advanceTimersByTimeAsync(25);
    }
    expect(outbox.changes).toBe(0);
    await vi.advanceTimersByTimeAsync(30);
    expect([outbox.changes, count('app_status'), count('outbox_list')]).toEqual([1, 1, 1]);
    fake.advance('outbox_watch');
    await vi.advanceTimersByTimeAsync(150);
    expect(outbox.changes).toBe(2);
  });

  test('news without end do not put it off for ever', async () => {
    const outbox = new Outbox();
    stop = outbox.start();
    for (let at = 0; at < 20; at += 1) {
      await vi.advanceTimersByTimeAsync(50);
      fake.advance('outbox_watch');
    }
    expect(outbox.changes).toBeGreaterThanOrEqual(4);
  });

  test.each([
    ['failed', () => Promise.reject(ipcError('internal'))],
    ['ended', () => Promise.resolve({})],
  ])('one that %s starts again after five seconds, and asks for what was missed', async (_name, end) => {
    fake.on('outbox_watch', end);
    const outbox = new Outbox();
    stop = outbox.start();
    await vi.advanceTimersByTimeAsync(4_900);
    expect([count('outbox_watch'), outbox.changes]).toEqual([1, 0]);
    fake.on('outbox_watch', () => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(300);
    expect([count('outbox_watch'), outbox.changes]).toEqual([2, 1]);
    fake.advance('outbox_watch');
    await vi.advanceTimersByTimeAsync(150);
    expect(outbox.changes).toBe(2);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(count('outbox_watch')).toBe(2);
  });

  test('stopped, it is cancelled and starts no more', async () => {
    const outbox = new Outbox();
    outbox.start()();
    fake.advance('outbox_watch');
    await vi.advanceTimersByTimeAsync(20_000);
    expect([count('job_cancel'), count('outbox_watch'), outbox.changes]).toEqual([1, 1, 0]);
  });

  test('what cannot be read leaves the rows that are there', async () => {
    const outbox = new Outbox();
    rows = [row('a')];
    await outbox.load();
    fake.on('outbox_list', () => Promise.reject(ipcError('store.failed')));
    await outbox.load();
    expect([outbox.rows?.length, outbox.error?.code]).toEqual([1, 'store.failed']);
  });

  test('an answer that was overtaken is not shown', async () => {
    const outbox = new Outbox();
    let late: (view: { rows: OutboxRowView[] }) => void = () => undefined;
    fake.on('outbox_list', () => new Promise((resolve) => (late = resolve)));
    const first = outbox.load();
    fake.on('outbox_list', () => ({ rows: [row('new')] }));
    await outbox.load();
    late({ rows: [row('old')] });
    await first;
    expect(outbox.rows?.map((one) => one.draft)).toEqual(['new']);
  });

  test.each([
    ['all keys refused', ['auth.refused', 'auth.forbidden'], true],
    ['tokens refused', ['token.refused', 'token.scope', 'auth.refused'], true],
    ['one for another reason', ['auth.refused', 'credentials.missing'], false],
    ['nothing paused', [], false],
  ])('%s', async (_name, codes, refused) => {
    const outbox = new Outbox();
    rows = codes.map((code, at) => row(`p${at}`, { state: 'paused', reason: { code, params: {} } }));
    await outbox.load();
    expect(outbox.keysRefused).toBe(refused);
  });
});

describe('what was accepted is said once, and only to who is elsewhere', () => {
  test.each<[name: string, at: string, before: OutboxRowView[], after: OutboxRowView[], said: string]>([
    ['elsewhere', '/customers', [row('a')], [], 'Draft for Name of a sent.'],
    ['in the list of what waits', '/waiting', [row('a', { state: 'unknown' })], [], 'Draft for Name of a sent.'],
    ['on its own review', '/review?id=a', [row('a')], [], ''],
    ['in its own form', '/draft?id=a', [row('a')], [], ''],
    ['on the review of another', '/review?id=z', [row('a')], [], 'Draft for Name of a sent.'],
    ['two of them', '/customers', [row('a'), row('b')], [], '2 drafts sent: Name of a and Name of b.'],
    ['it left, and was not accepted', '/customers', [row('rejected')], [], ''],
    ['it changed, and is still there', '/customers', [row('a')], [row('a', { state: 'unknown' })], ''],
    ['a conflict that a person settled', '/customers', [row('a', { state: 'conflict' })], [], ''],
    ['nothing was there', '/customers', [], [], ''],
  ])('%s', async (_name, at, before, after, said) => {
    window.history.replaceState(null, '', at);
    const outbox = new Outbox();
    rows = before;
    await outbox.load();
    rows = after;
    await outbox.load();
    expect(announcer.polite).toBe(said);
    announcer.polite = '';
    await outbox.load();
    expect(announcer.polite).toBe('');
  });

  test('another environment is no leaving', async () => {
    const outbox = new Outbox();
    rows = [row('a')];
    await outbox.load();
    rows = [];
    outbox.enter();
    await vi.advanceTimersByTimeAsync(0);
    expect([outbox.rows, announcer.polite]).toEqual([[], '']);
  });
});
