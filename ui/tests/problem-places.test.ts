import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import DraftScreen from '$lib/draft/DraftScreen.svelte';
import { checkOf, draftOf } from '$lib/draft/fixture';
import type { DraftView, Problem, ReviewView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import ReviewScreen from '$lib/review/ReviewScreen.svelte';
import { app } from '$lib/shell/app.svelte';
import { draft as words } from '$lib/words/draft';
import { problemText } from '$lib/words/problems';
import { READY } from './app-view';

vi.mock('$app/navigation', () => ({
  goto: vi.fn(() => Promise.resolve()),
  beforeNavigate: vi.fn(),
  afterNavigate: vi.fn(),
}));

const NUMBER = 'business_details/business_identifier_number';
const EXPIRY = 'business_details/business_identifier_expiry_date';
const PHONE = 'primary_contact/contact_phone';
const of = (path: string, code: string, params: Problem['params'] = {}): Problem => ({
  path,
  code,
  params,
  severity: 'error',
});
const other = { draft: 'd-2', connection: 'c', customer: 'cus 8', name: 'Acme Ltd', at: '2026-05-12T09:30:00Z' };
const duplicate = (what: string): Problem => ({
  ...of(NUMBER, 'duplicate.identifier', { ...other, what }),
  severity: 'warning',
});

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
const become = (problems: Problem[], part: Partial<DraftView> = {}) =>
  (now = draftOf({
    texts: problems.map(({ path }) => ({ path, text: 'as typed' })),
    check: checkOf({ problems }),
    ...part,
  }));

beforeEach(() => {
  fake.reset();
  app.view = READY;
  document.title = '';
  fake
    .on('draft_review', view)
    .on('draft_open', () => now)
    .on('app_status', () => READY)
    .on('outbox_list', () => ({ rows: [] }))
    .on('document_list', () => ({ documents: [] }) as never)
    .on('code_lists', () => ({ countries: [], currencies: [], lists: [] }))
    .on('draft_save', () => ({ seq: 1, saved_at: now.saved_at, check: now.check, changes: [] }));
});

describe('a problem has the same words in each of its places', () => {
  test.each([
    of(PHONE, 'phone.length', { found: '7', min: '8', max: '9', region: 'HK' }),
    of(NUMBER, 'identifier.format', { format: 'uscc' }),
    of(EXPIRY, 'date.expired', { date: '2026-05-01' }),
    { ...of(EXPIRY, 'date.expires_soon', { date: '2026-12-12', days: '21' }), severity: 'warning' as const },
    duplicate('draft'),
  ])('$code', async (problem) => {
    become([problem]);
    const text = problemText(problem);
    const form = render(DraftScreen, { id: 'd', field: null });
    const panel = await screen.findByRole('complementary', { name: words.panelLabel });
    await waitFor(() => expect(panel.textContent).toContain(text));
    const field = document.querySelector<HTMLElement>(`[data-path="${problem.path}"]`);
    expect(field?.textContent).toContain(text);
    form.unmount();
    render(ReviewScreen, { id: 'd' });
    const name = problem.severity === 'error' ? words.thereIsAProblem : words.toConfirm;
    expect((await screen.findByRole('region', { name })).textContent).toContain(text);
  });
});

describe('a duplicate leads to the other record', () => {
  test.each([
    ['draft', 'Open the draft of Acme Ltd', '/draft?id=d-2'],
    ['customer', 'Open the customer of Acme Ltd', '/customer?connection=c&id=cus%208'],
  ])('a %s, from the panel and from the review', async (what, name, href) => {
    become([duplicate(what)]);
    const form = render(DraftScreen, { id: 'd', field: null });
    const panel = await screen.findByRole('complementary', { name: words.panelLabel });
    expect((await within(panel).findByRole('link', { name })).getAttribute('href')).toBe(href);
    form.unmount();
    render(ReviewScreen, { id: 'd' });
    const card = await screen.findByRole('region', { name: words.toConfirm });
    expect(within(card).getByRole('link', { name }).getAttribute('href')).toBe(href);
  });
});

describe('the title of the window', () => {
  test('says that a section was checked and something is wrong, and no more once it is right', async () => {
    become([of(NUMBER, 'identifier.format')]);
    render(DraftScreen, { id: 'd', field: null });
    const check = await screen.findByRole('button', { name: new RegExp(words.checkSection) });
    expect(document.title, 'nobody has asked yet').not.toMatch(/^Error/);
    await userEvent.click(check);
    await waitFor(() => expect(document.title).toMatch(/^Error: /));
    now = { ...now, check: checkOf() };
    const input = document.querySelector<HTMLInputElement>(`[data-path="${NUMBER}"] input`);
    await userEvent.type(input as HTMLInputElement, '1');
    await userEvent.tab();
    await waitFor(() => expect(document.title).not.toMatch(/^Error/));
  });

  test.each([
    ['an error', 'error', true],
    ['a warning', 'warning', false],
  ] as const)('says at the review that there is %s: %s', async (_, severity, says) => {
    become([{ ...of(NUMBER, 'identifier.unusual'), severity }]);
    render(ReviewScreen, { id: 'd' });
    await screen.findByRole('region', { name: says ? words.thereIsAProblem : words.toConfirm });
    expect(document.title.startsWith('Error: ')).toBe(says);
  });
});

describe('the review', () => {
  test('shows that there is no expiry date as such, and a note beside its value', async () => {
    const note: Problem = { ...of(PHONE, 'phone.extension', { extension: '7' }), severity: 'note' };
    become([], {
      texts: [
        { path: EXPIRY, text: 'permanent' },
        { path: PHONE, text: '+85221234567' },
      ],
      check: checkOf({ problems: [note], echoes: [{ path: EXPIRY, code: 'no_expiry', params: { none: 'none' } }] }),
    });
    fake.on('draft_review', () => ({ ...view(), sends: [{ path: PHONE, text: '+85221234567' }] }));
    render(ReviewScreen, { id: 'd' });
    expect(await screen.findByText(words.noExpiry)).toBeTruthy();
    expect(screen.queryByText('permanent')).toBeNull();
    expect(screen.getByText(problemText(note))).toBeTruthy();
    expect(screen.queryByRole('region', { name: words.toConfirm }), 'a note wants no tick').toBeNull();
  });
});
