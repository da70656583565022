import { describe, expect, it } from 'vitest';
import { FIELDS } from '../fixture';
import { forPerson, keyOf } from '../paths';
import { dittoSource } from './ditto';

const IDENTIFIER = 'business_details/business_identifier_country_code';
const REGISTERED = 'registration_address/registration_address_country_code';
const OPERATING = 'account_usage/operating_country';
const of = (person: string, key: string) => {
  const field = FIELDS.find(({ path }) => path.includes('/*/') && keyOf(path) === key);
  return forPerson(field?.path ?? '', person);
};

describe('Ctrl+D', () => {
  it.each([
    [IDENTIFIER, [REGISTERED, OPERATING]],
    [REGISTERED, [IDENTIFIER, OPERATING]],
    [OPERATING, [REGISTERED, IDENTIFIER]],
    ['business_details/business_name_english', []],
    ['primary_contact/contact_phone', []],
    ['partner_customer_id', []],
  ])('takes %s from %j', (path, sources) => {
    expect(dittoSource(path, ['p1', 'p2'])).toEqual(sources);
  });

  it.each(FIELDS.filter(({ path }) => path.includes('/*/')).map(({ path }) => [keyOf(path)]))(
    'takes %s of a person from the persons before, the nearest first',
    (key) => {
      const persons = ['p1', 'p2', 'p3'];
      const others = dittoSource(of('p3', key), persons).filter((source) => keyOf(source) === key);
      expect(others).toEqual([of('p2', key), of('p1', key)]);
      expect(dittoSource(of('p1', key), persons).filter((source) => keyOf(source) === key)).toEqual([]);
    },
  );

  it('takes the issuing country from their own nationality before that of others', () => {
    expect(dittoSource(of('p2', 'id_issuing_country_code'), ['p1', 'p2'])).toEqual([
      of('p2', 'nationality'),
      of('p1', 'id_issuing_country_code'),
    ]);
  });

  it('takes the first person’s nationality from where they live', () => {
    expect(dittoSource(of('p1', 'nationality'), ['p1'])).toEqual([
      of('p1', 'residential_address_country_code'),
      REGISTERED,
    ]);
  });
});
