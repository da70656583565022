// How the values of a reading read. What is masked stays as it came: Rust masked it.
import type { CustomerLeafView, CustomerSectionView, CustomerView } from '$lib/ipc/bindings';
import { localName } from '$lib/draft/script-lang';
import { customer as words } from '$lib/words/customer';
import { amount, country } from '$lib/words/format';

/** A value in words; nothing where the reading has none. */
export function leafWords(
  leaf: CustomerLeafView,
  currency: string,
): { text: string; code?: string; mono?: boolean } | null {
  const { value, kind, masked } = leaf;
  if (value === null || value.trim() === '') return null;
  if (masked) return { text: value };
  switch (kind) {
    case 'country': {
      const name = country(value);
      return name === value ? { text: value } : { text: name, code: value };
    }
    case 'date':
      return { text: words.shortDate(value) };
    case 'amount':
      return { text: amount(currency, value) };
    case 'file_id':
    case 'partner_customer_id':
      return { text: value, mono: true };
    default:
      return { text: value };
  }
}

/** The value of a section's field by its key; empty where the reading has none. */
export function valueOf(section: CustomerSectionView | undefined, key: string): string {
  return section?.leaves.find((leaf) => leaf.path.endsWith(`/${key}`))?.value ?? '';
}

/** The leaf of a section's field by its key. */
export function leafOf(section: CustomerSectionView, key: string): CustomerLeafView | undefined {
  return section.leaves.find((leaf) => leaf.path.endsWith(`/${key}`));
}

/** The persons of a reading, in its order. */
export function personsOf(view: CustomerView): CustomerSectionView[] {
  return view.sections.filter((section) => section.section === 'business_person_list' && section.person !== null);
}

/** Both names of a person of a reading. */
export function namesOf(person: CustomerSectionView): { english: string; local: string } {
  return {
    english: [valueOf(person, 'first_name_english'), valueOf(person, 'last_name_english')].filter(Boolean).join(' '),
    local: localName(valueOf(person, 'first_name'), valueOf(person, 'last_name')),
  };
}

/** The country whose letter forms the names of a reading take. */
export function placeOfNames(view: CustomerView): string {
  const of = (section: string, key: string): string =>
    valueOf(
      view.sections.find((one) => one.section === section),
      key,
    );
  return (
    of('registration_address', 'registration_address_country_code') ||
    of('business_details', 'business_identifier_country_code')
  );
}
