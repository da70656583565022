import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ipcError, type DraftView, type OutboxRowView, type OutcomeView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { connections } from '$lib/ipc/fake-records';
import { actsOf, before, Waiting, waitsForConnection, type WaitingOutside } from '$lib/outbox/waiting.svelte';
import WaitingScreen from '$lib/outbox/WaitingScreen.svelte';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { outbox } from '$lib/shell/outbox.svelte';
import { outbox as words } from '$lib/words/outbox';
import { READY } from './app-view';
import { delivery, row, sentToday } from './outbox-rows';

const { goto } = vi.hoisted(() => ({ goto: vi.fn(() => Promise.resolve()) }));
vi.mock('$app/navigation', () => ({ goto }));

let rows: OutboxRowView[];
const ALL = () => [
  row('conflict', { state: 'conflict', next: 'decision' }),
  row('unknown', { state: 'unknown', next: 'look_up' }),
  row('later', { next: 'try_again' }),
  row('turn', { next: 'send_in_turn' }),
  row('paused', { state: 'paused', next: 'connection', reason: { code: 'auth.refused', params: {} } }),
];

beforeEach(() => {
  fake.reset();
  goto.mockClear();
  app.view = READY;
  outbox.rows = null;
  outbox.error = null;
  announcer.polite = '';
  rows = ALL();
  fake
    .on('app_status', () => READY)
    .on('outbox_list', () => ({ rows }))
    .on('draft_list', () => sentToday());
});
afterEach(() => (app.view = null));

describe('what can be done', () => {
  test.each<[string, OutboxRowView, string[]]>([
    ['nothing is sent over what is unknown', row('a', { state: 'unknown', next: 'look_up' }), ['look']],
    ['a conflict is compared first', row('a', { state: 'conflict', next: 'decision' }), []],
    ['what waits for the network can be tried', row('a', { next: 'try_again' }), ['send', 'take']],
    ['the pause of the platform can be cut short', row('a', { next: 'send_after_limit' }), ['send', 'take']],
    ['what is paused can be tried', row('a', { state: 'paused', next: 'connection' }), ['send', 'take']],
    ['what was sent too often can be sent', row('a', { state: 'paused', next: 'decision' }), ['send', 'take']],
    ['nobody goes before others', row('a', { next: 'send_in_turn' }), ['take']],
    ['what is being sent can be stopped', row('a', { state: 'sending', next: 'answer' }), ['take']],
  ])('%s', (_name, one, acts) => expect(actsOf(one)).toEqual(acts));

  test.each([
    ['auth.refused', true],
    ['credentials.missing', true],
    ['keyring.locked', false],
  ])('%s leads to the connection: %s', (code, leads) => {
    expect(waitsForConnection(delivery({ next: 'connection', reason: { code, params: {} } }))).toBe(leads);
  });

  test('what is sent first is counted in its own connection', () => {
    const other = connections.find((one) => one.id !== 'c-test')!;
    const list = [
      row('unknown', { state: 'unknown' }),
      row('elsewhere', {}, other),
      row('first'),
      row('sending', { state: 'sending' }),
      row('second'),
      row('paused', { state: 'paused' }),
      row('tired', { state: 'paused', next: 'decision' }),
    ];
    expect(list.map((one) => [one.draft, before(one, list)]).slice(1)).toEqual([
      ['elsewhere', 0],
      ['first', 2],
      ['sending', 2],
      ['second', 3],
      ['paused', 3],
      ['tired', 4],
    ]);
  });

  const outside = (part: Partial<WaitingOutside> = {}): WaitingOutside => ({
    send: vi.fn(() => Promise.resolve()),
    look: vi.fn(() => Promise.resolve({ outcome: 'unknown' } as OutcomeView)),
    take: vi.fn(() => Promise.resolve({ state: 'editing' } as DraftView)),
    refresh: vi.fn(() => Promise.resolve()),
    toError: (thrown) => thrown as ReturnType<typeof ipcError>,
    say: vi.fn(),
    alert: vi.fn(),
    ...part,
  });

  test.each<[string, DraftView['state'], string | null]>([
    ['it is open again', 'editing', words.takenOut('Name of a')],
    ['it was on its way', 'unknown', words.tooLate('Name of a')],
    ['it was accepted meanwhile, which the window says', 'accepted', null],
  ])('taken out: %s', async (_name, state, said) => {
    const out = outside({ take: () => Promise.resolve({ state } as DraftView) });
    await new Waiting(out).act('take', row('a'));
    expect(vi.mocked(out.say).mock.calls).toEqual(said === null ? [] : [[said]]);
    expect(out.refresh).toHaveBeenCalledOnce();
  });

  test('looked up and not found it says so, and what failed is said and stays', async () => {
    const out = outside();
    const waiting = new Waiting(out);
    const unknown = row('a', { state: 'unknown' });
    await waiting.act('look', unknown);
    expect(out.say).toHaveBeenCalledWith(words.stillUnknown('Name of a'));
    vi.mocked(out.look).mockRejectedValueOnce(ipcError('network.refused'));
    await waiting.act('look', unknown);
    expect([waiting.failed?.name, waiting.failed?.error.code]).toEqual(['Name of a', 'network.refused']);
    expect(out.alert).toHaveBeenCalledOnce();
    expect(waiting.busy.size).toBe(0);
  });

  test('what a row does not offer is not done, and nothing is done twice at once', async () => {
    let end: (view: OutcomeView) => void = () => undefined;
    const out = outside({ look: vi.fn(() => new Promise<OutcomeView>((resolve) => (end = resolve))) });
    const waiting = new Waiting(out);
    const unknown = row('a', { state: 'unknown' });
    await waiting.act('send', unknown);
    await waiting.act('take', unknown);
    expect([out.send, out.take].some((call) => vi.mocked(call).mock.calls.length > 0)).toBe(false);
    const first = waiting.act('look', unknown);
    await waiting.act('look', unknown);
    end({ outcome: 'unknown' } as OutcomeView);
    await first;
    expect(out.look).toHaveBeenCalledOnce();
  });
});

describe('the screen', () => {
  const link = (draft: string) => screen.findByRole('link', { name: `Name of ${draft}` });
  const here = () => (document.activeElement as HTMLElement).dataset.row;

  test('says of each what happened and what comes next, and axe finds nothing', async () => {
    const { container } = render(WaitingScreen);
    await link('conflict');
    expect(screen.getAllByRole('row')).toHaveLength(rows.length + 1);
    for (const one of rows) {
      const line = (await link(one.draft)).closest('tr')!;
      expect(line.textContent).toContain(words.happened(one.delivery));
      expect(line.textContent).toContain(words.states[one.delivery.state]);
    }
    const paused = within((await link('paused')).closest('tr')!);
    expect(paused.getByRole('link', { name: words.toConnection }).getAttribute('href')).toBe('/connections?id=c-test');
    const found = await axe.run(container, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'],
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  test('the list is one stop of Tab: the row, and what can be done to it', async () => {
    const { container } = render(WaitingScreen);
    await link('conflict');
    const stops = () =>
      [...container.querySelectorAll<HTMLElement>('tbody a, tbody button')].filter((one) => one.tabIndex === 0);
    expect(stops().map((one) => one.textContent?.trim())).toEqual(['Name of conflict', words.compare]);
    (await link('conflict')).focus();
    await userEvent.keyboard('{End}');
    expect(here()).toBe('paused');
    expect(stops().map((one) => one.textContent?.trim())).toEqual([
      'Name of paused',
      words.toConnection,
      words.sendNow,
      words.takeOut,
    ]);
  });

  test.each([
    ['l', 'unknown', 'submission_lookup'],
    ['s', 'later', 'outbox_send_now'],
    ['{Delete}', 'turn', 'outbox_cancel'],
  ] as const)('%s on a row does what its footer says', async (key, draft, command) => {
    fake
      .on('submission_lookup', () => ({ outcome: 'unknown' }) as OutcomeView)
      .on('outbox_send_now', () => ({}))
      .on('outbox_cancel', () => ({ state: 'editing' }) as DraftView);
    render(WaitingScreen);
    (await link(draft)).focus();
    await userEvent.keyboard(key);
    await waitFor(() => expect(fake.requests(command)).toEqual([{ draft }]));
  });

  test('D compares a conflict, and nothing else', async () => {
    render(WaitingScreen);
    (await link('unknown')).focus();
    await userEvent.keyboard('d');
    expect(goto).not.toHaveBeenCalled();
    (await link('conflict')).focus();
    await userEvent.keyboard('d');
    expect(goto).toHaveBeenCalledWith('/conflict?draft=conflict');
  });

  test('who is on a row that leaves is on the one in its place, and the last one leads to the one before', async () => {
    render(WaitingScreen);
    (await link('unknown')).focus();
    rows = rows.filter((one) => one.draft !== 'unknown');
    await outbox.load();
    await waitFor(() => expect(here()).toBe('later'));
    await userEvent.keyboard('{End}');
    rows = rows.slice(0, -1);
    await outbox.load();
    await waitFor(() => expect(here()).toBe('turn'));
  });

  test('who is elsewhere is left there', async () => {
    render(WaitingScreen);
    await link('unknown');
    const heading = screen.getByRole('heading', { level: 1 });
    heading.focus();
    rows = rows.slice(1);
    await outbox.load();
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Name of conflict' })).toBeNull());
    expect(document.activeElement).toBe(heading);
  });

  test('nothing waits is one sentence and one way on', async () => {
    rows = [];
    render(WaitingScreen);
    expect(await screen.findByRole('heading', { name: words.empty })).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });

  test('what cannot be read says so, and can be tried again', async () => {
    fake.on('outbox_list', () => Promise.reject(ipcError('store.failed')));
    render(WaitingScreen);
    expect(await screen.findByText(words.loadFailed)).toBeTruthy();
    fake.on('outbox_list', () => ({ rows }));
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await link('unknown')).toBeTruthy();
    expect(screen.queryByText(words.loadFailed)).toBeNull();
  });

  test('the times move by themselves, and nothing of it is announced', async () => {
    vi.useFakeTimers();
    const due = new Date(Date.now() + 40_000).toISOString();
    outbox.rows = rows = [row('unknown', { state: 'unknown', next: 'look_up', next_at: due })];
    const { container } = render(WaitingScreen);
    await vi.advanceTimersByTimeAsync(5_000);
    const first = /in (\d+) s/.exec(container.textContent ?? '')?.[1];
    await vi.advanceTimersByTimeAsync(10_000);
    const second = /in (\d+) s/.exec(container.textContent ?? '')?.[1];
    expect(Number(first) - Number(second)).toBe(10);
    expect([announcer.polite, container.querySelector('[aria-live], [role="status"], [role="timer"]')]).toEqual([
      '',
      null,
    ]);
    vi.useRealTimers();
  });
});
