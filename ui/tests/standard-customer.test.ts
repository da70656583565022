// What the operator types of the standard customer, against the lists that the program ships: one Tab a field.
import { render } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { find } from '$lib/components/combobox';
import { DraftEditor } from '$lib/draft/editor/draft-editor.svelte';
import { codeOptions } from '$lib/draft/fields/code-options.svelte';
import { checkOf, draftOf, FIELDS } from '$lib/draft/fixture';
import { domId, keyOf } from '$lib/draft/paths';
import { call } from '$lib/ipc';
import type { CodeEntry, CodeListsView, IpcError } from '$lib/ipc/bindings';
import { fake } from '$lib/ipc/fake';
import Form from './FormFields.svelte';
import { projectFile } from './sources';

const DATA = '../crates/desk-domain/data';
const linesOf = (file: string) =>
  projectFile(`${DATA}/${file}`)
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
const listed = (text = '') =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);

/** As desk-domain's lists.rs reads them. */
function list(key: string) {
  const entries = linesOf(`lists/${key}.txt`).map((line): CodeEntry => {
    const [value = '', label = '', aliases = ''] = line.split('|').map((part) => part.trim());
    return { value, label: label || null, aliases: listed(aliases) };
  });
  return { key, entries, own: false };
}
const LISTS: CodeListsView = {
  countries: linesOf('country-names.txt').map((line) => {
    const [code = '', names] = line.split('\t');
    return { code, aliases: listed(names) };
  }),
  currencies: Intl.supportedValuesOf('currency'),
  lists: [
    'business_type',
    'business_identifier_type',
    'industry_category_code',
    'account_usage_product_reference',
    'role_type',
    'id_type',
  ].map(list),
};
const PERSON = 'business_person_list/p1/';
let editor: DraftEditor;

beforeEach(async () => {
  fake.reset();
  const saved = { seq: 1, saved_at: '2026-11-22T02:00:00Z', check: checkOf(), changes: [] };
  fake.on('code_lists', () => LISTS).on('draft_save', () => saved);
  await codeOptions.load();
});
afterEach(() => editor.queue.stop());

test.each([
  ['business_details/business_type', 'limited', 'Limited Liability Company'],
  ['business_details/business_identifier_type', 'business r', 'Business Registration'],
  ['business_details/business_identifier_country_code', 'austral', 'AU'],
  ['registration_address/registration_address_country_code', 'austral', 'AU'],
  ['account_usage/industry_category_code', '5072', '5072'],
  ['account_usage/account_usage_product_reference', 'financial s', 'Financial Services'],
  ['account_usage/estimated_monthly_revenue_currency', 'aud', 'AUD'],
  [`${PERSON}basic_info/role_type`, 'direc', 'Director'],
  [`${PERSON}basic_info/nationality`, 'china', 'CN'],
  [`${PERSON}identification/id_type`, 'passp', 'Passport'],
])('%s: “%s” and Tab is %s', async (path, typed, value) => {
  editor = new DraftEditor(draftOf({ persons: ['p1'] }), {
    save: (request) => call('draft_save', request),
    toError: (thrown) => thrown as IpcError,
    announce: () => undefined,
  });
  render(Form, { editor, fields: FIELDS.filter((field) => field.path.replace('/*/', '/p1/') === path) });
  const control = document.getElementById(domId(path));
  control?.focus();
  await userEvent.keyboard(`${typed}{Tab}`);
  expect(editor.text(path)).toBe(value);
  expect(document.activeElement).not.toBe(control);
});

describe('the first line for', () => {
  test.each([
    ['uk', 'GB'],
    ['holland', 'NL'],
    ['deutschl', 'DE'],
    ['osterreich', 'AT'],
    ['中国', 'CN'],
    ['香港', 'HK'],
    ['hong', 'HK'],
    ['cote', 'CI'],
    ['aland', 'AX'],
    ['us', 'US'],
    ['prc', 'CN'],
  ])('the country “%s” is %s', (typed, code) => {
    expect(find(codeOptions.of('', 'country') ?? [], typed)[0]?.option.value).toBe(code);
  });

  test.each([
    ['hardware', '5072'],
    ['florist', '5992'],
    ['5992', '5992'],
  ])('the industry “%s” is %s', (typed, code) => {
    const key = keyOf('account_usage/industry_category_code');
    expect(find(codeOptions.of(key, 'choice') ?? [], typed)[0]?.option.value).toBe(code);
  });
});
