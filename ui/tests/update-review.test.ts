import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type ChangeView, type Environment, type OutcomeView, type ReviewView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import ReviewScreen from '$lib/review/ReviewScreen.svelte';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { outbox } from '$lib/shell/outbox.svelte';
import { draft as shared } from '$lib/words/draft';
import { errorText } from '$lib/words/errors';
import { update } from '$lib/words/update';
import { READY } from './app-view';
import { changeOf, CITY, EMAIL, EMAIL_READ, PHONE, reviewOf, updateDraft } from './update-views';

const { goto } = vi.hoisted(() => ({ goto: vi.fn(() => Promise.resolve()) }));
vi.mock('$app/navigation', () => ({
  goto,
  beforeNavigate: vi.fn(),
  afterNavigate: vi.fn(),
}));

const { review: words } = update;
const at = '2026-11-21T06:40:00Z';
const accepted = (differs: string[] | null): OutcomeView => ({
  outcome: 'accepted',
  customer_id: '84',
  partner_customer_id: 'cd-1',
  status: null,
  at,
  read_back: differs && { at, differs },
});
let now: ReviewView;

beforeEach(() => {
  fake.reset();
  goto.mockClear();
  app.view = READY;
  announcer.polite = '';
  announcer.urgent = '';
  fake
    .on('app_status', () => READY)
    .on('outbox_list', () => ({ rows: [] }))
    .on('draft_review', () => now);
});

async function open(view: ReviewView) {
  now = view;
  const made = render(ReviewScreen, { id: 'u' });
  await screen.findByRole('button', { name: /^(Update|Submit)/ });
  return made;
}
const cells = (name: RegExp) =>
  within(screen.getByRole('row', { name }))
    .getAllByRole('cell')
    .map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim());
const why = () => document.getElementById('submit-why')?.textContent?.trim();
const inEnvironment = (environment: Environment): ReviewView => {
  const draft = updateDraft();
  return reviewOf({}, {}, { ...draft, connection: { ...draft.connection, environment } });
};

describe('what changes', () => {
  const email: Partial<ChangeView> = {
    path: EMAIL,
    section: 'primary_contact',
    kind: 'email',
    old: 'h•••@•••.example',
    old_path: EMAIL,
    masked: true,
    new: 'new@acme.example',
  };

  test('is a table of old and new in the name of the environment, nothing else, and axe finds nothing', async () => {
    const { container } = await open(
      reviewOf({
        changes: [
          changeOf(),
          changeOf({
            path: 'business_details/website',
            section: 'business_details',
            old: null,
            old_path: null,
            new: 'a.example',
          }),
          changeOf({
            path: PHONE,
            section: 'primary_contact',
            kind: 'phone',
            old: '+81 •• ••12',
            masked: true,
            new: null,
          }),
          changeOf(email),
        ],
      }),
    );
    expect(screen.getByRole('table', { name: words.changes(4, 'sandbox') })).toBeTruthy();
    expect(cells(/^City/)).toEqual(['Kyoto', 'Osaka', words.said.changed]);
    expect(cells(/^Website/)).toEqual([words.none, 'a.example', words.said.added]);
    expect(cells(/^Contact phone/)).toEqual(['+81 •• ••12 Show', words.cleared, words.said.cleared]);
    expect(cells(/^Contact email/)).toEqual(['h•••@•••.example Show', 'new@acme.example', words.said.changed]);
    expect(screen.getByText(words.untouched(41))).toBeTruthy();
    const found = await axe.run(container, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  test('an old value that is masked is shown out of the reading it is of', async () => {
    fake.on('customer_reveal', ({ path }) => ({ path, value: EMAIL_READ, hides_after_s: 30 }));
    const { container } = await open(reviewOf({ changes: [changeOf(email)] }));
    expect(container.innerHTML).not.toContain(EMAIL_READ);
    await userEvent.click(screen.getByRole('button', { name: /Show contact email/ }));
    expect(await screen.findByText(EMAIL_READ)).toBeTruthy();
    const [asked] = fake.requests('customer_reveal');
    expect(asked).toMatchObject({ customer_id: '84', path: EMAIL, reading: 'r1' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByText(EMAIL_READ)).toBeNull());
    expect(goto, 'Esc leaves the review only where nothing is shown').not.toHaveBeenCalled();
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard('{Escape}');
    expect(goto).toHaveBeenCalledWith('/draft?id=u');
  });

  test.each([
    ['added', ['p9'], [words.none, 'Bo Lin', words.said.added]],
    ['removed', [], ['Bo Lin', words.cleared, words.said.removed]],
  ])('a person that is %s is one row under their name', async (_, persons, row) => {
    const person = { path: 'business_person_list/p9', section: 'business_person_list', person: 'Bo Lin' } as const;
    const changes = [changeOf({ ...person, kind: null, old: null, old_path: null, new: null })];
    await open(reviewOf({ changes }, {}, updateDraft({}, { persons })));
    expect(screen.getByRole('rowheader', { name: 'Persons: Bo Lin' })).toBeTruthy();
    expect(cells(/^Whole person/)).toEqual(row);
  });

  test('two persons of one name are two', async () => {
    const of = (id: string) =>
      changeOf({
        path: `business_person_list/${id}/basic_info/first_name_english`,
        section: 'business_person_list',
        person: 'Bo Lin',
      });
    await open(reviewOf({ changes: [of('p1'), of('p2')] }));
    expect(screen.getAllByRole('rowheader', { name: 'Persons: Bo Lin' })).toHaveLength(2);
  });

  test.each(['update.nothing', 'update.incomplete'])(
    '%s is said instead of a table, and nothing can be sent',
    async (problem) => {
      await open(reviewOf({ changes: [], problem }));
      expect(screen.getByText(errorText({ code: problem, params: {} }))).toBeTruthy();
      expect(screen.queryByRole('table')).toBeNull();
      expect(screen.getByRole('button', { name: /Update in/ }).getAttribute('aria-disabled')).toBe('true');
      expect(why()).toBe(problem === 'update.nothing' ? words.nothing : words.incomplete);
    },
  );

  test('files that the platform does not have yet are waited for', async () => {
    await open(reviewOf({}, { uploads: 2 }));
    expect(why()).toBe(errorText({ code: 'document.waiting', params: { count: '2' } }));
  });
});

describe('sending', () => {
  test.each<[Environment, boolean]>([
    ['sandbox', false],
    ['test', false],
    ['production', true],
  ])('in %s it names the place, and asks in production alone', async (environment, asks) => {
    fake.on('draft_submit', () => accepted(null));
    await open(inEnvironment(environment));
    const button = screen.getByRole('button', { name: words.submit[environment] });
    expect(button.classList.contains('production')).toBe(asks);
    await userEvent.click(button);
    if (asks) {
      const dialog = within(await screen.findByRole('dialog'));
      expect(dialog.getByText(words.text(1, 'Acme', 'Practice'))).toBeTruthy();
      expect(fake.requests('draft_submit')).toEqual([]);
      await userEvent.click(dialog.getByRole('button', { name: words.submit.production }));
    }
    await waitFor(() => expect(fake.requests('draft_submit')).toHaveLength(1));
  });

  test('an accepted one is read again by itself, and says what differs', async () => {
    const done = (differs: string[] | null) =>
      reviewOf({}, {}, updateDraft({}, { state: 'accepted', outcome: accepted(differs) }));
    await open(done(null));
    expect(screen.getByText(words.notAgain), 'long ago').toBeTruthy();
    now = done([CITY, 'business_details/website']);
    outbox.changes += 1;
    const said = words.readBack([CITY, 'business_details/website']);
    const shown = await screen.findByText(said);
    expect(shown.closest('.notice')?.classList.contains('attention'), 'not inside what is well').toBe(true);
    expect(announcer.polite).toBe(said);
    expect(screen.getByRole('link', { name: words.compare }).getAttribute('href')).toMatch(/^\/customer\?.*compare=r1/);
    expect(screen.queryByText(words.notAgain)).toBeNull();
  });

  test('one that is read again and is the same is said as well', async () => {
    const done = (differs: string[] | null) =>
      reviewOf({}, {}, updateDraft({}, { state: 'accepted', outcome: accepted(differs) }));
    await open(done(null));
    now = done([]);
    outbox.changes += 1;
    expect(await screen.findByText(words.readBack([]))).toBeTruthy();
    expect(announcer.polite).toBe(words.readBack([]));
  });

  test.each([
    [59_000, words.again, words.notAgain],
    [61_000, words.notAgain, words.again],
  ])('one that is not read again %d ms after it was accepted says so', async (ago, says, not) => {
    const outcome = { ...accepted(null), at: new Date(Date.now() - ago).toISOString() };
    await open(reviewOf({}, {}, updateDraft({}, { state: 'accepted', outcome })));
    expect(await screen.findByText(says)).toBeTruthy();
    expect(screen.queryByText(not)).toBeNull();
    const ways = screen.getAllByRole('link', { name: shared.outcome.openCustomer });
    expect(ways, 'a way to the customer beside it').toHaveLength(says === words.notAgain ? 2 : 1);
  });

  test('its key says why nothing can be sent', async () => {
    await open(reviewOf({ changes: [], problem: 'update.nothing' }));
    await userEvent.keyboard('{Control>}{Shift>}{Enter}');
    expect(announcer.urgent).toBe(words.nothing);
    expect(fake.requests('draft_submit')).toEqual([]);
  });

  test.each([
    ['update.clash', words.choose, '/conflict?draft=u'],
    ['update.changed', words.choose, '/conflict?draft=u'],
    ['update.persons', words.choose, '/conflict?draft=u'],
    ['update.gone', shared.outcome.openCustomer, '/customer?'],
  ])('%s was not sent, and has its way on', async (code, name, href) => {
    const outcome: OutcomeView = { outcome: 'not_sent', reason: { code, params: { count: '2' } }, error: null, at };
    await open(reviewOf({}, {}, updateDraft({}, { outcome })));
    expect(screen.getByText(shared.outcome.notSent)).toBeTruthy();
    expect(screen.getByRole('link', { name }).getAttribute('href')).toContain(href);
  });
});
