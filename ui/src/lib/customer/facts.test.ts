import { expect, it, test } from 'vitest';
import type { CustomerLeafView, CustomerSectionView } from '$lib/ipc';
import { expiryOf, staleDays } from './age';
import { factsOf } from './facts';

function leaf(path: string, value: string | null, more: Partial<CustomerLeafView> = {}): CustomerLeafView {
  return { path, kind: 'text', value, masked: false, ...more };
}

function section(name: CustomerSectionView['section'], leaves: CustomerLeafView[]): CustomerSectionView {
  return { section: name, person: null, said: true, leaves };
}

/** The rows as term and value, files as a list. */
function read(name: CustomerSectionView['section'], leaves: CustomerLeafView[]): [string, string][] {
  return factsOf(section(name, leaves)).map((fact) => [
    fact.term,
    'leaf' in fact
      ? (fact.leaf.value ?? '-')
      : 'files' in fact
        ? fact.files.map((each) => each.value).join()
        : fact.text,
  ]);
}

const B = 'business_details/business_identifier';

it('what belongs together stands on one line, in the order of the record', () => {
  const rows = read('business_details', [
    leaf('business_details/business_name_english', 'Mingyue'),
    leaf(`${B}_expiry_date`, '2029-03-11T00:00:00Z'),
    leaf(`${B}_start_date`, '2019-03-12'),
    leaf(`${B}_country_code`, 'CN'),
    leaf(`${B}_type`, 'Business Registration'),
    leaf(`${B}_document_list/0`, 'file_1'),
    leaf(`${B}_document_list/1`, 'file_2'),
    leaf('business_details/business_type', 'Limited'),
  ]);
  expect(rows).toEqual([
    ['Business type', 'Limited'],
    ['Identifier', 'Business Registration, China'],
    ['Period', '12 Mar 2019 to 11 Mar 2029'],
    ['Documents', 'file_1,file_2'],
  ]);
});

test.each([
  ['2019-03-12', null, 'From 12 Mar 2019'],
  [null, '2029-03-11', 'Until 11 Mar 2029'],
  [null, null, ''],
  ['soon', '2029-09-11', 'soon to 11 Sep 2029'],
])('valid from %s until %s reads %s', (from, to, said) => {
  expect(read('business_details', [leaf(`${B}_start_date`, from), leaf(`${B}_expiry_date`, to)])).toEqual([
    ['Period', said],
  ]);
});

it('masked values keep a row each, because each is shown by itself', () => {
  const rows = factsOf(
    section('business_details', [
      leaf(`${B}_start_date`, '•• ••• 2019', { masked: true }),
      leaf(`${B}_expiry_date`, '2029-03-11'),
    ]),
  );
  expect(rows.every((row) => 'leaf' in row)).toBe(true);
  expect(rows).toHaveLength(2);
});

it('an amount keeps every digit, and a leaf of no row of its own is not lost', () => {
  const rows = read('account_usage', [
    leaf('account_usage/estimated_monthly_revenue_currency', 'AUD'),
    leaf('account_usage/estimated_monthly_revenue_amount', '12345678901234567.80'),
    leaf('account_usage/of_next_year', 'kept'),
  ]);
  expect(rows).toEqual([
    ['Revenue', 'AUD 12,345,678,901,234,567.80 a month'],
    ['of_next_year', 'kept'],
  ]);
});

test.each([
  ['2026-11-20', 'expired'],
  ['2026-11-21', 'soon'],
  ['2026-12-21T00:00:00Z', 'soon'],
  ['2026-12-22', null],
  ['•• ••• 2026', null],
  ['', null],
])('a document that ends on %s is %s', (date, said) => {
  expect(expiryOf(date, new Date(2026, 10, 21, 23, 30))).toBe(said);
});

test.each([
  [30, null],
  [31, 31],
  [41, 41],
])('a reading of %i days ago says %s', (days, said) => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect(staleDays(new Date(now - days * 86_400_000).toISOString(), now)).toBe(said);
});
