import { forPerson, keyOf, personOf } from '../paths';

/** Facts that are often the same as another one (UX P6): the field, and where it is taken from, best first. */
const SAME: Record<string, readonly string[]> = {
  business_identifier_country_code: [
    'registration_address/registration_address_country_code',
    'account_usage/operating_country',
  ],
  registration_address_country_code: [
    'business_details/business_identifier_country_code',
    'account_usage/operating_country',
  ],
  operating_country: [
    'registration_address/registration_address_country_code',
    'business_details/business_identifier_country_code',
  ],
  nationality: [
    'business_person_list/*/residential_address/residential_address_country_code',
    'registration_address/registration_address_country_code',
  ],
  id_issuing_country_code: ['business_person_list/*/basic_info/nationality'],
};

/** Where Ctrl+D takes a field's text from, best first: its own fact, then the same field of the previous persons. */
export function dittoSource(path: string, persons: readonly string[]): string[] {
  const person = personOf(path);
  const same = SAME[keyOf(path)] ?? [];
  if (person === null) return [...same];
  const before = persons.slice(0, Math.max(0, persons.indexOf(person))).reverse();
  const theirs = before.map((other) => path.replace(person, other));
  const own = same.map((source) => forPerson(source, person));
  // The issuing country follows the nationality of the same person, not somebody else's.
  return keyOf(path) === 'id_issuing_country_code' ? [...own, ...theirs] : [...theirs, ...own];
}
