import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fake } from '$lib/ipc/fake';
import { answerAddresses } from '$lib/ipc/fake-addresses';
import { lists } from '$lib/ipc/fake-records';
import { announcer } from '$lib/shell/announcer.svelte';
import { draft as words } from '$lib/words/draft';
import { fieldLabel, setAddressWords } from '$lib/words/fields';
import { missingText } from '$lib/words/problems';
import { DraftEditor } from '../editor/draft-editor.svelte';
import { codeOptions } from '../fields/code-options.svelte';
import { recentCodes } from '../fields/recent-codes.svelte';
import { checkOf, draftOf, FIELDS } from '../fixture';
import { domId, sectionOf } from '../paths';
import { stillEmptyGroups } from '../speech';
import AddressBlock from './AddressBlock.svelte';
import { addressForms } from './address-forms.svelte';
import type { Part } from './parts';

const at = (part: Part) => `registration_address/registration_address_${part}`;
const fields = FIELDS.filter(({ path }) => sectionOf(path) === 'registration_address');
const BLOCK = 'Level 3\n18 Harbour Street\nSydney NSW 2000\nAustralia';
const LINE = 'Level 3, 18 Harbour Street, Sydney NSW 2000, Australia';

let editor: DraftEditor;
let undoWords: () => void;
let missing: Part[] = [];

async function draw(texts: Partial<Record<Part, string>> = {}): Promise<void> {
  const rows = Object.entries(texts).map(([part, text]) => ({ path: at(part as Part), text }));
  const check = checkOf({
    missing: missing.map((part) => ({ path: at(part), section: 'registration_address', requirement: 'country' })),
  });
  editor = new DraftEditor(draftOf({ texts: rows, check }), {
    save: () => Promise.resolve({ seq: 1, saved_at: '', check, changes: [] }),
    toError: () => ({ code: 'store.failed', params: {}, fields: [], trace_id: null, answer: null }),
    announce: () => undefined,
  });
  undoWords = setAddressWords(editor.addresses.names);
  render(AddressBlock, { editor, fields });
  await settled();
}

/** What the program answers has come and is drawn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  await tick();
}

beforeEach(async () => {
  missing = [];
  fake.reset();
  addressForms.reset();
  answerAddresses();
  fake.on('code_lists', () => lists);
  await codeOptions.load();
});
afterEach(() => undoWords());

const parts = () =>
  [...document.querySelectorAll<HTMLElement>('[data-path]')].map((one) =>
    one.dataset['path']?.replace(at('' as Part), ''),
  );
const labels = () =>
  [...document.querySelectorAll('label')].map((one) => one.textContent?.replace('(optional)', '').trim());
const input = (part: Part) => document.getElementById(domId(at(part))) as HTMLInputElement;
const texts = (...wanted: Part[]) => wanted.map((part) => editor.text(at(part)));

async function country(text: string): Promise<void> {
  input('country_code').focus();
  await userEvent.clear(input('country_code'));
  await userEvent.keyboard(text);
  await userEvent.tab();
  await settled();
}

describe('the block of a country', () => {
  it.each([
    [
      '',
      ['country_code', 'line1', 'city', 'state', 'postcode'],
      ['Country', 'Address line 1', 'City', 'State or province', 'Postcode'],
    ],
    [
      'AU',
      ['country_code', 'line1', 'city', 'state', 'postcode'],
      ['Country', 'Address line 1', 'Suburb', 'State', 'Postcode'],
    ],
    ['HK', ['country_code', 'state', 'city', 'line1'], ['Country', 'Area', 'District', 'Address line 1']],
    [
      'JP',
      ['country_code', 'postcode', 'state', 'city', 'line1'],
      ['Country', 'Postcode', 'Prefecture', 'City', 'Address line 1'],
    ],
    ['GB', ['country_code', 'line1', 'city', 'postcode'], ['Country', 'Address line 1', 'Town or city', 'Postcode']],
    [
      'FR',
      ['country_code', 'line1', 'city', 'state', 'postcode'],
      ['Country', 'Address line 1', 'City', 'State or province', 'Postcode'],
    ],
  ])('“%s” has its parts in its order, under its names', async (code, order, names) => {
    await draw(code === '' ? {} : { country_code: code });
    expect(parts()).toEqual(order);
    expect(labels()).toEqual(names);
    expect(
      editor.form.order().filter((path) => parts().includes(path.replace(at('' as Part), ''))),
      'F8 and F9 go the same way',
    ).toEqual(order.map((part) => at(part as Part)));
  });

  it('stands while a country is typed, and changes with it: Tab goes to what is next then', async () => {
    await draw();
    const before = parts();
    input('country_code').focus();
    for (const key of 'japa') {
      await userEvent.keyboard(key);
      await settled();
      expect(parts()).toEqual(before);
    }
    await userEvent.tab();
    expect(document.activeElement).toBe(input('postcode'));
    expect(parts()).toEqual(['country_code', 'postcode', 'state', 'city', 'line1']);
  });

  it('changes when Enter takes a country, and the focus stays', async () => {
    await draw();
    input('country_code').focus();
    await userEvent.keyboard('japan{Enter}');
    await settled();
    expect(parts()?.[1]).toBe('postcode');
    expect(document.activeElement).toBe(input('country_code'));
  });

  it('keeps the focus of who is in a field that moves', async () => {
    await draw({ country_code: 'AU', line1: '18 Harbour Street' });
    input('line1').focus();
    input('line1').setSelectionRange(3, 5);
    editor.form.apply({ op: 'set', path: at('country_code'), text: 'JP' });
    await settled();
    expect(parts().at(-1)).toBe('line1');
    expect(document.activeElement).toBe(input('line1'));
    expect([input('line1').selectionStart, input('line1').selectionEnd]).toEqual([3, 5]);
  });

  it('moves a field within one visit: what was typed before and after is one step', async () => {
    await draw({ country_code: 'AU' });
    input('line1').focus();
    await userEvent.keyboard('18 Har');
    const leave = vi.spyOn(editor, 'leave');
    editor.form.apply({ op: 'set', path: at('country_code'), text: 'JP' });
    await settled();
    await userEvent.keyboard('bour');
    expect([editor.text(at('line1')), editor.undoIsOfForm]).toEqual(['18 Harbour', false]);
    expect(leave).not.toHaveBeenCalled();
    input('city').focus();
    expect(editor.undo()?.kind).toBe('set');
    expect(editor.text(at('line1'))).toBe('');
  });

  it('keeps a field that the new country does not write for whoever clicks it', async () => {
    await draw({ country_code: 'JP' });
    input('country_code').focus();
    await userEvent.clear(input('country_code'));
    await userEvent.keyboard('united kingdom');
    await userEvent.click(input('state'));
    await settled();
    expect(editor.text(at('country_code'))).toBe('GB');
    expect(document.activeElement).toBe(input('state'));
    await userEvent.keyboard('Kent');
    expect(editor.text(at('state'))).toBe('Kent');
    await userEvent.clear(input('state'));
    input('postcode').focus();
    await settled();
    expect(parts(), 'and no longer').not.toContain('state');
  });

  it('keeps the focus of who is in a field that gets its list', async () => {
    let answer: () => void = () => undefined;
    const late = new Promise<void>((done) => (answer = done));
    await draw();
    const form = await addressForms.load('AU');
    addressForms.reset();
    fake.on('address_form', () => late.then(() => form) as never);
    await country('australia');
    input('state').focus();
    await userEvent.keyboard('ns');
    answer();
    await settled();
    expect(input('state').getAttribute('role')).toBe('combobox');
    expect(document.activeElement).toBe(input('state'));
    await userEvent.keyboard('w');
    await userEvent.tab();
    expect(editor.text(at('state'))).toBe('NSW');
    editor.undo();
    expect(editor.text(at('state')), 'one step').toBe('');
  });

  it('asks for the country that Tab would take: the one used recently first', async () => {
    recentCodes.took('country', at('country_code'), 'GB', codeOptions.of('', 'country') ?? []);
    await draw();
    input('country_code').focus();
    await userEvent.keyboard('united');
    await settled();
    expect(fake.requests('address_form')).toEqual([{ country: 'GB' }]);
    await userEvent.tab();
    expect(editor.text(at('country_code'))).toBe('GB');
  });

  it('drops nothing: what the country does not write is drawn last as long as it holds something', async () => {
    await draw({ country_code: 'AU', city: 'Sydney', state: 'NSW', postcode: '2000' });
    await country('united k');
    expect(parts()).toEqual(['country_code', 'line1', 'city', 'postcode', 'state']);
    expect(texts('city', 'state', 'postcode')).toEqual(['Sydney', 'NSW', '2000']);
    await country('hong');
    expect(parts()).toEqual(['country_code', 'state', 'city', 'line1', 'postcode']);
    input('postcode').focus();
    await userEvent.clear(input('postcode'));
    expect(parts(), 'not from under the keys').toContain('postcode');
    await userEvent.tab({ shift: true });
    expect(parts()).not.toContain('postcode');
  });

  it('offers the regions of the country, by name and by code', async () => {
    await draw({ country_code: 'AU' });
    expect(input('state').getAttribute('role')).toBe('combobox');
    input('state').focus();
    await userEvent.keyboard('nsw');
    await userEvent.tab();
    expect([editor.text(at('state')), input('state').value]).toEqual(['NSW', 'New South Wales']);
    await country('united k');
    expect(input('state').getAttribute('role'), 'any text where there is no list').toBeNull();
    expect(editor.text(at('state'))).toBe('NSW');
  });

  it('is named alike in the field, in what is missing and in the panel', async () => {
    missing = ['state', 'postcode'];
    await draw({ country_code: 'US' });
    expect(labels().slice(3)).toEqual(['State', 'ZIP code']);
    expect([fieldLabel(at('postcode')), missingText(at('postcode')), missingText(at('state'))]).toEqual([
      'ZIP code',
      'Enter the ZIP code',
      'Select the state',
    ]);
    expect(stillEmptyGroups(editor).flatMap((group) => group.labels)).toEqual(['State', 'ZIP code']);
  });
});

describe('a pasted block', () => {
  async function paste(text: string): Promise<void> {
    input('line1').focus();
    await userEvent.paste(text);
    await settled();
  }

  it('is kept whole as one line, and may be split', async () => {
    await draw({ country_code: 'AU' });
    await paste(BLOCK);
    expect(editor.text(at('line1'))).toBe(LINE);
    expect(fake.requests('address_split')).toEqual([{ text: BLOCK, country: 'AU' }]);
    expect(screen.getByRole('button', { name: 'Split into fields' }).tabIndex).toBe(-1);
    expect(texts('city', 'state', 'postcode'), 'nothing before it is accepted').toEqual(['', '', '']);
  });

  it('is split by Enter as one step, which Ctrl+Z takes back with all that it replaced', async () => {
    await draw({ country_code: 'HK', city: 'Central', postcode: '1' });
    await paste(BLOCK);
    await userEvent.keyboard('{Enter}');
    await settled();
    expect(texts('country_code', 'line1', 'city', 'state', 'postcode')).toEqual([
      'AU',
      'Level 3, 18 Harbour Street',
      'Sydney',
      'NSW',
      '2000',
    ]);
    expect(editor.text('account_usage/operating_country')).toBe('AU');
    expect(document.activeElement).toBe(input('line1'));
    expect(announcer.polite).toContain('split into fields');
    expect(screen.queryByRole('button', { name: 'Split into fields' })).toBeNull();
    expect(editor.undoIsOfForm).toBe(true);
    expect(editor.undo()?.kind).toBe('split_address');
    expect(texts('country_code', 'line1', 'city', 'state', 'postcode')).toEqual(['HK', LINE, 'Central', '', '1']);
    expect(editor.text('account_usage/operating_country')).toBe('');
    editor.undo();
    expect(texts('line1', 'city')).toEqual(['', 'Central']);
    editor.redo();
    editor.redo();
    expect(texts('country_code', 'line1', 'postcode')).toEqual(['AU', 'Level 3, 18 Harbour Street', '2000']);
  });

  it('is split by the button', async () => {
    await draw();
    await paste(BLOCK);
    await userEvent.click(screen.getByRole('button', { name: 'Split into fields' }));
    expect(texts('country_code', 'city')).toEqual(['AU', 'Sydney']);
  });

  it.each([
    ['Escape', '{Escape}'],
    ['more typing', ' x'],
  ])('is left as it is by %s', async (_how, keys) => {
    await draw();
    await paste(BLOCK);
    await userEvent.keyboard(keys);
    expect(screen.queryByRole('button', { name: 'Split into fields' })).toBeNull();
    await userEvent.keyboard('{Enter}');
    expect(texts('city', 'postcode')).toEqual(['', '']);
    expect(editor.text(at('line1'))).toMatch(/^Level 3, 18 Harbour Street, Sydney/);
  });

  it('keeps its button when the field is left, and says its key only in it', async () => {
    await draw();
    await paste(BLOCK);
    const said = () => document.getElementById(`${domId(at('line1'))}-note`)?.textContent?.trim();
    expect(said()).toBe(words.canSplit);
    input('city').focus();
    await settled();
    expect(said()).toBe('');
    expect(screen.getByRole('button', { name: 'Split into fields' })).toBeTruthy();
    input('line1').focus();
    await settled();
    expect(said()).toBe(words.canSplit);
  });

  it('waits while an input method has the Enter', async () => {
    await draw();
    await paste(BLOCK);
    for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
      input('line1').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init }),
      );
    }
    expect(texts('city')).toEqual(['']);
  });

  it.each(['18 Harbour Street', 'Level 3, 18 Harbour Street'])('that is “%s” is an ordinary paste', async (text) => {
    await draw();
    await paste(text);
    expect(editor.text(at('line1'))).toBe(text);
    expect(fake.requests('address_split')).toEqual([]);
  });

  it('goes together with what stood there', async () => {
    await draw({ line1: 'c/o Wei, ' });
    input('line1').focus();
    input('line1').setSelectionRange(9, 9);
    await userEvent.paste(BLOCK);
    await settled();
    expect(fake.requests('address_split')[0]?.text).toBe(`c/o Wei, ${LINE}`);
    expect(editor.text(at('line1'))).toBe(`c/o Wei, ${LINE}`);
  });

  it('offers nothing where nothing was found, or the program does not say', async () => {
    await draw();
    await paste('one\ntwo');
    expect(editor.text(at('line1'))).toBe('one, two');
    fake.reset();
    await userEvent.clear(input('line1'));
    await paste(BLOCK);
    expect(editor.text(at('line1'))).toBe(LINE);
    expect(screen.queryByRole('button', { name: 'Split into fields' })).toBeNull();
  });

  it('belongs to line 1 only', async () => {
    await draw();
    input('city').focus();
    await userEvent.paste(BLOCK);
    await settled();
    expect(fake.requests('address_split')).toEqual([]);
  });
});
