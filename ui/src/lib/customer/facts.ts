// The rows of a record's section, as a reader wants them: what belongs together stands on one line.
import type { CustomerLeafView, CustomerSectionView } from '$lib/ipc';
import { customer as words } from '$lib/words/customer';
import { fieldLabel } from '$lib/words/fields';
import { amount, country } from '$lib/words/format';

/** One row: a value of its own, several on one line, or a list of file ids. */
export type Fact = { term: string } & (
  { leaf: CustomerLeafView } | { text: string; of: CustomerLeafView[] } | { files: CustomerLeafView[] }
);

/** What a section shows, in this order. A key alone is a row of its own. */
const ROWS: Partial<Record<CustomerSectionView['section'], (string | Joined)[]>> = {
  business_details: [
    'business_type',
    'website',
    {
      term: 'identifier',
      of: ['business_identifier_type', 'business_identifier_country_code'],
      join: (type, place) => [type, country(place)].filter(Boolean).join(', '),
    },
    'business_identifier_number',
    {
      term: 'period',
      of: ['business_identifier_start_date', 'business_identifier_expiry_date'],
      join: (from, to) => (from && to ? words.fromTo(from, to) : from ? words.from(from) : words.until(to)),
    },
    'business_identifier_document_list',
  ],
  registration_address: [
    'registration_address_line1',
    'registration_address_city',
    'registration_address_state',
    'registration_address_postcode',
    'registration_address_country_code',
  ],
  account_usage: [
    'operating_country',
    'goods_service_description',
    'industry_category_code',
    'account_usage_product_reference',
    {
      term: 'revenue',
      of: ['estimated_monthly_revenue_amount', 'estimated_monthly_revenue_currency'],
      join: (sum, code) => (sum ? words.aMonth(amount(code, sum)) : code),
    },
  ],
};

interface Joined {
  term: string;
  of: [string, string];
  join: (first: string, second: string) => string;
}

/** The names stand in the head, and whole in the rail. */
const ELSEWHERE = new Set(['business_name_english', 'business_name']);
const FILES = 'business_identifier_document_list';

/** The key of a leaf: the last part of its path that is no number. */
function keyOf(leaf: CustomerLeafView): string {
  return leaf.path.split('/').findLast((part) => !/^\d+$/.test(part)) ?? leaf.path;
}

/** The rows of a section: those of the table in its order, then whatever else the reading has. */
export function factsOf(section: CustomerSectionView): Fact[] {
  const left = section.leaves.filter((leaf) => !ELSEWHERE.has(keyOf(leaf)));
  const take = (key: string): CustomerLeafView[] => {
    const found = left.filter((leaf) => keyOf(leaf) === key);
    for (const leaf of found) left.splice(left.indexOf(leaf), 1);
    return found;
  };
  const rows = (ROWS[section.section] ?? []).flatMap((row): Fact[] => {
    if (typeof row === 'string') return row === FILES ? files(take(row)) : take(row).map(single);
    const of = row.of.flatMap(take);
    // Masked or doubled values each keep a row of their own: they are shown one by one.
    if (of.length !== 2 || of.some((leaf) => leaf.masked)) return of.map(single);
    const [first, second] = of.map((leaf) => leaf.value?.trim() ?? '');
    const text = first || second ? row.join(first ?? '', second ?? '') : '';
    return [{ term: words.facts[row.term] ?? row.term, text, of }];
  });
  return [...rows, ...left.map(single)];
}

function files(of: CustomerLeafView[]): Fact[] {
  const said = of.filter((leaf) => leaf.value);
  if (of.some((leaf) => leaf.masked)) return of.map(single);
  return of.length === 0 ? [] : [{ term: words.facts.documents ?? '', files: said }];
}

function single(leaf: CustomerLeafView): Fact {
  return { term: words.facts[keyOf(leaf)] ?? fieldLabel(leaf.path), leaf };
}
