// Long because: every kind of control is held to the same list of promises, in one table of cases.
import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DraftEditor } from '$lib/draft/editor/draft-editor.svelte';
import { addressForms } from '$lib/draft/address/address-forms.svelte';
import { codeOptions } from '$lib/draft/fields/code-options.svelte';
import { NO_EXPIRY } from '$lib/draft/fields/typing';
import { checkOf, draftOf, FIELDS } from '$lib/draft/fixture';
import { domId } from '$lib/draft/paths';
import { call } from '$lib/ipc';
import type { Check, DraftView, FieldView, IpcError, Problem } from '$lib/ipc/bindings';
import { fake } from '$lib/ipc/fake';
import { lists } from '$lib/ipc/fake-records';
import { draft as words } from '$lib/words/draft';
import { problemText } from '$lib/words/problems';
import Form from './FormFields.svelte';

const PERSON = 'business_person_list/p1/';
const BORN = `${PERSON}basic_info/birth_date`;
const EXPIRES = `${PERSON}identification/id_expiration_date`;
const START = 'business_details/business_identifier_start_date';
const END = 'business_details/business_identifier_expiry_date';
const NUMBER = 'business_details/business_identifier_number';
const AMOUNT = 'account_usage/estimated_monthly_revenue_amount';
const CURRENCY = 'account_usage/estimated_monthly_revenue_currency';
const COUNTRY = 'registration_address/registration_address_country_code';
const POSTCODE = 'registration_address/registration_address_postcode';
const PHONE = 'primary_contact/contact_phone';

let check: Check;
let editor: DraftEditor;
/** Every control of the form, each once. */
const ONE_OF_EACH = FIELDS.map(({ path }) => path.replace('/*/', '/p1/'));

function open(paths: string[], part: Partial<DraftView> = {}) {
  const view = draftOf({ persons: ['p1'], check, ...part });
  editor = new DraftEditor(view, {
    save: (request) => call('draft_save', request),
    toError: (thrown) => thrown as IpcError,
    announce: () => undefined,
  });
  const fields = paths.map((path): FieldView => ({
    ...FIELDS.find((one) => one.path.replace('/*/', '/p1/') === path)!,
  }));
  return render(Form, { editor, fields });
}
const control = (path: string) => document.getElementById(domId(path)) as HTMLInputElement;
const below = (path: string) =>
  document
    .getElementById(`${domId(path)}-note`)
    ?.textContent?.trim()
    .replace(/\s+/g, ' ');
const problem = (path: string, code: string, params = {}, severity: Problem['severity'] = 'error'): Problem => ({
  path,
  code,
  params,
  severity,
});
const texts = (list: Record<string, string>) => Object.entries(list).map(([path, text]) => ({ path, text }));
const settled = async () => {
  await new Promise((done) => setTimeout(done, 0));
  await tick();
};

beforeEach(async () => {
  fake.reset();
  addressForms.reset();
  check = checkOf();
  fake
    .on('code_lists', () => lists)
    .on('draft_save', ({ edits }) => ({ seq: edits.length, saved_at: '2026-11-22T02:00:00Z', check, changes: [] }))
    .on('address_form', ({ country }) => ({ country, parts: [], only_city: null, calling_code: '+61' }));
  await codeOptions.load();
});

// A save that is due would come into the next test.
afterEach(() => editor.queue.stop());

describe('a date', () => {
  test.each([
    ['t', '2026-11-22'],
    [' T ', '2026-11-22'],
    ['today', '2026-11-22'],
    ['ｔ', '2026-11-22'],
    ['to', 'to'],
    ['3 apr 2021', '3 apr 2021'],
  ])('%s is %s once it is left', async (typed, stands) => {
    open([START, END]);
    await userEvent.type(control(START), typed);
    expect(editor.text(START), 'not while it is typed').toBe(typed);
    await userEvent.tab();
    expect(editor.text(START)).toBe(stands);
    expect(document.activeElement).toBe(control(END));
  });

  test('today is told in words, and Ctrl+Z takes it back whole', async () => {
    open([START]);
    await userEvent.type(control(START), 't');
    await userEvent.tab();
    expect(below(START)).toBe('Sunday 22 November 2026');
    editor.undo();
    expect(editor.text(START)).toBe('');
  });

  test.each([['2021-02-30'], ['2021-13-01'], ['20210403']])('%s says nothing by itself', async (typed) => {
    open([START]);
    await userEvent.type(control(START), typed);
    expect(below(START)).toBe('');
  });

  test('only a date knows t', async () => {
    open([NUMBER, CURRENCY]);
    await userEvent.type(control(NUMBER), 't');
    await userEvent.tab();
    expect(editor.text(NUMBER)).toBe('t');
  });

  test.each([
    [END, NO_EXPIRY],
    [EXPIRES, NO_EXPIRY],
    [START, ''],
    [BORN, ''],
    [NUMBER, ''],
  ])('Ctrl+Shift+N in %s gives “%s”', async (path, stands) => {
    open([path]);
    control(path).focus();
    await userEvent.keyboard('{Control>}{Shift>}N{/Shift}{/Control}');
    expect(editor.text(path)).toBe(stands);
    expect(document.activeElement).toBe(control(path));
  });

  test('no expiry is one step, and what was typed before another', async () => {
    open([END]);
    await userEvent.type(control(END), '2031');
    await userEvent.keyboard('{Control>}{Shift>}N{/Shift}{/Control}');
    expect(editor.undoIsOfForm).toBe(true);
    editor.undo();
    expect(editor.text(END)).toBe('2031');
    editor.undo();
    expect(editor.text(END)).toBe('');
  });

  test('Ctrl+Shift+N of an input method is none', async () => {
    open([END]);
    await fireEvent.keyDown(control(END), { key: 'N', ctrlKey: true, shiftKey: true, isComposing: true });
    expect(editor.text(END)).toBe('');
  });
});

describe('an ambiguous text', () => {
  beforeEach(() => {
    check = checkOf({
      problems: [
        problem(START, 'date.ambiguous', { first: '2021-04-03', second: '2021-03-04' }),
        problem(AMOUNT, 'amount.ambiguous', { a: '1234', b: '1.23' }),
      ],
    });
  });
  const ambiguous = () => {
    open([START, END, AMOUNT], { texts: texts({ [START]: '3/4/2021', [AMOUNT]: '1.234', [CURRENCY]: 'AUD' }) });
  };
  const button = (name: string) => screen.getByRole('button', { name });

  test.each([
    [START, '3 April 2021', '2021-04-03'],
    [START, '4 March 2021', '2021-03-04'],
    [AMOUNT, '1,234', '1234'],
    [AMOUNT, '1.23', '1.23'],
  ])('%s: “%s” puts %s', async (path, name, text) => {
    ambiguous();
    button(name).focus();
    await userEvent.keyboard('{Enter}');
    expect(editor.text(path)).toBe(text);
    expect(document.activeElement, 'nowhere else').toBe(control(path));
    editor.undo();
    expect(editor.text(path), 'one step').toBe(path === START ? '3/4/2021' : '1.234');
  });

  test('its buttons are a group with the name of the field, and follow it in the order of Tab', async () => {
    ambiguous();
    expect(screen.getByRole('group', { name: words.readingsOf('Start date') })).toBeTruthy();
    control(START).focus();
    await userEvent.tab();
    expect(document.activeElement).toBe(button('3 April 2021'));
  });

  test('a key takes the user back to where they were', async () => {
    ambiguous();
    control(END).focus();
    await userEvent.tab({ shift: true });
    await userEvent.tab({ shift: true });
    expect(document.activeElement).toBe(button('3 April 2021'));
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(control(END));
  });

  test('a pointer leaves the focus where it is', async () => {
    ambiguous();
    control(END).focus();
    await userEvent.click(button('4 March 2021'));
    expect(document.activeElement).toBe(control(END));
    expect(editor.text(START)).toBe('2021-03-04');
  });

  test('the question goes with the answer of the rules', async () => {
    ambiguous();
    check = checkOf();
    await userEvent.click(button('3 April 2021'));
    await settled();
    expect(screen.queryByRole('button', { name: '4 March 2021' })).toBeNull();
    expect(control(START).getAttribute('aria-invalid')).toBeNull();
  });

  test('nothing is offered for what cannot be changed', () => {
    open([START], { texts: texts({ [START]: '3/4/2021' }), state: 'sending' });
    expect(screen.queryByRole('button', { name: '3 April 2021' })).toBeNull();
  });

  test('axe finds nothing', async () => {
    ambiguous();
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});

describe('beside and below', () => {
  test('an amount has its currency before it, and is told with it', async () => {
    check = checkOf({ echoes: [{ path: AMOUNT, code: 'amount', params: { amount: '1200000' } }] });
    open([AMOUNT], { texts: texts({ [AMOUNT]: '1.2m', [CURRENCY]: 'HKD' }) });
    expect(control(AMOUNT).parentElement?.textContent).toContain('HKD');
    expect(below(AMOUNT)).toBe('HKD 1,200,000');
  });

  test('an empty phone says of which country a number without code is', async () => {
    open([PHONE], { texts: texts({ [COUNTRY]: 'AU' }) });
    await settled();
    expect(below(PHONE)).toBe(words.phoneTakenAs('+61', 'Australia'));
  });

  test('no country yet: the code is wanted', () => {
    open([PHONE]);
    expect(below(PHONE)).toBe(words.hints['contact_phone']);
  });

  test.each([
    ['02 5550 1234', true],
    ['+61 2 5550 1234', false],
    ['0061 2 5550 1234', false],
  ])('%s stands beside its country: %s', async (typed, country) => {
    open([PHONE], { texts: texts({ [COUNTRY]: 'AU', [PHONE]: typed }) });
    await settled();
    expect(control(PHONE).parentElement?.textContent?.includes('AU')).toBe(country);
  });

  test.each([
    [[], '(optional)', null],
    [[POSTCODE], '', 'true'],
  ])('what the country %s requires is not optional', (by_country, mark, required) => {
    check = checkOf({ by_country });
    open([POSTCODE]);
    expect(control(POSTCODE).getAttribute('aria-required')).toBe(required);
    const label = document.querySelector(`label[for="${domId(POSTCODE)}"]`)?.textContent ?? '';
    expect(label.includes('(optional)')).toBe(mark !== '');
  });

  test('a duplicate leads to the other record, where its words end', () => {
    const params = { what: 'draft', draft: 'd7', connection: 'c1', customer: '', name: 'Acme', at: '' };
    check = checkOf({ problems: [problem(NUMBER, 'duplicate.identifier', params, 'warning')] });
    open([NUMBER], { texts: texts({ [NUMBER]: '51824753556' }) });
    const link = screen.getByRole('link', { name: /Acme/ });
    expect(link.getAttribute('href')).toContain('d7');
    const words = document.getElementById(`${domId(NUMBER)}-note`);
    expect(link.parentElement?.parentElement, 'in the same line').toBe(words?.parentElement);
  });

  test('what describes a control is its words and their sign, and no button', () => {
    const params = { what: 'draft', draft: 'd7', connection: 'c1', customer: '', name: 'Acme', at: '' };
    check = checkOf({ problems: [problem(NUMBER, 'duplicate.identifier', params, 'warning')] });
    open([NUMBER], { texts: texts({ [NUMBER]: '51824753556' }) });
    const describes = document.getElementById(control(NUMBER).getAttribute('aria-describedby') ?? '');
    expect(describes?.querySelector('.icon')).toBeTruthy();
    expect(below(NUMBER)).toMatch(/Warning.*Used by Acme, draft$/);
    expect(describes?.querySelector('a, button')).toBeNull();
  });

  test('a note is said before what was understood', async () => {
    const note = problem(PHONE, 'phone.extension', { extension: '12' }, 'note');
    check = checkOf({
      echoes: [{ path: PHONE, code: 'phone', params: { number: '+61255501234', national: '02 5550 1234' } }],
      problems: [note],
    });
    open([PHONE], { texts: texts({ [PHONE]: '02 5550 1234 x12' }) });
    await settled();
    expect(below(PHONE)).toBe(problemText(note));
  });
});

describe('every control', () => {
  test('has one of two marks, takes any text and changes none', () => {
    open(ONE_OF_EACH);
    for (const path of ONE_OF_EACH) {
      const input = control(path);
      expect(input.type, path).toBe('text');
      expect(input.maxLength, path).toBe(-1);
      expect(input.getAttribute('spellcheck'), path).toBe('false');
      expect(input.getAttribute('autocapitalize'), path).toBe('off');
      expect(input.getAttribute('autocomplete'), path).toBe('off');
      const mono = input.classList.contains('mono');
      expect(input.dir, path).toBe(mono ? '' : 'auto');
      const optional = document.querySelector(`label[for="${input.id}"]`)?.textContent?.includes('(optional)');
      expect(optional, path).toBe(input.getAttribute('aria-required') === null);
    }
    const modes = ONE_OF_EACH.map((path) => [path, control(path).inputMode]).filter(([, mode]) => mode);
    expect(modes).toEqual([
      ['business_details/website', 'url'],
      [AMOUNT, 'decimal'],
      [PHONE, 'tel'],
      ['primary_contact/contact_email', 'email'],
    ]);
  });

  test.each(ONE_OF_EACH)('%s: a composition commits, checks and saves nothing', async (path) => {
    open([path]);
    const input = control(path);
    input.focus();
    await fireEvent.compositionStart(input);
    input.value = 'hk';
    await fireEvent.input(input, { isComposing: true });
    for (const key of ['Enter', 'Tab', 'Escape', 'ArrowDown']) {
      expect(await fireEvent.keyDown(input, { key, isComposing: true }), key).toBe(true);
      expect(await fireEvent.keyDown(input, { key, keyCode: 229 }), key).toBe(true);
    }
    await settled();
    expect(editor.text(path)).toBe('');
    expect(input.value).toBe('hk');
    expect(fake.requests('draft_save')).toEqual([]);
    await fireEvent.compositionEnd(input);
    expect(editor.text(path)).toBe('hk');
  });

  test.each(ONE_OF_EACH)('%s: left while it is composed, the text stands as it is', async (path) => {
    open([path]);
    const input = control(path);
    input.focus();
    await fireEvent.compositionStart(input);
    input.value = 'hk';
    await fireEvent.input(input, { isComposing: true });
    input.blur();
    await tick();
    expect(editor.text(path)).toBe('hk');
    expect(editor.isComposing).toBe(false);
    expect(input.getAttribute('aria-expanded') ?? 'false').toBe('false');
  });

  test.each(ONE_OF_EACH)('%s: a composition that was given up changes nothing', async (path) => {
    open([path], { texts: texts({ [path]: 'SG' }) });
    const [input, shown] = [control(path), control(path).value];
    input.focus();
    await fireEvent.compositionStart(input);
    input.value = `${shown}hk`;
    await fireEvent.input(input, { isComposing: true });
    input.value = shown;
    await fireEvent.input(input, { isComposing: true });
    await fireEvent.compositionEnd(input);
    input.blur();
    await settled();
    expect(editor.text(path)).toBe('SG');
    expect(fake.requests('draft_save')).toEqual([]);
  });

  test.each(ONE_OF_EACH)('%s: nothing of what is pasted is lost', async (path) => {
    open([path]);
    const input = control(path);
    const long = `${'a\u202Eb\u0007\u200B😀 '.repeat(2_860)}\uD83D`;
    input.focus();
    input.value = long;
    await fireEvent.input(input);
    await fireEvent.keyDown(input, { key: 'Tab' });
    input.blur();
    await settled();
    expect(editor.text(path)).toBe(`${long.slice(0, -1)}\uFFFD`);
    expect(below(path)?.length ?? 0, 'the line below stays a line').toBeLessThan(400);
  });
});

test('a problem is said once the field is left, and gone with the answer that finds none', async () => {
  open([PHONE, AMOUNT]);
  check = checkOf({ problems: [problem(PHONE, 'phone.letters')] });
  const said = vi.fn(() => control(PHONE).getAttribute('aria-invalid'));
  await userEvent.type(control(PHONE), '12ab');
  await editor.queue.flush();
  expect(said(), 'not while it is typed first').toBeNull();
  await userEvent.tab();
  await settled();
  expect(said()).toBe('true');
  check = checkOf();
  await userEvent.type(control(PHONE), '{Backspace}{Backspace}');
  await settled();
  expect(said(), 'with the answer').toBeNull();
});
