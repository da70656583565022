import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ActivityTrail, DRAWN_MAX, PIECE_ROWS } from '$lib/activity/activity-trail.svelte';
import ActivityScreen from '$lib/activity/ActivityScreen.svelte';
import { ipcError, type ActivityListRequest, type ActivityListView, type ActivityRowView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { app } from '$lib/shell/app.svelte';
import { activity as words, ACTIONS } from '$lib/words/activity';
import { READY } from './app-view';

/** Where the screen was come to from; none at the start. */
const way = vi.hoisted(() => ({ from: null as { url: URL } | null }));
vi.mock('$app/navigation', async () => {
  const { onMount } = await import('svelte');
  const afterNavigate = (heard: (navigation: typeof way) => void) => onMount(() => heard(way));
  return { afterNavigate };
});

const row = (seq: number, more: Partial<ActivityRowView> = {}): ActivityRowView => ({
  seq,
  at: '2026-11-21T10:00:00Z',
  actor: 'staff',
  action: 'draft.submit',
  kind: 'draft',
  id: `d-${seq}`,
  name: `Draft ${seq}`,
  connection: 'c-test',
  connection_name: 'Test account',
  environment: 'test',
  detail: '',
  result: 'ok',
  reason: null,
  reading: null,
  ...more,
});

/** A trail of so many rows, answered as the program does. */
const listOf = (all: number) =>
  vi.fn(({ before, limit }: ActivityListRequest): Promise<ActivityListView> => {
    const top = (before ?? all + 1) - 1;
    const rows = Array.from({ length: Math.min(limit, top) }, (_, place) => row(top - place));
    const next = top > limit ? (rows.at(-1)?.seq ?? null) : null;
    return Promise.resolve({ rows, more: next !== null, next });
  });
const seqs = (trail: ActivityTrail) => [trail.rows[0]?.seq, trail.rows.at(-1)?.seq, trail.rows.length];

beforeEach(() => {
  fake.reset();
  app.view = READY;
});
afterEach(() => vi.useRealTimers());

describe('the trail', () => {
  test('reads from the newest on, draws 200 rows at most, and goes back to newer ones', async () => {
    const trail = new ActivityTrail(listOf(350));
    await trail.restart();
    expect(seqs(trail)).toEqual([350, 251, PIECE_ROWS]);
    expect((await trail.older())?.seq).toBe(250);
    expect((await trail.older())?.seq).toBe(150);
    expect(seqs(trail)).toEqual([250, 51, DRAWN_MAX]);
    expect((await trail.older())?.seq).toBe(50);
    expect(seqs(trail)).toEqual([200, 1, DRAWN_MAX]);
    expect([trail.hasOlder, trail.hasNewer]).toEqual([false, true]);
    expect(trail.newer()?.seq).toBe(201);
    expect(seqs(trail)).toEqual([300, 101, DRAWN_MAX]);
    trail.newer();
    expect(seqs(trail)).toEqual([350, 151, DRAWN_MAX]);
    expect([trail.hasOlder, trail.hasNewer]).toEqual([true, false]);
  });

  test('what was read once is not read again', async () => {
    const list = listOf(350);
    const trail = new ActivityTrail(list);
    await trail.restart();
    await trail.older();
    await trail.older();
    trail.newer();
    await trail.older();
    expect(list).toHaveBeenCalledTimes(3);
  });

  test('a search that looked through its share and found nothing is asked on', async () => {
    const answers: ActivityListView[] = [
      { rows: [], more: true, next: 900 },
      { rows: [], more: true, next: 500 },
      { rows: [row(42)], more: false, next: null },
    ];
    const list = vi.fn((_: ActivityListRequest) => Promise.resolve(answers.shift()!));
    const trail = new ActivityTrail(list);
    await trail.restart();
    expect(list.mock.calls.map(([request]) => request.before)).toEqual([null, 900, 500]);
    expect(seqs(trail)).toEqual([42, 42, 1]);
  });

  test('an answer to an older question is not shown', async () => {
    let late: (view: ActivityListView) => void = () => undefined;
    const list = vi.fn<(request: ActivityListRequest) => Promise<ActivityListView>>();
    list.mockReturnValueOnce(new Promise((resolve) => (late = resolve)));
    list.mockResolvedValueOnce({ rows: [row(7)], more: false, next: null });
    const trail = new ActivityTrail(list);
    const first = trail.restart();
    trail.choose('customer');
    await Promise.resolve();
    late({ rows: [row(1)], more: false, next: null });
    await first;
    await vi.waitFor(() => expect(seqs(trail)).toEqual([7, 7, 1]));
    expect(list.mock.calls.at(-1)?.[0].kind).toBe('customer');
  });

  test('typing asks once, in a pause', async () => {
    vi.useFakeTimers();
    const list = listOf(3);
    const trail = new ActivityTrail(list);
    for (const text of ['a', 'ac', ' acm ']) trail.type(text);
    await vi.advanceTimersByTimeAsync(500);
    expect(list.mock.calls.map(([request]) => request.query)).toEqual(['acm']);
  });

  test('who comes back finds newer rows above, and the rows below and the place among them as they were', async () => {
    let all = 350;
    const trail = new ActivityTrail((request) => listOf(all)(request));
    await trail.enter('test');
    await trail.older();
    await trail.older();
    expect(seqs(trail)).toEqual([250, 51, DRAWN_MAX]);
    all = 353;
    await trail.enter('test');
    expect(seqs(trail)).toEqual([250, 51, DRAWN_MAX]);
    for (const _ of [1, 2]) trail.newer();
    expect(seqs(trail)).toEqual([353, 154, DRAWN_MAX]);
  });

  test('another environment begins anew', async () => {
    const list = listOf(150);
    const trail = new ActivityTrail(list);
    await trail.enter('test');
    trail.current = 149;
    trail.open.add(149);
    await trail.older();
    await trail.enter('production');
    expect(seqs(trail)).toEqual([150, 51, PIECE_ROWS]);
    expect([trail.current, trail.open.size]).toEqual([null, 0]);
  });

  test('what cannot be read leaves the rows that are there', async () => {
    const list = listOf(150);
    const trail = new ActivityTrail(list);
    await trail.restart();
    list.mockRejectedValueOnce(ipcError('store.failed'));
    expect(await trail.older()).toBeUndefined();
    expect(trail.error?.code).toBe('store.failed');
    expect(trail.rows).toHaveLength(100);
  });
});

describe('the screen', () => {
  test('says that the trail is whole, and shows the details of a row on demand', async () => {
    fake
      .on('activity_check', () => ({ rows: 2, broken_at: null, cut_after: null }))
      .on('activity_list', () => ({
        rows: [row(2, { result: 'auth.refused' }), row(1, { kind: 'customer', id: '84', name: 'Acme' })],
        more: false,
        next: null,
      }));
    render(ActivityScreen);
    expect(await screen.findByText('The trail is whole, 2 rows')).toBeTruthy();
    expect((await screen.findByRole('link', { name: 'Acme' })).getAttribute('href')).toBe(
      '/customer?connection=c-test&id=84',
    );
    const toggle = screen.getAllByRole('button', { expanded: false }).find((button) => button.id === 'activity-2')!;
    toggle.focus();
    await userEvent.keyboard('{Enter}');
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    expect(document.getElementById(toggle.getAttribute('aria-controls')!)?.textContent).toContain('auth.refused');
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement?.id).toBe('activity-1');
  });

  test.each([
    ['/customer?connection=c-test&id=84', 'activity-1'],
    ['/drafts', ''],
    ['', ''],
  ])('who comes from %j finds the focus on %j, and what was open is open', async (from, id) => {
    const rows = [row(2), row(1, { kind: 'customer', id: '84', name: 'Acme' })];
    fake
      .on('activity_check', () => ({ rows: 2, broken_at: null, cut_after: null }))
      .on('activity_list', () => ({ rows, more: false, next: null }));
    const first = render(ActivityScreen);
    const toggle = () => document.getElementById('activity-1');
    await waitFor(() => expect(toggle()).toBeTruthy());
    if (toggle()?.getAttribute('aria-expanded') === 'false') await userEvent.click(toggle()!);
    screen.getByRole('link', { name: 'Acme' }).focus();
    first.unmount();
    way.from = from ? { url: new URL(from, 'tauri://localhost') } : null;
    render(ActivityScreen);
    await waitFor(() => expect(toggle()?.getAttribute('aria-expanded')).toBe('true'));
    await Promise.resolve();
    expect(document.activeElement?.id).toBe(id);
    way.from = null;
  });

  test('a trail that was changed is said in red, with the row', async () => {
    fake
      .on('activity_check', () => ({ rows: 9, broken_at: 4, cut_after: null }))
      .on('activity_list', () => ({ rows: [], more: false, next: null }));
    render(ActivityScreen);
    await waitFor(() => expect(screen.getAllByText(words.broken(4))).toHaveLength(2));
    expect(screen.getByText(words.brokenText)).toBeTruthy();
  });

  test('a trail whose end was cut off is said as one that was changed', async () => {
    fake
      .on('activity_check', () => ({ rows: 9, broken_at: null, cut_after: 7 }))
      .on('activity_list', () => ({ rows: [], more: false, next: null }));
    render(ActivityScreen);
    await waitFor(() => expect(screen.getAllByText(words.cut(7))).toHaveLength(2));
    expect(screen.getByText(words.brokenText)).toBeTruthy();
  });

  test('a shown value has its reason, and the reading where it is not the newest', async () => {
    const shown = { kind: 'customer', action: 'customer.reveal', detail: 'primary_contact/contact_phone' } as const;
    fake
      .on('activity_check', () => ({ rows: 1, broken_at: null, cut_after: null }))
      .on('activity_list', () => ({
        rows: [row(77, { ...shown, reason: 'Client called', reading: 'r-4' })],
        more: false,
        next: null,
      }));
    render(ActivityScreen);
    await userEvent.click(await screen.findByRole('button', { name: words.action(shown.action) }));
    expect(screen.getByText('Client called')).toBeTruthy();
    expect(screen.getByText('r-4')).toBeTruthy();
  });

  test('nothing yet and nothing found are two things', async () => {
    fake
      .on('activity_check', () => ({ rows: 0, broken_at: null, cut_after: null }))
      .on('activity_list', () => ({ rows: [], more: false, next: null }));
    render(ActivityScreen);
    expect(await screen.findByRole('heading', { name: words.empty })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Drafts' }));
    expect(await screen.findByRole('heading', { name: words.noMatch('', 'Drafts') })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: words.clear }));
    expect(await screen.findByRole('heading', { name: words.empty })).toBeTruthy();
  });
});

describe('the words', () => {
  const crates = join(import.meta.dirname, '../../crates');
  const sources = ['desk-core', 'desk-store'].flatMap((crate) =>
    readdirSync(join(crates, crate, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.rs'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  );
  const codes = new Set(
    sources.flatMap((text) => [
      ...[...text.matchAll(/Entry::new\(\s*[\w.&]+,\s*"([\w.]+)"/g)].map((hit) => hit[1] ?? ''),
      ...[
        ...text.matchAll(/pub const \w+: &str = "((?:customer|draft|connection|network|settings|program)\.\w+)";/g),
      ].map((hit) => hit[1] ?? ''),
    ]),
  );

  test('the actions of the source are found', () => expect(codes.size).toBeGreaterThan(5));

  test.each([...codes].map((code) => [code]))('%s has words', (code) => {
    expect(ACTIONS[code], code).toMatch(/^[A-Z]/);
  });

  test('an action of another version is shown by its code', () => expect(words.action('moon.land')).toBe('moon.land'));

  test.each([
    ['customer.poll', 'day=2026-11-20 asks=1412 changes=1', 'sum', 'On 20 November 2026 asked 1,412 times, 1 change'],
    ['customer.poll', 'of another version', 'sum', 'of another version'],
    ['update.rebase', '2', 'sum', '2 values'],
    ['update.begin', '8423317705', 'customerId', '8423317705'],
    ['customer.copy', 'd-1', 'draft', 'd-1'],
    ['customer.seen', 'r-1', 'reading', 'r-1'],
    ['program.list', 'role_type.txt', 'file', 'role_type.txt'],
    ['customer.reveal', 'primary_contact/contact_phone', 'part', 'primary_contact/contact_phone'],
    ['connection.save', 'base_url api_key', 'changed', 'base URL, API key'],
  ])('the details of %s, %j, are %s: %s', (action, detail, term, text) =>
    expect(words.detail(action, detail)).toEqual({ term, text }),
  );

  test.each([
    ['policy.not_obeyed', 'program.policy', 'Not obeyed'],
    ['list.unreadable', 'program.list', 'Not understood'],
    ['ok', 'draft.outcome', 'Accepted'],
    ['ok', 'draft.submit', 'Done'],
    ['rejected', 'draft.outcome', 'Rejected'],
    ['auth.refused', 'connection.test', 'Failed'],
  ])('%s of %s is %s', (result, action, said) => expect(words.result(result, action)).toBe(said));
});
