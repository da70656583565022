import { describe, expect, test } from 'vitest';
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
    expect(fold('Łódź ÅLAND')).toBe('łodz aland');
  });
});
