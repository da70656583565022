import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import DraftScreen from '$lib/draft/DraftScreen.svelte';
import { deliveryOf, draftOf } from '$lib/draft/fixture';
import DraftList from '$lib/draft/list/DraftList.svelte';
import {
  type DeliveryView,
  type DraftRowView,
  type DraftView,
  ipcError,
  type OutcomeView,
  type ReviewView,
} from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { answer401 } from '$lib/ipc/fake-records';
import ReviewScreen from '$lib/review/ReviewScreen.svelte';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { outbox as signal } from '$lib/shell/outbox.svelte';
import { draft as words } from '$lib/words/draft';
import { outbox } from '$lib/words/outbox';
import { READY } from './app-view';

vi.mock('$app/navigation', () => ({
  goto: vi.fn(() => Promise.resolve()),
  beforeNavigate: vi.fn(),
  afterNavigate: vi.fn(),
}));

const at = '2026-11-21T06:40:00Z';
const ACCEPTED: OutcomeView = {
  outcome: 'accepted',
  customer_id: 'cus_1',
  partner_customer_id: 'cd-1',
  status: null,
  at,
  read_back: null,
};
const unreached = (code: string): OutcomeView => ({
  outcome: 'not_sent',
  reason: { code, params: {} },
  error: null,
  at,
});
const on = (part: Partial<DeliveryView>): Partial<DraftView> => {
  const delivery = deliveryOf(part);
  return { state: delivery.state, delivery };
};
const QUEUED = on({ state: 'queued', next: 'try_again', sent_at: null });
const UNKNOWN = on({ state: 'unknown', next: 'look_up' });

let now: DraftView;
const view = (): ReviewView => ({
  draft: now,
  sends: [],
  not_sent: [],
  blocked: false,
  house_missing: false,
  network: { online: true, offline_since: null },
  uploads: 0,
  update: null,
});
const button = (name: string) => screen.findByRole('button', { name });
const become = (part: Partial<DraftView>) => (now = draftOf({ seq: 7, ...part }));

beforeEach(() => {
  fake.reset();
  app.view = READY;
  signal.rows = null;
  announcer.polite = '';
  become({});
  fake
    .on('draft_review', view)
    .on('draft_open', () => now)
    .on('app_status', () => app.view ?? READY)
    .on('outbox_list', () => ({ rows: [] }))
    .on('code_lists', () => ({
      countries: [],
      currencies: [],
      lists: [],
    }))
    .on('settings_save', ({ when_offline }) => ({ ...READY, when_offline: when_offline ?? 'ask' }));
});

describe('a platform that is not reached asks, in the page, whether to wait', () => {
  test.each([
    ['the network', 'network.refused', false],
    ['others that wait', 'queue.offline', false],
    ['from now on', 'network.refused', true],
  ])('%s', async (_, code, always) => {
    fake.on('draft_submit', ({ may_wait }) => {
      if (may_wait) become(QUEUED);
      return unreached(code);
    });
    render(ReviewScreen, { id: 'd' });
    await userEvent.click(await button('Submit to sandbox'));
    const wait = await button(words.outcome.sendWhenOnline);
    expect(screen.getByRole('link', { name: words.outcome.backToDraft })).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    if (always) await userEvent.click(screen.getByRole('checkbox', { name: words.outcome.always }));
    await userEvent.click(wait);
    expect(await screen.findByText(`${outbox.states.queued}.`)).toBeTruthy();
    expect(fake.requests('draft_submit').map((request) => request.may_wait)).toEqual([false, true]);
    const saved = fake.requests('settings_save').map((change) => change.when_offline);
    expect(saved, 'only the tick changes a setting').toEqual(always ? ['wait'] : []);
  });

  test.each(['wait', 'back'] as const)('nothing is asked once it was answered: %s', async (when_offline) => {
    app.view = { ...READY, when_offline };
    become({ outcome: unreached('network.refused') });
    render(ReviewScreen, { id: 'd' });
    expect(await screen.findByText(words.outcome.notReached)).toBeTruthy();
    expect(screen.queryByRole('button', { name: words.outcome.sendWhenOnline })).toBeNull();
  });

  test('it does not wait while a warning is open', async () => {
    const warning = { path: 'primary_contact/contact_phone', code: 'x', params: {}, severity: 'warning' as const };
    const draft = draftOf({ outcome: unreached('network.refused') });
    become({ ...draft, check: { ...draft.check, problems: [warning] } });
    render(ReviewScreen, { id: 'd' });
    await userEvent.click(await button(words.outcome.sendWhenOnline));
    expect(fake.requests('draft_submit')).toEqual([]);
  });
});

describe.each([
  ['review', ReviewScreen],
  ['editor', DraftScreen],
] as const)('%s: what is on the way says what can be done', (_, Screen) => {
  const SEND = outbox.sendNow;
  const TAKE = outbox.takeOut;
  test.each<[string, Partial<DraftView>, string[]]>([
    ['queued', QUEUED, [SEND, TAKE]],
    ['sending', on({}), [outbox.stop]],
    ['unknown', UNKNOWN, [outbox.lookUp]],
    ['keys refused', on({ state: 'paused', next: 'connection', error: answer401 }), [outbox.toConnection, SEND, TAKE]],
    ['tired', on({ state: 'paused', next: 'decision', reason: { code: 'queue.tired', params: {} } }), [SEND, TAKE]],
    ['conflict', on({ state: 'conflict', next: 'decision' }), [outbox.compare]],
  ])('%s', async (_, part, acts) => {
    become(part);
    render(Screen, { id: 'd', field: null });
    const next = outbox.next(now.delivery as DeliveryView, 0, Date.now());
    const notice = (await screen.findByText(next)).closest<HTMLElement>('.notice');
    const shown = [...(notice?.querySelectorAll('.acts .btn') ?? [])].map((each) => each.textContent?.trim());
    expect(shown).toEqual(acts);
  });
});

test('unknown becomes accepted on the open screen: said once, the focus stays', async () => {
  become(UNKNOWN);
  render(ReviewScreen, { id: 'd' });
  const submit = await screen.findByRole('button', { name: /^Submit/ });
  submit.focus();
  become({ state: 'accepted', outcome: ACCEPTED });
  signal.changes += 1;
  expect(await screen.findByText(words.outcome.accepted)).toBeTruthy();
  expect(announcer.polite).toBe(words.outcome.acceptedSaid('cus_1', words.outcome.customerId));
  expect(document.activeElement).toBe(submit);
});

test('a button that goes leaves the focus at what became of it', async () => {
  become(UNKNOWN);
  fake.on('submission_lookup', () => {
    become({ state: 'accepted', outcome: ACCEPTED });
    return ACCEPTED;
  });
  render(ReviewScreen, { id: 'd' });
  await userEvent.click(await button(outbox.lookUp));
  await screen.findByText(words.outcome.accepted);
  await waitFor(() => expect(document.activeElement?.textContent).toContain('cus_1'));
});

test('a look-up that finds nothing says what comes next, and what it could not do', async () => {
  become(UNKNOWN);
  fake.on('submission_lookup', () => {
    throw ipcError('store.failed');
  });
  render(ReviewScreen, { id: 'd' });
  await userEvent.click(await button(outbox.lookUp));
  expect(await screen.findByText(/could not be written/)).toBeTruthy();
  fake.on('submission_lookup', () => ({
    outcome: 'unknown',
    reason: { code: 'lookup.missed', params: {} },
    error: null,
    at,
  }));
  await userEvent.click(await button(outbox.lookUp));
  await waitFor(() =>
    expect(announcer.polite).toContain(outbox.next(deliveryOf(UNKNOWN.delivery ?? {}), 0, Date.now())),
  );
});

describe('taking it out of the queue', () => {
  test('lets the draft be written in place', async () => {
    become(QUEUED);
    fake.on('outbox_cancel', () => become({ outcome: unreached('cancelled') }));
    render(DraftScreen, { id: 'd', field: null });
    expect(await screen.findByText(new RegExp(words.readOnlyTitle))).toBeTruthy();
    await userEvent.click(await button(outbox.takeOut));
    const name = await screen.findByRole('textbox', { name: /Business name in English/ });
    expect(screen.queryByText(new RegExp(words.readOnlyTitle))).toBeNull();
    fake.on('draft_save', () => ({ seq: 8, saved_at: at, check: now.check, changes: [] }));
    await userEvent.type(name, 'Tern');
    await waitFor(() => expect(fake.requests('draft_save').length).toBeGreaterThan(0));
  });

  test('too late: it says that nobody knows', async () => {
    become(QUEUED);
    fake.on('outbox_cancel', () => become(UNKNOWN));
    render(DraftScreen, { id: 'd', field: null });
    await userEvent.click(await button(outbox.takeOut));
    expect(await button(outbox.lookUp)).toBeTruthy();
    expect(screen.getByText(new RegExp(words.readOnlyTitle))).toBeTruthy();
  });
});

describe('the list of drafts', () => {
  const row = (id: string, group: DraftRowView['group'], part: Partial<DraftRowView>): DraftRowView => ({
    id,
    connection: 'c-test',
    name: `Customer ${id}`,
    local_name: '',
    purpose: 'create',
    state: 'editing',
    required: 1,
    filled: 1,
    errors: 0,
    warnings: 0,
    group,
    delivery: null,
    sections: [],
    rejected: [],
    customer_id: null,
    saved_at: at,
    deleted_at: null,
    ...part,
  });
  let rows: DraftRowView[];
  beforeEach(() => {
    fake.on('draft_list', () => ({
      drafts: rows,
      total: rows.length,
      groups: rows.map(({ group }) => ({ group, count: 1 })),
      deleted: 0,
    }));
  });

  test('a row that comes into another group by itself keeps the focus', async () => {
    const written = row('b', 'being_written', {});
    rows = [written, row('a', 'on_the_way', { state: 'queued', delivery: QUEUED.delivery ?? null })];
    render(DraftList);
    const before = await screen.findByRole('link', { name: /Customer a/ });
    before.focus();
    rows = [row('a', 'needs_you', { state: 'unknown', delivery: UNKNOWN.delivery ?? null }), written];
    signal.changes += 1;
    expect(await screen.findByText(outbox.states.unknown)).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('link', { name: /Customer a/ })));
    expect(document.activeElement).not.toBe(before);
  });

  test.each([
    [0, 0],
    [2, 1],
  ])('with %i of a kind on the way it leads to them %i times', async (waiting, links) => {
    rows = [row('b', 'being_written', {})];
    app.view = { ...READY, outbox: { waiting, paused: 0, unknown: 0, conflict: 0 } };
    render(DraftList);
    await screen.findByText('Customer b');
    expect(screen.queryAllByRole('link', { name: `${outbox.title} ${waiting}` })).toHaveLength(links);
  });
});
