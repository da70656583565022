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
    for (const code of chosen) codes.took('country', code, OPTIONS);
    expect(codes.of('country', OWN, form(texts), OPTIONS)).toEqual(expected);
  });

  test.each(['choice', 'text', 'name_english'] as const)('are never kept of a %s', (kind) => {
    const codes = new RecentCodes();
    codes.took(kind, 'HK', OPTIONS);
    expect(codes.of(kind, OWN, form([[REGISTERED, 'HK']]), OPTIONS)).toEqual([]);
  });
});
