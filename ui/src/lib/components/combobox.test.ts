import { describe, expect, test, vi } from 'vitest';
import { exact, find, fold, recentFirst, type Option } from './combobox';

const OPTIONS: Option[] = [
  { value: 'AX', label: 'Åland Islands' },
  { value: 'CI', label: 'Côte d’Ivoire' },
  { value: 'HN', label: 'Honduras' },
  { value: 'HK', label: 'Hong Kong' },
  { value: 'NL', label: 'Netherlands', aliases: ['Holland'] },
  { value: 'SG', label: 'Singapore' },
  { value: 'TZ', label: 'Tanzania, United Republic of' },
  { value: 'AE', label: 'United Arab Emirates' },
  { value: 'GB', label: 'United Kingdom', aliases: ['UK', 'Great Britain'] },
];
const first = (text: string) => find(OPTIONS, text)[0]?.option.value;

describe('finding in a combobox', () => {
  test.each([
    ['sing', 'SG'],
    ['hk', 'HK'],
    ['HK', 'HK'],
    ['hong', 'HK'],
    ['cote', 'CI'],
    ['aland', 'AX'],
    ['holl', 'NL'],
    ['uk', 'GB'],
    ['kingdom', 'GB'],
    ['ＳＧ', 'SG'],
  ])('%s finds %s first', (text, value) => {
    expect(first(text)).toBe(value);
  });

  test('what starts with the text stands before what has it as a word', () => {
    expect(find(OPTIONS, 'uni').map((match) => match.option.value)).toEqual(['AE', 'GB', 'TZ']);
  });

  test('the part that matched is marked, inside the label too', () => {
    expect(find(OPTIONS, 'uni')[2]?.hit).toEqual({ start: 10, end: 13 });
    expect(find(OPTIONS, 'holl')[0]).toMatchObject({ hit: null, alias: 'Holland' });
  });

  test('nothing matches nothing, and no text matches all', () => {
    expect(find(OPTIONS, 'zzzz')).toEqual([]);
    expect(find(OPTIONS, ' ')).toHaveLength(OPTIONS.length);
  });

  test.each([
    ['no text: all, the recent ones first', '', ['TZ', 'GB'], ['TZ', 'GB', 'AX'], 2],
    ['of lines that match alike the recent one', 'uni', ['GB'], ['GB', 'AE', 'TZ'], 1],
    ['the newest of them', 'uni', ['GB', 'AE'], ['GB', 'AE', 'TZ'], 2],
    ['never before a line that matches better', 'uni', ['TZ'], ['AE', 'GB', 'TZ'], 0],
    ['nor before a code that is typed whole', 'hk', ['HN'], ['HK'], 0],
    ['none that does not match', 'sing', ['HK'], ['SG'], 0],
    ['a code of no line is passed over', 'hong', ['XX'], ['HK'], 0],
  ])('recent ones first: %s', (_rule, text, recent, values, count) => {
    const found = find(OPTIONS, text, recent);
    expect(found.slice(0, values.length).map((match) => match.option.value)).toEqual(values);
    expect(recentFirst(found, recent), 'under their own head').toBe(count);
  });

  test('a text names a line only as a whole', () => {
    expect(exact(OPTIONS, 'hong kong')?.value).toBe('HK');
    expect(exact(OPTIONS, 'sg')?.value).toBe('SG');
    expect(exact(OPTIONS, 'Great britain')?.value).toBe('GB');
    expect(exact(OPTIONS, 'Hong')).toBeUndefined();
  });

  test('accents and case do not matter', () => {
    expect(fold('Łódź ÅLAND')).toBe('lodz aland');
  });

  test.each([
    ['ukr', 'UA'],
    ['uk', 'GB'],
    ['uae', 'AE'],
    ['gbr', 'GB'],
    ['oland', 'PL'],
    ['łodz', 'PL'],
    ['cote d ivoire', 'CI'],
    ["cote d'ivoire", 'CI'],
    ['united republic tan', 'TZ'],
  ])('in a whole list %s finds %s: what is typed whole goes before what begins so', (text, value) => {
    const all: Option[] = [
      ...OPTIONS.map((one) => (one.value === 'GB' ? { ...one, aliases: [...(one.aliases ?? []), 'GBR'] } : one)),
      { value: 'UA', label: 'Ukraine' },
      { value: 'AR', label: 'Arab things', aliases: ['uae things'] },
      { value: 'PL', label: 'Poland', aliases: ['Łódź'] },
    ].map((one) => (one.value === 'AE' ? { ...one, aliases: ['UAE'] } : one));
    expect(find(all, text)[0]?.option.value).toBe(value);
  });

  test.each([
    ['5072', '5072'],
    ['507', '5071'],
    ['hardware', '5072'],
    ['plumb', '5072'],
    ['heating hard', '5072'],
  ])('of industries %s finds %s', (text, value) => {
    const industries = [
      { value: '5071', label: '5071 Lamps, as of 5072', code: '' },
      { value: '5072', label: '5072 Hardware, plumbing and heating equipment', code: '' },
      { value: '15072', label: '15072 Other', code: '' },
    ];
    expect(find(industries, text)[0]?.option.value).toBe(value);
  });

  test.each([['a b a b a b'], ['united united'], ['kong hong hong']])(
    '“%s” has words that no line has as often',
    (text) => {
      const lines = [...OPTIONS, { value: 'AG', label: 'Antigua & Barbuda of all the wide seas' }];
      expect(find(lines, text)).toEqual([]);
    },
  );

  test('an alias of two lines names neither', () => {
    const two = [
      { value: 'CG', label: 'Congo (Brazzaville)', aliases: ['Congo'] },
      { value: 'CD', label: 'Congo (Kinshasa)', aliases: ['Congo', 'DRC'] },
    ];
    expect(exact(two, 'congo')).toBeUndefined();
    expect(exact(two, 'drc')?.value).toBe('CD');
  });

  test('a list is folded once, however often it is looked through', () => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    const list: Option[] = OPTIONS.map((option) => ({ ...option }));
    find(list, 'a');
    const first = normalize.mock.calls.length;
    find(list, 'ab');
    exact(list, 'abc');
    expect(normalize.mock.calls.length - first, 'the texts alone').toBe(2);
    normalize.mockRestore();
  });

  test('letters that fold to two are found, with nothing marked', () => {
    expect(find([{ value: 'S', label: 'Straße' }], 'strasse')[0]).toMatchObject({ hit: null, alias: null });
  });
});

test('of lines that match alike the one with the letters as typed goes first', () => {
  const regions: Option[] = [
    { value: 'Thua Thien-Hue Province', label: 'Thua Thien-Hue Province', code: 'Thừa Thiên–Huế' },
    {
      value: 'Thừa Thiên–Huế',
      label: 'Thừa Thiên–Huế',
      code: 'Thua Thien-Hue Province',
      aliases: ['Thừa Thiên–Huế'],
    },
  ];
  expect(find(regions, 'Thừa Thiên Huế')[0]?.option.value).toBe('Thừa Thiên–Huế');
  expect(find(regions, 'thua thien hue')[0]?.option.value).toBe('Thua Thien-Hue Province');
});
