import { describe, expect, test } from 'vitest';
import { DraftTexts } from '../editor/draft-texts.svelte';
import { draftOf, FIELDS } from '../fixture';
import { RecentCodes } from './recent-codes.svelte';

const OPTIONS = ['AE', 'CN', 'HK', 'JP', 'SG'].map((value) => ({ value, label: `Land of ${value}` }));
const OWN = 'business_person_list/p1/basic_info/nationality';
const ISSUING = 'business_person_list/p1/identification/id_issuing_country_code';
const REGISTERED = 'registration_address/registration_address_country_code';
const CURRENCY = 'account_usage/estimated_monthly_revenue_currency';

function form(texts: [path: string, text: string][]): DraftTexts {
  const draft = draftOf({ persons: ['p1'], texts: texts.map(([path, text]) => ({ path, text })) });
  return new DraftTexts(draft, FIELDS);
}

describe('codes used recently', () => {
  test.each<[string, string[], [string, string][], string[]]>([
    ['those chosen, the newest first', ['HK', 'SG'], [], ['SG', 'HK']],
    ['a code that was chosen again, once', ['HK', 'SG', 'HK'], [], ['HK', 'SG']],
    ['three at most', ['AE', 'CN', 'HK', 'SG'], [], ['SG', 'HK', 'CN']],
    [
      'then those of the open draft',
      ['SG'],
      [
        [REGISTERED, 'HK'],
        [ISSUING, 'AE'],
      ],
      ['SG', 'HK', 'AE'],
    ],
    ['each once, wherever it comes from', ['HK'], [[REGISTERED, 'HK']], ['HK']],
    [
      'not what stands in the field itself',
      [],
      [
        [OWN, 'JP'],
        [REGISTERED, 'HK'],
      ],
      ['HK'],
    ],
    ['no text that is in no line', ['Narnia'], [[REGISTERED, 'hon']], []],
    ['no code of another kind', [], [[CURRENCY, 'HK']], []],
  ])('are %s', (_rule, chosen, texts, expected) => {
    const codes = new RecentCodes();
    for (const code of chosen) codes.took('country', OWN, code, OPTIONS);
    expect(codes.of('country', OWN, form(texts), OPTIONS)).toEqual(expected);
  });

  test.each(['choice', 'text', 'name_english'] as const)('are never kept of a short list or of a %s', (kind) => {
    const codes = new RecentCodes();
    codes.took(kind, OWN, 'HK', OPTIONS);
    expect(codes.of(kind, OWN, form([[REGISTERED, 'HK']]), OPTIONS)).toEqual([]);
  });

  test('of a long list are its own: industries are no roles', () => {
    const [industry, role] = ['account_usage/industry_category_code', 'business_person_list/p1/basic_info/role_type'];
    const many = Array.from({ length: 600 }, (_, at) => ({ value: `${5000 + at}`, label: `${5000 + at} Trade` }));
    const codes = new RecentCodes();
    codes.took('choice', industry, '5072', many);
    codes.took('choice', industry, 'lamps', many);
    expect(codes.of('choice', industry, form([]), many)).toEqual(['5072']);
    expect(codes.of('choice', role, form([]), many)).toEqual([]);
  });
});
