import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ipcError, type MergeView, type PersonAskView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import ConflictScreen from '$lib/outbox/conflict/ConflictScreen.svelte';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { customer } from '$lib/words/customer';
import { conflict } from '$lib/words/outbox';
import { update } from '$lib/words/update';
import { READY } from './app-view';
import { conflictOf } from './outbox-rows';
import { CITY, clashOf, EMAIL, mergeOf, reviewOf, updateDraft } from './update-views';

const { goto } = vi.hoisted(() => ({ goto: vi.fn(() => Promise.resolve()) }));
vi.mock('$app/navigation', () => ({ goto, beforeNavigate: vi.fn() }));

// What the keys of a radio look for each other by, which jsdom has not.
vi.stubGlobal('CSS', { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') });

const { choice: words } = update;
const ASK: PersonAskView[] = ['p1', 'p2'].map((person) => ({
  person,
  name: `Person ${person}`,
  maybe: [
    { place: 0, name: 'Shen Yulan', id_number: '••••618Y' },
    { place: 2, name: 'Y. Shen', id_number: null },
  ],
}));

beforeEach(() => {
  fake.reset();
  goto.mockClear();
  app.view = READY;
  announcer.polite = '';
  announcer.urgent = '';
  fake
    .on('app_status', () => READY)
    .on('outbox_list', () => ({ rows: [] }))
    .on('draft_list', () => ({ drafts: [], total: 0, groups: [], deleted: 0 }))
    .on('conflict_open', () => Promise.reject(ipcError('conflict.settled')))
    .on('draft_review', () => reviewOf())
    .on('update_settle', () => updateDraft());
});

async function open(part: Partial<MergeView> = {}) {
  fake.on('update_merge', () => mergeOf(part));
  const made = render(ConflictScreen, { draft: 'u' });
  await screen.findByRole('button', { name: words.use });
  return made;
}
const radio = (label: string, mine: boolean) => screen.getByRole('radio', { name: words.take(label, mine) });
const isChecked = (element: HTMLElement) => (element as HTMLInputElement).checked;
const use = () => userEvent.click(screen.getByRole('button', { name: words.use }));
const settled = () => fake.requests('update_settle');

describe('the choice', () => {
  test('puts the original, ours and theirs side by side, chooses nothing by itself, and axe finds nothing', async () => {
    const { container } = await open({ taken: 3, mine: 1 });
    const row = screen.getByRole('row', { name: /City/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent?.trim()),
    ).toEqual(['Kyoto', 'Osaka', 'Nara']);
    expect(screen.getAllByRole('radio').some(isChecked)).toBe(false);
    expect(screen.getByText(words.chosen(0, 2))).toBeTruthy();
    expect(screen.getByText(`${words.rest({ taken: 3, mine: 1 })}.`)).toBeTruthy();
    const found = await axe.run(container, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  test('by keys alone: each pair by arrows, then the button', async () => {
    await open();
    radio('City', true).focus();
    await userEvent.keyboard(' ');
    expect(isChecked(radio('City', true))).toBe(true);
    await userEvent.keyboard('{ArrowRight}');
    expect(isChecked(radio('City', false)), 'the other of the pair').toBe(true);
    expect(screen.getAllByRole('radio').filter(isChecked), 'and no other pair').toHaveLength(1);
    radio('Contact email', true).focus();
    await userEvent.keyboard(' ');
    screen.getByRole('button', { name: words.use }).focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(goto).toHaveBeenCalledWith('/review?id=u', { replaceState: true }));
    expect(settled()).toEqual([
      {
        draft: 'u',
        reading: 'r2',
        choices: [
          { path: CITY, mine: false },
          { path: EMAIL, mine: true },
        ],
        persons: [],
        reason: null,
      },
    ]);
  });

  test('its keys: F8 to the next line that is not chosen, Ctrl+Shift+Enter goes on, Esc back to the form', async () => {
    await open();
    await userEvent.keyboard('{F8}');
    expect(document.activeElement).toBe(radio('City', true));
    await userEvent.keyboard('{F8}');
    expect(document.activeElement, 'the next line, not the other of the pair').toBe(radio('Contact email', true));
    await userEvent.keyboard('{F8}');
    expect(document.activeElement, 'round').toBe(radio('City', true));
    await userEvent.keyboard(' {F8}{Control>}{Shift>}{Enter}{/Shift}{/Control}');
    await waitFor(() => expect(announcer.urgent).toContain(words.left(1)));
    expect(settled()).toEqual([]);
    await userEvent.keyboard(' {F8}');
    expect(announcer.polite).toBe(words.chosen(2, 2));
    await userEvent.keyboard('{Escape}');
    expect(goto.mock.calls).toEqual([['/draft?id=u']]);
    await userEvent.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
    await waitFor(() => expect(settled()).toHaveLength(1));
  });

  test('Esc hides what is shown before it goes back', async () => {
    fake.on('customer_reveal', ({ path }) => ({ path, value: 'of r1', hides_after_s: 30 }));
    await open();
    await userEvent.click(screen.getAllByRole('button', { name: /Show contact email/ })[0]!);
    await screen.findByText('of r1');
    radio('City', true).focus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByText('of r1')).toBeNull());
    expect(goto).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect(goto).toHaveBeenCalledTimes(1);
  });

  test('the button says what is missing and goes there, instead of being disabled', async () => {
    await open();
    await userEvent.click(radio('City', true));
    await use();
    expect(settled()).toEqual([]);
    expect(screen.getByText(words.left(1))).toBeTruthy();
    expect(announcer.urgent).toContain(words.left(1));
    expect(document.activeElement).toBe(radio('Contact email', true));
    await userEvent.click(radio('Contact email', false));
    expect(screen.queryByText(words.left(1))).toBeNull();
  });

  test('a click beside a value chooses its side, and one on its button does not', async () => {
    fake.on('customer_reveal', ({ path, reading }) => ({ path, value: `of ${reading}`, hides_after_s: 30 }));
    await open();
    const cells = (name: RegExp) => within(screen.getByRole('row', { name })).getAllByRole('cell');
    await userEvent.click(screen.getByText('Nara'));
    expect(isChecked(radio('City', false)), 'its words are a label').toBe(true);
    await userEvent.click(cells(/City/)[1]!);
    expect(isChecked(radio('City', true)), 'and so is what is around them').toBe(true);
    const [original, , theirs] = cells(/Contact email/);
    await userEvent.click(within(theirs!).getByRole('button', { name: /^Show contact email, on the platform / }));
    await userEvent.click(original!);
    expect(isChecked(radio('Contact email', false))).toBe(false);
    await userEvent.click(await screen.findByText('of r2'));
    expect(isChecked(radio('Contact email', false))).toBe(true);
  });

  test.each([true, false])('all of one side at once: mine %s', async (mine) => {
    await open();
    await userEvent.click(screen.getByRole('button', { name: mine ? words.allMine : words.allTheirs }));
    await use();
    await waitFor(() => expect(settled()[0]?.choices.map((one) => one.mine)).toEqual([mine, mine]));
  });

  test('what is masked is shown of the reading it stands in', async () => {
    fake.on('customer_reveal', ({ path, reading }) => ({ path, value: `of ${reading}`, hides_after_s: 30 }));
    const { container } = await open();
    expect(container.innerHTML).not.toContain('of r');
    for (const button of screen.getAllByRole('button', { name: /Show contact email/ })) await userEvent.click(button);
    expect(await screen.findByText('of r1')).toBeTruthy();
    expect(await screen.findByText('of r2')).toBeTruthy();
    const asked = fake
      .requests('customer_reveal')
      .map(({ customer_id, path, reading }) => [customer_id, path, reading]);
    expect(asked).toEqual([
      ['84', EMAIL, 'r1'],
      ['84', EMAIL, 'r2'],
    ]);
  });

  test.each([
    ['here', [], words.removed, words.stays],
    ['on the platform', ['p9'], words.stays, words.removed],
  ])('a person who was removed %s stays or goes whole', async (_, persons, mine, theirs) => {
    fake.on('draft_review', () => reviewOf({}, {}, updateDraft({}, { persons })));
    const of = { original: null, original_path: null, mine: null, theirs: null, theirs_path: null, kind: null };
    await open({
      clashes: [clashOf({ ...of, path: 'business_person_list/p9', section: 'business_person_list', person: 'Bo Lin' })],
    });
    const [, ...sides] = within(screen.getByRole('row', { name: /^Whole person/ })).getAllByRole('cell');
    expect(sides.map((cell) => cell.textContent?.trim())).toEqual([mine, theirs]);
  });

  test('without a clash there is nothing to choose, and the button goes on', async () => {
    await open({ clashes: [], taken: 1 });
    expect(screen.getByText(words.none)).toBeTruthy();
    await use();
    await waitFor(() => expect(settled()[0]?.choices).toEqual([]));
  });
});

describe('persons of whom it is not certain who they are', () => {
  test('are asked for first, and nobody is an answer', async () => {
    await open({ clashes: [], persons: ASK });
    const groups = screen.getAllByRole('group');
    expect(groups.map((group) => within(group).getAllByRole('radio').length)).toEqual([3, 3]);
    await userEvent.click(within(groups[0]!).getByRole('radio', { name: 'Y. Shen' }));
    await use();
    expect(document.activeElement, 'the one that is missing').toBe(within(groups[1]!).getAllByRole('radio')[0]);
    await userEvent.click(within(groups[1]!).getByRole('radio', { name: words.nobody }));
    await use();
    await waitFor(() =>
      expect(settled()[0]?.persons).toEqual([
        { person: 'p1', place: 2 },
        { person: 'p2', place: null },
      ]),
    );
  });

  test('are compared as soon as they are all said, and what clashes only then is chosen as well', async () => {
    const [p1] = ASK;
    await open({ clashes: [clashOf()], persons: [p1!] });
    await userEvent.click(radio('City', false));
    const number = clashOf({
      path: 'business_person_list/p1/identification/id_number',
      section: 'business_person_list',
    });
    fake.on('update_merge', ({ persons }) =>
      mergeOf({ clashes: persons[0]?.place === 2 ? [clashOf(), number] : [clashOf()] }),
    );
    const answer = (name: string) => userEvent.click(screen.getByRole('radio', { name }));
    await answer('Y. Shen');
    await screen.findByRole('row', { name: /^Document number/ });
    expect(isChecked(radio('City', false)), 'what was chosen stays').toBe(true);
    expect(screen.getByRole('radio', { name: 'Y. Shen' }), 'what was said can be said otherwise').toBeTruthy();
    await use();
    expect(settled(), 'one is missing').toEqual([]);

    await answer(words.nobody);
    await waitFor(() => expect(screen.queryByRole('row', { name: /^Document number/ })).toBeNull());
    await answer('Y. Shen');
    await screen.findByRole('row', { name: /^Document number/ });
    await userEvent.click(radio('Document number', true));
    await use();
    await waitFor(() => expect(settled()).toHaveLength(1));
    expect(settled()[0]).toMatchObject({
      choices: [
        { path: CITY, mine: false },
        { path: number.path, mine: true },
      ],
      persons: [{ person: 'p1', place: 2 }],
    });
    expect(fake.requests('update_merge').map(({ persons }) => persons.map(({ place }) => place))).toEqual([
      [],
      [2],
      [null],
      [2],
    ]);
  });

  test('are asked for anew where the customer changed meanwhile: a place means something in one reading only', async () => {
    const [p1] = ASK;
    await open({ clashes: [], persons: [p1!] });
    fake.on('update_merge', ({ persons }) => mergeOf({ reading: 'r3', persons: persons.length > 0 ? [] : [p1!] }));
    await userEvent.click(screen.getByRole('radio', { name: 'Y. Shen' }));
    expect(await screen.findByText(words.again)).toBeTruthy();
    expect(screen.getAllByRole('radio').some(isChecked)).toBe(false);
  });

  test('cannot be the same one twice', async () => {
    await open({ clashes: [], persons: ASK });
    for (const group of screen.getAllByRole('group'))
      await userEvent.click(within(group).getByRole('radio', { name: 'Y. Shen' }));
    await use();
    expect(settled()).toEqual([]);
    expect(screen.getByText(words.twice)).toBeTruthy();
  });
});

describe('a customer that changed again meanwhile', () => {
  test.each(['update.changed', 'update.clash', 'update.persons'])(
    '%s: compared again, choices that fit stay',
    async (code) => {
      await open();
      await userEvent.click(screen.getByRole('button', { name: words.allMine }));
      fake.on('update_settle', () => Promise.reject(ipcError(code)));
      const more = clashOf({ path: 'registration_address/registration_address_postcode', mine: '1', theirs: '2' });
      fake.on('update_merge', () =>
        mergeOf({
          reading: 'r3',
          clashes: [clashOf(), clashOf({ ...mergeOf().clashes[1], theirs: 'x•••@•••.example' }), more],
        }),
      );
      await use();
      expect(await screen.findByText(words.again)).toBeTruthy();
      expect(isChecked(radio('City', true)), 'the same line').toBe(true);
      expect(isChecked(radio('Contact email', true)), 'theirs is another now').toBe(false);
      expect(screen.getByText(words.chosen(1, 3))).toBeTruthy();
      expect(goto).not.toHaveBeenCalled();
    },
  );

  test('what could not be taken over says why, and every choice stays', async () => {
    await open();
    await userEvent.click(screen.getByRole('button', { name: words.allMine }));
    fake.on('update_settle', () => Promise.reject(ipcError('store.full')));
    await use();
    expect(await screen.findByText(words.settleFailed)).toBeTruthy();
    expect(screen.getByText(words.chosen(2, 2))).toBeTruthy();
  });
});

describe('what the policy wants to know', () => {
  test.each([
    ['given', true],
    ['not given', false],
  ])('a reason is asked for where masked values come to the form: %s', async (_, isGiven) => {
    app.view = { ...READY, policy: { reveal_reason: true } };
    await open({ clashes: [] });
    fake.on('update_settle', ({ reason }) => (reason ? updateDraft() : Promise.reject(ipcError('reveal.reason'))));
    await use();
    const typed = `The bank asked for it.${isGiven ? '{Enter}' : ''}`;
    await userEvent.type(await screen.findByRole('textbox', { name: customer.reason }), typed);
    if (isGiven) await waitFor(() => expect(goto).toHaveBeenCalled());
    else {
      const dialog = screen.getByRole('dialog');
      await userEvent.click(within(dialog).getByRole('button', { name: customer.cancel }));
      await waitFor(() =>
        expect(screen.getByRole('button', { name: words.use }).getAttribute('aria-busy')).toBe('false'),
      );
      expect(announcer.urgent, 'nothing went wrong').toBe('');
    }
    const reasons = settled().map(({ reason }) => reason);
    expect(reasons).toEqual(isGiven ? [null, 'The bank asked for it.'] : [null]);
  });
});

describe('the way to it', () => {
  test('from a conflict: the draft is opened again, and both sides are there', async () => {
    fake
      .on('update_merge', () => mergeOf())
      .on('conflict_open', () => conflictOf({ draft: 'u', purpose: 'update' }))
      .on('conflict_settle', () => {
        fake.on('conflict_open', () => Promise.reject(ipcError('conflict.settled')));
        return updateDraft();
      });
    render(ConflictScreen, { draft: 'u' });
    await userEvent.click(await screen.findByRole('button', { name: conflict.open.does }));
    expect(await screen.findByRole('button', { name: words.use })).toBeTruthy();
    expect(fake.requests('conflict_settle')).toEqual([{ draft: 'u', take: 'open' }]);
    expect(goto).not.toHaveBeenCalled();
  });

  test('a new customer that is settled has nothing to choose', async () => {
    fake.on('draft_review', () => reviewOf({}, {}, updateDraft({}, { update: null })));
    render(ConflictScreen, { draft: 'u' });
    expect(await screen.findByText(conflict.loadFailed)).toBeTruthy();
    expect(fake.requests('update_merge')).toEqual([]);
  });

  test('what cannot be compared leads back to the form', async () => {
    fake.on('update_merge', () => Promise.reject(ipcError('update.incomplete')));
    render(ConflictScreen, { draft: 'u' });
    expect(await screen.findByText(words.loadFailed)).toBeTruthy();
    expect(screen.getByRole('link', { name: words.back }).getAttribute('href')).toBe('/draft?id=u');
  });
});
