import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import DraftScreen from '$lib/draft/DraftScreen.svelte';
import { type DraftView, ipcError, type UpdateView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { customer } from '$lib/words/customer';
import { update as words } from '$lib/words/update';
import { READY } from './app-view';
import { CITY, EMAIL, EMAIL_READ, NAME, updateDraft, updateOf } from './update-views';

vi.mock('$app/navigation', () => ({
  goto: vi.fn(() => Promise.resolve()),
  beforeNavigate: vi.fn(),
  afterNavigate: vi.fn(),
}));

const LISTS = {
  countries: [],
  currencies: [],
  lists: [],
};
let now: DraftView;

beforeEach(() => {
  fake.reset();
  app.view = READY;
  announcer.polite = '';
  now = updateDraft();
  fake
    .on('app_status', () => READY)
    .on('outbox_list', () => ({ rows: [] }))
    .on('code_lists', () => LISTS)
    .on('document_list', () => ({ documents: [] }) as never)
    .on('draft_open', () => now)
    .on('draft_reveal', ({ path }) => ({ path, value: EMAIL_READ, hides_after_s: 30 }))
    .on('draft_keep', () => updateDraft())
    .on('draft_save', ({ edits }) => ({
      seq: edits.length,
      saved_at: now.saved_at,
      check: now.check,
      changes: edits.flatMap((edit) => (edit.op === 'set' ? edit.path : [])),
    }));
});

async function open(part: Partial<UpdateView> = {}, draft: Partial<DraftView> = {}) {
  now = updateDraft(part, draft);
  const made = render(DraftScreen, { id: 'u', field: null });
  await screen.findByRole('heading', { level: 1, name: 'Acme' });
  return made;
}
const email = () => document.getElementById('f-primary_contact-contact_email') as HTMLInputElement;
const below = () => document.getElementById(`${email().id}-note`)?.textContent?.trim() ?? '';
const sent = () => fake.requests('draft_save').flatMap(({ edits }) => edits);
const revealed = () => fake.requests('draft_reveal');

describe('a hidden value in its field', () => {
  test('is drawn by its mask, says so in its name, and nothing of it is in the page', async () => {
    const { container } = await open();
    expect(email().placeholder).toBe('h•••@•••.example');
    expect(email().value).toBe('');
    expect(email().getAttribute('aria-label')).toBe(words.hiddenName('Contact email'));
    expect(container.innerHTML).not.toContain(EMAIL_READ);
    expect(revealed()).toEqual([]);
    const found = await axe.run(container, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  test('is replaced by the first character, and the field is changed', async () => {
    await open();
    email().focus();
    await userEvent.keyboard('n@x.example');
    // However many saves that takes: a slow computer saves between two keys.
    await waitFor(() => expect(sent().at(-1)).toEqual({ op: 'set', path: EMAIL, text: 'n@x.example' }));
    await waitFor(() => expect(below()).toContain(words.changed));
  });

  test('is replaced by what is pasted', async () => {
    await open();
    email().focus();
    await userEvent.paste('p@x.example');
    await waitFor(() => expect(sent()).toEqual([{ op: 'set', path: EMAIL, text: 'p@x.example' }]));
  });

  test('is replaced by what is composed, and stays when composing is given up', async () => {
    await open();
    email().focus();
    await fireEvent.compositionStart(email());
    await fireEvent.input(email(), { target: { value: '' } });
    await fireEvent.compositionEnd(email());
    expect(email().placeholder, 'given up').toBe('h•••@•••.example');
    await fireEvent.compositionStart(email());
    await fireEvent.input(email(), { target: { value: '你' } });
    await fireEvent.compositionEnd(email());
    await waitFor(() => expect(sent()).toEqual([{ op: 'set', path: EMAIL, text: '你' }]));
  });

  test.each(['{Backspace}', '{Delete}'])('%s clears it, which is said, and Ctrl+Z brings it back', async (key) => {
    await open();
    email().focus();
    await userEvent.keyboard(key);
    await waitFor(() => expect(sent()).toEqual([{ op: 'set', path: EMAIL, text: '' }]));
    await waitFor(() => expect(below()).toContain(words.cleared));
    expect(email().placeholder).toBe('');
    await userEvent.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(fake.requests('draft_keep')).toEqual([{ draft: 'u', path: EMAIL, reason: null }]));
    await waitFor(() => expect(email().placeholder).toBe('h•••@•••.example'));
  });

  test('is shown by F2 to be changed, and hidden by Esc, another window, and time', async () => {
    await open();
    email().focus();
    for (const hide of [
      () => userEvent.keyboard('{Escape}'),
      () => Promise.resolve(window.dispatchEvent(new Event('blur'))),
    ]) {
      await userEvent.keyboard('{F2}');
      await waitFor(() => expect(email().value).toBe(EMAIL_READ));
      expect(below()).toBe(customer.hidesIn(30));
      await hide();
      await waitFor(() => expect(email().value).toBe(''));
      expect(email().placeholder).toBe('h•••@•••.example');
    }
    fake.on('draft_reveal', ({ path }) => ({ path, value: EMAIL_READ, hides_after_s: 0 }));
    await userEvent.keyboard('{F2}');
    await waitFor(() => expect(email().value).toBe(EMAIL_READ));
    await waitFor(() => expect(email().value).toBe(''), { timeout: 2_000 });
    expect(sent(), 'showing changes nothing').toEqual([]);
    expect(revealed()).toHaveLength(3);
  });

  test.each<[string, string, boolean]>([
    ['a character', 'n', true],
    ['Backspace', '{Backspace}', true],
    ['a character after Esc', 'n', false],
  ])('that hid by itself is not replaced by the first key, which was meant for it: %s', async (_, key, late) => {
    await open();
    email().focus();
    fake.on('draft_reveal', ({ path }) => ({ path, value: EMAIL_READ, hides_after_s: late ? 0 : 30 }));
    await userEvent.keyboard('{F2}');
    await waitFor(() => expect(email().value).toBe(EMAIL_READ));
    if (!late) await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(email().value).toBe(''), { timeout: 2_000 });
    await userEvent.keyboard(key);
    expect([email().value, announcer.polite === words.hidAgain]).toEqual(late ? ['', true] : ['n', false]);
    if (!late) return;
    await userEvent.keyboard('m');
    expect(email().value, 'the next one is meant').toBe('m');
  });

  test('that is shown says so in its name', async () => {
    await open();
    email().focus();
    await userEvent.keyboard('{F2}');
    await waitFor(() => expect(email().value).toBe(EMAIL_READ));
    expect(email().getAttribute('aria-label')).toBeNull();
  });

  test('that was typed over while it was asked for is not shown, and nothing is said', async () => {
    let answer: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (answer = resolve));
    fake.on('draft_reveal', ({ path }) => gate.then(() => ({ path, value: EMAIL_READ, hides_after_s: 30 })));
    await open();
    email().focus();
    await userEvent.keyboard('{F2}n');
    announcer.polite = '';
    answer();
    await gate;
    await new Promise((resolve) => setTimeout(resolve));
    await userEvent.keyboard('{Shift>}{F2}{/Shift}');
    await waitFor(() => expect(email().placeholder).toBe('h•••@•••.example'));
    expect([email().value, announcer.polite]).toEqual(['', words.keptSaid('Contact email')]);
  });

  test('is shown only where the user is in it', async () => {
    await open();
    email().focus();
    screen.getByRole('link', { name: /^Review/ }).focus();
    await userEvent.keyboard('{F2}');
    expect([revealed(), announcer.polite]).toEqual([[], words.nothingHidden]);
    screen.getByRole('button', { name: words.showField('Contact email') }).focus();
    await userEvent.keyboard('{F2}');
    await waitFor(() => expect(revealed()).toHaveLength(1));
  });

  test('that is shown is edited as it stands, and stays when the window is left', async () => {
    await open();
    await userEvent.click(screen.getByRole('button', { name: words.showField('Contact email') }));
    await waitFor(() => expect(email().value).toBe(EMAIL_READ));
    expect(document.activeElement).toBe(email());
    email().setSelectionRange(EMAIL_READ.length, EMAIL_READ.length);
    await userEvent.keyboard('s');
    window.dispatchEvent(new Event('blur'));
    await waitFor(() => expect(sent()).toEqual([{ op: 'set', path: EMAIL, text: `${EMAIL_READ}s` }]));
    expect(email().value).toBe(`${EMAIL_READ}s`);
  });

  test('wants a reason where the policy does', async () => {
    app.view = { ...READY, policy: { reveal_reason: true } };
    await open();
    email().focus();
    await userEvent.keyboard('{F2}');
    const dialog = within(await screen.findByRole('dialog'));
    expect(revealed()).toEqual([]);
    await userEvent.type(dialog.getByRole('textbox'), 'A call back{Enter}');
    await waitFor(() => expect(email().value).toBe(EMAIL_READ));
    expect(revealed()).toEqual([{ draft: 'u', path: EMAIL, reason: 'A call back' }]);
  });
});

describe('what is changed', () => {
  test('says so at its field and in its section, and is kept as it was by Shift+F2', async () => {
    await open({ changes: [NAME, CITY] });
    const nav = within(screen.getByRole('navigation', { name: 'Sections' }));
    expect(nav.getByRole('link', { name: /Business details/ }).textContent).toContain(words.changes(1));
    expect(nav.getByRole('link', { name: /Account usage/ }).textContent).toContain(words.changes(0));
    expect(nav.getByRole('link', { name: /Review/ }).textContent).toContain(words.changes(2));
    const name = screen.getByRole('textbox', { name: /Business name in English/ });
    name.focus();
    expect(screen.getByRole('button', { name: words.keepField('Business name in English') }).tabIndex).toBe(-1);
    await userEvent.keyboard('{Shift>}{F2}{/Shift}');
    await waitFor(() => expect(fake.requests('draft_keep')).toEqual([{ draft: 'u', path: NAME, reason: null }]));
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: words.keepField('Business name in English') })).toBeNull(),
    );
    expect(announcer.polite).toBe(words.keptSaid('Business name in English'));
  });

  test('is kept as it was only where the user is in it, and said to be so once it is', async () => {
    let answer: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (answer = resolve));
    fake.on('draft_keep', () => gate.then(() => updateDraft()));
    await open({ changes: [NAME] });
    const name = screen.getByRole('textbox', { name: /Business name in English/ });
    name.focus();
    screen.getByRole('link', { name: /^Review/ }).focus();
    await userEvent.keyboard('{Shift>}{F2}{/Shift}');
    expect(fake.requests('draft_keep')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: words.keepField('Business name in English') }));
    await waitFor(() => expect(fake.requests('draft_keep')).toHaveLength(1));
    expect(announcer.polite).toBe('');
    answer();
    await waitFor(() => expect(announcer.polite).toBe(words.keptSaid('Business name in English')));
  });

  test('an undo that could not be brought back is not said to be undone', async () => {
    fake.on('draft_keep', () => Promise.reject(ipcError('store.full')));
    await open();
    email().focus();
    await userEvent.keyboard('{Backspace}');
    await waitFor(() => expect(sent()).toHaveLength(1));
    announcer.polite = announcer.urgent = '';
    await userEvent.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(announcer.urgent).toContain(words.keepFailed('').trim()));
    expect(announcer.polite).toBe('');
  });

  test('the ID of ours is read-only', async () => {
    await open();
    expect((screen.getByRole('textbox', { name: 'Partner customer ID' }) as HTMLInputElement).readOnly).toBe(true);
  });

  test('what could not be brought back says so', async () => {
    fake.on('draft_keep', () => Promise.reject(ipcError('store.full')));
    await open({ changes: [NAME] });
    screen.getByRole('textbox', { name: /Business name in English/ }).focus();
    await userEvent.keyboard('{Shift>}{F2}{/Shift}');
    await waitFor(() => expect(announcer.urgent).toContain(words.keepFailed('').trim()));
  });
});

describe('the one notice', () => {
  const missing: UpdateView['missing'] = [{ section: 'account_usage', person: null, group: '' }];
  test.each<[string, Partial<UpdateView>, Partial<DraftView>, string]>([
    ['what nobody knows', { missing }, {}, words.missing(missing, String)],
    ['a newer reading before it', { missing, newer: '2026-11-20T06:00:00Z' }, {}, words.newer('2026-11-20T06:00:00Z')],
    [
      'why nothing was sent before both',
      { missing, newer: '2026-11-20T06:00:00Z' },
      { outcome: { outcome: 'not_sent', reason: { code: 'update.clash', params: {} }, error: null, at: '' } },
      'Not sent.',
    ],
  ])('%s', async (_, part, draft, said) => {
    await open(part, draft);
    expect(screen.getByText(said)).toBeTruthy();
    expect(document.querySelectorAll('.notice')).toHaveLength(1);
  });

  test.each<[string, Partial<UpdateView>, Partial<DraftView>, string]>([
    ['a newer reading', { newer: '2026-11-20T06:00:00Z' }, {}, words.compareNow],
    [
      'a clash',
      {},
      { outcome: { outcome: 'not_sent', reason: { code: 'update.clash', params: {} }, error: null, at: '' } },
      words.review.choose,
    ],
  ])('%s leads to the choice', async (_, part, draft, link) => {
    await open(part, draft);
    expect(screen.getByRole('link', { name: link }).getAttribute('href')).toBe('/conflict?draft=u');
  });

  test('a part that stands as it was sent is marked where it stands', async () => {
    await open({ as_sent: [CITY] });
    expect(screen.getAllByText(words.asSent)).toHaveLength(1);
  });

  test('the head says when it was read', async () => {
    await open();
    expect(screen.getByText(words.kind(updateOf(), 'axisfi'))).toBeTruthy();
  });
});

test('a form that nobody was in opens on the first field that can be changed', async () => {
  await open();
  await waitFor(() => expect(document.activeElement?.id).toBe('f-business_details-business_name_english'));
});
