import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ipcError, type ApiErrorView, type ConflictRowView, type ConflictView, type DraftView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { choicesOf, differenceOf, groupsOf } from '$lib/outbox/conflict/conflict';
import ConflictScreen from '$lib/outbox/conflict/ConflictScreen.svelte';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { conflict as words } from '$lib/words/outbox';
import { READY } from './app-view';
import { conflictOf, sentToday } from './outbox-rows';

const { goto } = vi.hoisted(() => ({ goto: vi.fn(() => Promise.resolve()) }));
vi.mock('$app/navigation', () => ({ goto, beforeNavigate: vi.fn() }));

const answered = (status: number): ApiErrorView => ({
  status,
  code: null,
  message: null,
  fields: [],
  raw: '',
  trace_id: 't-1',
});

beforeEach(() => {
  fake.reset();
  goto.mockClear();
  app.view = READY;
  announcer.polite = '';
  fake
    .on('app_status', () => READY)
    .on('outbox_list', () => ({ rows: [] }))
    .on('draft_list', () => sentToday())
    .on('conflict_open', () => conflictOf())
    .on('conflict_settle', () => ({ id: 'a' }) as DraftView);
});
afterEach(() => (app.view = null));

describe('the choices', () => {
  const gone: Partial<ConflictView> = { read_at: null, rows: [], error: answered(404) };
  const NEW: [string, boolean] = ['new_id', false];
  test.each<[name: string, part: Partial<ConflictView>, says: string, choices: [take: string, asks: boolean][]]>([
    ['a create', {}, words.says.create, [NEW, ['theirs', true]]],
    ['a create that is not shown', { ...gone, error: answered(409) }, words.says.refused, [NEW, ['theirs', true]]],
    ['a create without the ID', { ...gone, error: answered(409), customer_id: null }, words.says.refused, [NEW]],
    [
      'an update',
      { purpose: 'update' },
      words.says.update,
      [
        ['theirs', false],
        ['open', false],
      ],
    ],
    ['an update of what is gone', { ...gone, purpose: 'update' }, words.says.gone, [['theirs', false]]],
    ['gone without an answer', { ...gone, purpose: 'update', error: null }, words.says.gone, [['theirs', false]]],
    [
      'an update of what is not shown',
      { ...gone, purpose: 'update', error: answered(409) },
      words.says.refused,
      [['theirs', false]],
    ],
  ])('%s', (_name, part, says, choices) => {
    const view = conflictOf(part);
    expect(words.says[words.kind(view)]).toBe(says);
    const found = choicesOf(view);
    // What can be taken back does not ask first: the draft is open again, or can be brought back.
    expect(found.map((choice) => [choice.take, choice.sure !== null])).toEqual(choices);
    for (const { is, then, does, sure } of found) {
      expect([is, then, does].every((text) => /^[A-Z]/.test(text))).toBe(true);
      expect(then).toMatch(/\.$/);
      if (sure) expect([sure.title.endsWith('?'), sure.text.includes('Acme')]).toEqual([true, true]);
    }
  });
});

describe('the rows', () => {
  const row = (part: Partial<ConflictRowView>) => ({ ...conflictOf().rows[0]!, ...part });
  test.each<[Partial<ConflictRowView>, string]>([
    [{}, words.differs],
    [{ theirs: null }, words.onlyOurs],
    [{ theirs: ' ' }, words.onlyOurs],
    [{ ours: '' }, words.onlyTheirs],
  ])('%o differs in a word', (part, said) => expect(differenceOf(row(part))).toBe(said));

  test('stand under their section and their person, in the order they came', () => {
    const person = { section: 'business_person_list' as const };
    const rows = [row({}), row({}), row({ ...person, person: 0 }), row({ ...person, person: 2 })];
    expect(groupsOf(rows, 'axisfi').map((group) => [group.title, group.rows.length])).toEqual([
      ['Registration address', 2],
      ['Person 1', 1],
      ['Person 3', 1],
    ]);
  });
});

describe('the screen', () => {
  const open = async () => {
    const made = render(ConflictScreen, { draft: 'a' });
    await screen.findByRole('heading', { level: 1, name: 'Acme' });
    return made;
  };
  const choose = (name: string) => userEvent.click(screen.getByRole('button', { name }));

  test('shows both sides, ours as sent and theirs masked, and axe finds nothing', async () => {
    const { container } = await open();
    const [, city, number] = screen.getAllByRole('row').filter((line) => !line.classList.contains('group'));
    expect(
      within(city!)
        .getAllByRole('cell')
        .map((cell) => cell.textContent?.trim()),
    ).toEqual(['Osaka', 'Kyoto', words.differs]);
    expect(number!.textContent).toContain('TK4412098');
    expect(number!.textContent).toContain('•••••618X');
    expect(screen.getByRole('table', { name: words.differ(2, 31) })).toBeTruthy();
    const found = await axe.run(container, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'],
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  test('a masked value is shown on demand, by its path in the answer, and hidden when the window is left', async () => {
    fake.on('customer_reveal', ({ path }) => ({ path, value: 'TK9990618X', hides_after_s: 30 }));
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Show document number' }));
    expect(await screen.findByText('TK9990618X')).toBeTruthy();
    expect(fake.requests('customer_reveal')).toEqual([
      {
        connection: 'c-test',
        customer_id: '84',
        path: 'business_person_list/0/identification/id_number',
        reading: null,
        reason: null,
      },
    ]);
    window.dispatchEvent(new Event('blur'));
    await waitFor(() => expect(screen.queryByText('TK9990618X')).toBeNull());
  });

  test('another customer: the draft opens again at once, under a new ID', async () => {
    await open();
    await choose(words.newId.does);
    await waitFor(() => expect(goto).toHaveBeenCalledWith('/draft?id=a', { replaceState: true }));
    expect(fake.requests('conflict_settle')).toEqual([{ draft: 'a', take: 'new_id' }]);
    expect(announcer.polite).toBe(words.settled.new_id('Acme'));
  });

  test('our customer: it asks first, with the way back focused, and Cancel changes nothing', async () => {
    await open();
    await choose(words.theirs.create.does);
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('heading').textContent).toBe(words.theirs.create.sure);
    expect(
      dialog.getByRole('button', { name: 'Cancel' }).hasAttribute('autofocus') ||
        document.activeElement?.textContent?.trim() === 'Cancel',
    ).toBe(true);
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(fake.requests('conflict_settle')).toEqual([]);
    await choose(words.theirs.create.does);
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', { name: words.theirs.create.does }),
    );
    await waitFor(() => expect(fake.requests('conflict_settle')).toEqual([{ draft: 'a', take: 'theirs' }]));
    await waitFor(() => expect(goto).toHaveBeenCalledWith('/review?id=a', { replaceState: true }));
  });

  test('theirs stays: the draft is put away without a question', async () => {
    fake.on('conflict_open', () => conflictOf({ purpose: 'update' }));
    await open();
    await choose(words.theirs.update.does);
    await waitFor(() => expect(goto).toHaveBeenCalledWith('/waiting', { replaceState: true }));
    expect(announcer.polite).toBe(words.settled.theirs('Acme'));
  });

  test('what could not be settled says why, and stays', async () => {
    fake.on('conflict_settle', () => Promise.reject(ipcError('conflict.settled')));
    await open();
    await choose(words.newId.does);
    expect(await screen.findByText(words.settleFailed)).toBeTruthy();
    expect(goto).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: words.newId.does }).getAttribute('aria-busy')).toBe('false');
  });

  test('what the platform holds by now is shown before the draft opens again', async () => {
    const seen = conflictOf({ purpose: 'update' });
    fake.on('conflict_open', () => seen);
    fake.on('conflict_settle', () => {
      fake.on('conflict_open', () => ({ ...seen, rows: [{ ...seen.rows[0]!, theirs: 'Darwin', masked: false }] }));
      return Promise.reject(ipcError('conflict.stale'));
    });
    await open();
    await choose(words.open.does);
    expect(await screen.findByText('Darwin')).toBeTruthy();
    expect(screen.getByText(words.settleFailed)).toBeTruthy();
    expect(goto).not.toHaveBeenCalled();
  });

  test('what cannot be opened says so, with the way back', async () => {
    fake.on('conflict_open', () => Promise.reject(ipcError('conflict.settled')));
    render(ConflictScreen, { draft: 'a' });
    expect(await screen.findByText(words.loadFailed)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Waiting and unknown' }).getAttribute('href')).toBe('/waiting');
  });

  test('gone: there is no table, and the answer can be looked at', async () => {
    fake.on('conflict_open', () =>
      conflictOf({ purpose: 'update', read_at: null, rows: [], same: 0, error: answered(404) }),
    );
    await open();
    expect(screen.queryByRole('table')).toBeNull();
    expect(screen.getByText(words.says.gone)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Show answer' })).toBeTruthy();
  });
});
