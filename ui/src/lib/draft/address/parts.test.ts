import { beforeEach, describe, expect, it } from 'vitest';
import { fake } from '$lib/ipc/fake';
import { answerAddresses } from '$lib/ipc/fake-addresses';
import { fieldLabel, fieldName, isSelected, setAddressWords } from '$lib/words/fields';
import { addressForms, addressNames, countryCode } from './address-forms.svelte';
import { addressOf, partOf, partPath, partsOf, placeIn } from './parts';
import { asLine, isBlock } from './pasted';

const HOME = 'business_person_list/p1/residential_address';

beforeEach(() => {
  fake.reset();
  addressForms.reset();
  answerAddresses();
});

describe('a path', () => {
  it.each([
    ['registration_address/registration_address_line1', 'registration_address', 'line1'],
    ['registration_address/registration_address_country_code', 'registration_address', 'country_code'],
    [`${HOME}/residential_address_postcode`, HOME, 'postcode'],
    ['account_usage/operating_country', null, null],
    ['business_details/business_identifier_country_code', null, null],
  ])('%s is a part of an address or none', (path, address, part) => {
    expect([addressOf(path), partOf(path)]).toEqual([address, part]);
    if (address !== null && partOf(path) !== null) expect(partPath(address, partOf(path) ?? 'line1')).toBe(path);
  });
});

describe('the parts of a country', () => {
  it.each([
    ['AU', ['line1', 'city', 'state', 'postcode']],
    ['CN', ['postcode', 'state', 'city', 'line1']],
    ['GB', ['line1', 'city', 'postcode']],
    ['HK', ['state', 'city', 'line1']],
    // The contract wants a city of everybody.
    ['JP', ['postcode', 'state', 'city', 'line1']],
    ['SG', ['line1', 'city', 'postcode']],
    ['ZZ', ['line1', 'city', 'state', 'postcode']],
  ])('of %s stand in its order', async (country, order) => {
    expect(partsOf(await addressForms.load(country))).toEqual(order);
  });

  it('that it does not write come last', async () => {
    const form = await addressForms.load('HK');
    expect(placeIn(form, 'postcode')).toBeGreaterThan(placeIn(form, 'line1'));
    expect(placeIn(form, 'country_code')).toBeLessThan(placeIn(form, 'state'));
  });

  it('are asked for once, and only for a code', async () => {
    addressForms.of('AU');
    addressForms.of('AU');
    await addressForms.load('AU');
    await addressForms.load('austral');
    await addressForms.load('');
    expect(fake.requests('address_form')).toEqual([{ country: 'AU' }]);
  });

  it('are asked for again after a failure', async () => {
    fake.on('address_form', () => {
      throw { code: 'unsupported', params: {}, fields: [], trace_id: null, answer: null };
    });
    expect(await addressForms.load('AU')).toBeNull();
    addressForms.of('AU');
    expect(fake.requests('address_form'), 'not by who draws it').toHaveLength(1);
    answerAddresses();
    expect((await addressForms.load('AU'))?.country).toBe('AU');
  });

  it('have one list of regions a country', async () => {
    await addressForms.load('AU');
    expect(addressForms.states('AU')).toBe(addressForms.states('AU'));
    expect(addressForms.states('AU')?.[0]).toEqual({
      value: 'NSW',
      label: 'New South Wales',
      code: 'NSW',
      aliases: [],
    });
    await addressForms.load('JP');
    expect(addressForms.states('JP'), 'each spelling is a line: what is taken is what is sent').toMatchObject([
      { value: 'Tokyo', label: 'Tokyo', code: '東京都' },
      { value: 'Osaka', label: 'Osaka', code: '大阪府' },
      { value: '東京都', label: '東京都', code: 'Tokyo' },
      { value: '大阪府', label: '大阪府', code: 'Osaka' },
    ]);
    await addressForms.load('HK');
    expect(addressForms.states('HK')?.[1]).toEqual({
      value: 'Kowloon',
      label: 'Kowloon',
      code: '九龍',
      aliases: ['九龍'],
    });
    await addressForms.load('GB');
    expect(addressForms.states('GB')).toBeUndefined();
  });
});

describe('the words of a country', () => {
  it.each([
    ['AU', 'state', 'State', 'state', true],
    ['CN', 'state', 'Province', 'province', true],
    ['JP', 'state', 'Prefecture', 'prefecture', true],
    ['HK', 'state', 'Area', 'area', true],
    ['AU', 'city', 'Suburb', 'suburb', false],
    ['GB', 'city', 'Town or city', 'town or city', false],
    ['HK', 'city', 'District', 'district', false],
    ['US', 'postcode', 'ZIP code', 'ZIP code', false],
    ['GB', 'postcode', 'Postcode', 'postcode', false],
    ['ZZ', 'state', 'State or province', 'state or province', false],
    ['', 'city', 'City', 'city', false],
  ] as const)('%s: %s is %s', async (country, part, label, name, select) => {
    await addressForms.load(country);
    const path = partPath(HOME, part);
    const undo = setAddressWords(addressNames((at) => (at === partPath(HOME, 'country_code') ? country : '')));
    expect([fieldLabel(path), fieldName(path), isSelected(path)]).toEqual([label, name, select]);
    expect(fieldLabel('registration_address/registration_address_state'), 'of one address only').toBe(
      'State or province',
    );
    undo();
    expect(fieldLabel(partPath(HOME, 'state'))).toBe('State or province');
  });

  it('of the next form stay when the one before goes', () => {
    const first = setAddressWords(() => ({ label: 'First' }));
    const second = setAddressWords(() => ({ label: 'Second' }));
    first();
    expect(fieldLabel('a')).toBe('Second');
    second();
    expect(fieldLabel('a')).toBe('a');
  });

  it.each([
    ['AU', undefined, 'AU'],
    [' au ', undefined, 'AU'],
    ['Australia', 'AU', 'AU'],
    ['zzzz', undefined, ''],
    ['', undefined, ''],
  ])('follow the country in “%s”', (text, read, code) => {
    expect(countryCode(text, read)).toBe(code);
  });
});

describe('a pasted text', () => {
  it.each([
    ['18 Harbour Street', false],
    ['Level 3, 18 Harbour Street', false],
    ['Level 3, 18 Harbour Street, Sydney NSW 2000', true],
    ['Level 3\n18 Harbour Street', true],
    ['18 Harbour Street\n', false],
    ['北京市，朝阳区，建国路1号', true],
    ['', false],
  ])('“%s” may be a whole address: %s', (text, block) => {
    expect(isBlock(text)).toBe(block);
  });

  it.each([
    ['Level 3\n18 Harbour Street\nSydney NSW 2000', 'Level 3, 18 Harbour Street, Sydney NSW 2000'],
    ['Level 3,\r\n18 Harbour Street\r\n\r\n', 'Level 3, 18 Harbour Street'],
    ['a\u2028b\u0085c', 'a, b, c'],
    ['18 Harbour Street,', '18 Harbour Street,'],
  ])('%j is one line, with nothing glued together', (text, line) => {
    expect(asLine(text)).toBe(line);
  });

  it('of 20,000 characters stays whole', () => {
    const words = Array.from({ length: 4_000 }, (_, at) => `a${at % 10}b`);
    expect(asLine(words.join(' ,\n')).split(', ')).toEqual(words);
    const row = `a${','.repeat(20_000)}b`;
    expect(asLine(`${row}\nc`)).toBe(`${row}, c`);
  });
});
