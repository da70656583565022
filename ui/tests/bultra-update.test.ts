import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import DraftScreen from '$lib/draft/DraftScreen.svelte';
import { nextStep } from '$lib/draft/list/next-step';
import { areKeysRefused, endedWords, isOffline, isPaused } from '$lib/draft/outcome';
import type { DraftRowView, DraftView, OutcomeView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { answerBultraUpdates, BASE, contactDraft } from '$lib/ipc/fake-bultra-updates';
import { lists } from '$lib/ipc/fake-records';
import ReviewScreen from '$lib/review/ReviewScreen.svelte';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { draft as shared } from '$lib/words/draft';
import { platform } from '$lib/words/individual';
import { update as words } from '$lib/words/update';
import { READY } from './app-view';

vi.mock('$app/navigation', () => ({
  goto: vi.fn(() => Promise.resolve()),
  beforeNavigate: vi.fn(),
  afterNavigate: vi.fn(),
}));

const connection = READY.connections.find(({ id }) => id === 'c-btest')!;
const LINE = 'registration_address/registration_address_line1';
const EMAIL = 'primary_contact/contact_email';

beforeEach(() => {
  fake.reset();
  app.view = READY;
  fake
    .on('app_status', () => READY)
    .on('outbox_list', () => ({ rows: [] }))
    .on('code_lists', () => lists);
  answerBultraUpdates(connection, []);
});

const form = async (id = 'ub-corp') => {
  const made = render(DraftScreen, { id, field: null });
  await screen.findByRole('heading', { level: 1 });
  // The form opens on its first field.
  await waitFor(() => expect(document.activeElement?.closest('[data-path]')).toBeTruthy());
  return made;
};
const review = async (texts: Record<string, string | null>, given?: DraftView) => {
  const all = new Map(Object.entries(BASE));
  for (const [path, text] of Object.entries(texts)) {
    if (text === null) all.delete(path);
    else all.set(path, text);
  }
  const draft: DraftView = given ?? contactDraft('x', connection, all);
  const changes = (draft.update?.changes ?? []).map((path) => ({
    path,
    section: draft.fields.find((field) => field.path === path)!.section,
    person: null,
    kind: 'text' as const,
    old: '••••',
    old_path: path,
    masked: true,
    new: all.get(path) ?? null,
  }));
  fake.on('draft_review', () => ({
    draft,
    sends: [],
    not_sent: [],
    blocked: false,
    house_missing: false,
    network: READY.network,
    uploads: 0,
    update: { changes, untouched: 4, problem: null },
  }));
  render(ReviewScreen, { id: 'x' });
  await screen.findByRole('heading', { level: 1 });
};

describe('the form of a customer of Bultra', () => {
  test('has contact and address, numbered without gaps, and nothing else', async () => {
    await form();
    const titles = screen
      .getAllByRole('heading', { level: 2 })
      .map((one) => one.textContent?.replace(/\s+/g, ' ').trim());
    expect(titles).toEqual(expect.arrayContaining(['1 Address', '2 Contact']));
    expect(titles.join()).not.toMatch(/Persons|Business|usage|document/i);
    const nav = screen.getByRole('navigation', { name: shared.sectionsLabel });
    expect(within(nav).getAllByRole('link')).toHaveLength(3);
    expect(screen.queryByRole('button', { name: shared.addPerson })).toBeNull();
    expect(fake.requests('document_list'), 'it takes no files').toEqual([]);
    expect(screen.getByText(words.contactOnly)).toBeTruthy();
  });

  test('is called by the customer, or by the individual and whose it is', async () => {
    await form();
    expect(screen.getByRole('heading', { level: 1, name: 'Tidewater Instruments Pte. Ltd.' })).toBeTruthy();
    document.body.innerHTML = '';
    await form('ub-one');
    expect(screen.getByRole('heading', { level: 1, name: 'Wei Ling Tan' })).toBeTruthy();
    expect(screen.getByText(/individual of cust_corp/)).toBeTruthy();
  });

  test('shows nothing of the address that nobody asked for', async () => {
    const { container } = await form();
    expect(container.innerHTML).not.toContain('Marina View');
    expect((document.getElementById(`f-${LINE.replace('/', '-')}`) as HTMLInputElement).placeholder).toBe('••••••••');
  });

  test('a required field that is emptied says that the platform cannot clear it', async () => {
    await form();
    const field = document.getElementById(`f-${EMAIL.replace('/', '-')}`) as HTMLInputElement;
    field.focus();
    await userEvent.keyboard('{Delete}');
    const note = () => document.getElementById(`${field.id}-note`)?.textContent;
    await waitFor(() => expect(note()).toContain(words.cannotClear('Contact email')));
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const panel = screen.getByRole('complementary', { name: shared.panelLabel });
    expect(within(panel).getByRole('link', { name: new RegExp(words.cannotClear('Contact email')) })).toBeTruthy();
    expect(within(panel).queryByText(shared.noProblems), 'it is a problem, and still to fill').toBeNull();
  });
});

describe('the review of it', () => {
  test.each([
    ['a phone', { 'primary_contact/contact_phone': '+6560000000' }, false],
    ['a line of the address', { [LINE]: '1 Raffles Quay' }, true],
  ])('says of %s what is sent beside it', async (_name, texts, whole) => {
    await review(texts);
    expect(screen.getByText(words.review.contact(whole))).toBeTruthy();
    expect(screen.queryByText(words.review.untouched(4)), 'nothing else goes back').toBeNull();
  });

  test('names an emptied required field in the summary', async () => {
    await review({ [EMAIL]: null });
    expect(screen.getByRole('link', { name: words.cannotClear('Contact email') })).toBeTruthy();
    expect(screen.queryByText(/Primary contact/)).toBeNull();
    const line = screen.getByRole('row', { name: /Contact email/ });
    expect(line.textContent).toContain(words.review.cannotClear);
    expect(line.textContent).not.toContain(words.review.cleared);
    expect(document.getElementById('submit-why')?.textContent).toMatch(/Fill 1 field .* or keep it as it was, before/);
  });

  test.each([
    ['ub-corp', 'cust_corp', 'Customer ID', 'a customer'],
    ['ub-one', 'ind_2041', 'Individual ID', 'an individual'],
  ])('of %s names and copies %s once it was accepted', async (id, shown, label, word) => {
    const user = userEvent.setup();
    const draft = contactDraft(id, connection, new Map(Object.entries(BASE)));
    const customer_id = draft.update!.customer_id;
    const outcome: OutcomeView = {
      outcome: 'accepted',
      customer_id,
      partner_customer_id: '',
      status: null,
      at: '2026-11-21T06:33:00Z',
      read_back: null,
    };
    await review({}, { ...draft, state: 'accepted', outcome });
    expect(document.getElementById('customer-id')?.textContent).toBe(shown);
    await user.click(screen.getByRole('button', { name: shared.outcome.copy(label) }));
    expect(await navigator.clipboard.readText()).toBe(shown);
    expect(announcer.polite).toBe(shared.outcome.copied(label));
    expect(screen.getByText(new RegExp(`Updated ${word} in`))).toBeTruthy();
    expect(endedWords(draft, outcome, null)).toBe(`Accepted. ${label} ${shown}.`);
  });
});

describe('what becomes of sending', () => {
  test.each([
    ['network.refused', [true, false, false]],
    ['queue.offline', [true, false, false]],
    ['token.unreached', [true, false, false]],
    ['token.unreadable', [false, false, false]],
    ['token.refused', [false, true, true]],
    ['token.scope', [false, true, true]],
    ['auth.refused', [false, true, true]],
    ['tls.untrusted', [false, true, false]],
    ['credentials.missing', [false, true, false]],
  ])('after %s: offline, paused, keys refused are %s', (code, said) =>
    expect([isOffline(code), isPaused(code), areKeysRefused(code)]).toEqual(said),
  );

  test('that nobody gave a token is offered to wait, as when the platform is not reached', async () => {
    app.view = { ...READY, when_offline: 'ask' };
    const reason = { code: 'token.unreached', params: { reason: 'network.timeout', host: 'id.bultra.example' } };
    const draft = contactDraft('x', connection, new Map([...Object.entries(BASE), [LINE, '1 Raffles Quay']]));
    await review({}, { ...draft, outcome: { outcome: 'not_sent', reason, error: null, at: draft.saved_at } });
    expect(screen.getByRole('button', { name: shared.outcome.sendWhenOnline })).toBeTruthy();
  });
});

describe('its row among the drafts', () => {
  test.each([
    ['cust_1/individuals/ind_2', 'Update, individual of cust_1'],
    ['cust_1', 'Update'],
  ])('of %s says %s', (id, said) => expect(words.rowKind(id)).toBe(said));

  test('says what is still to fill by this kind of names', () => {
    const row = {
      delivery: null,
      state: 'editing',
      sections: ['primary_contact'],
      errors: 0,
    } as unknown as DraftRowView;
    expect([nextStep(row, 0, 'bultra'), nextStep(row, 0)]).toEqual(['Contact', 'Primary contact']);
  });

  test('a customer is an update of contact data', () => {
    const made = contactDraft('x', connection, new Map());
    // Half an hour after midnight it was read yesterday.
    const update = { ...made.update!, read_at: new Date().toISOString() };
    expect(words.kind(update, 'bultra')).toMatch(/^Update contact data, as read today /);
    expect(words.kind({ ...update, customer_id: 'c/individuals/i' }, 'bultra')).toBe(
      `Update contact data, ${platform.of('c').toLowerCase()}`,
    );
  });
});
