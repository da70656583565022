import type { Kind, Section } from '$lib/ipc';

/** What a field is called, and how it is named inside a sentence. */
export interface Names {
  label: string;
  /** After “the”, where it is not the label in small letters. */
  name?: string;
  /** “Select the …” instead of “Enter the …”: it is chosen from a list. */
  select?: boolean;
}

/** Every field of the contract by its key; keys are unique over the sections (desk-domain's field.rs). */
const FIELDS: Record<string, Names> = {
  partner_customer_id: { label: 'Partner customer ID', name: 'partner customer ID' },
  business_name_english: { label: 'Business name in English', name: 'business name in English' },
  business_name: { label: 'Business name, local script', name: 'business name in local script' },
  business_type: { label: 'Business type', select: true },
  website: { label: 'Website', name: 'website address' },
  business_identifier_type: { label: 'Identifier type', select: true },
  business_identifier_country_code: {
    label: 'Identifier country',
    name: 'country that issued the identifier',
    select: true,
  },
  business_identifier_number: { label: 'Identifier number' },
  business_identifier_start_date: { label: 'Start date', name: 'start date of the identifier' },
  business_identifier_expiry_date: { label: 'Expiry date', name: 'expiry date of the identifier' },
  business_identifier_document_list: { label: 'Certificate file ID', name: 'certificate file ID' },
  registration_address_country_code: { label: 'Country', select: true },
  registration_address_line1: { label: 'Address line 1', name: 'address' },
  registration_address_city: { label: 'City' },
  registration_address_state: { label: 'State or province' },
  registration_address_postcode: { label: 'Postcode' },
  operating_country: { label: 'Operating country', select: true },
  goods_service_description: { label: 'Goods and services', name: 'goods and services' },
  industry_category_code: { label: 'Industry code', select: true },
  account_usage_product_reference: { label: 'Product', name: 'product', select: true },
  estimated_monthly_revenue_currency: { label: 'Revenue currency', select: true },
  estimated_monthly_revenue_amount: { label: 'Estimated monthly revenue' },
  contact_phone: { label: 'Contact phone', name: 'contact phone number' },
  contact_email: { label: 'Contact email', name: 'contact email address' },
  first_name_english: { label: 'First name in English', name: 'first name in English' },
  last_name_english: { label: 'Last name in English', name: 'last name in English' },
  first_name: { label: 'First name, as on the document', name: 'first name as on the document' },
  last_name: { label: 'Last name, as on the document', name: 'last name as on the document' },
  role_type: { label: 'Role', select: true },
  birth_date: { label: 'Date of birth' },
  nationality: { label: 'Nationality', select: true },
  residential_address_country_code: { label: 'Country', name: 'country of residence', select: true },
  residential_address_line1: { label: 'Address line 1', name: 'residential address' },
  residential_address_city: { label: 'City' },
  residential_address_state: { label: 'State or province' },
  residential_address_postcode: { label: 'Postcode' },
  id_type: { label: 'Document type', select: true },
  id_number: { label: 'Document number' },
  id_issuing_country_code: { label: 'Issuing country', select: true },
  id_issue_date: { label: 'Issue date' },
  id_expiration_date: { label: 'Expiry date' },
  id_document_front_file_id: { label: 'Front file ID', name: 'front file ID' },
  id_document_back_file_id: { label: 'Back file ID', name: 'back file ID' },
};

const SECTIONS: Record<Section, string> = {
  business_details: 'Business details',
  registration_address: 'Registration address',
  account_usage: 'Account usage',
  primary_contact: 'Primary contact',
  business_person_list: 'Persons',
};

/** What the sections of a customer of Bultra are called: it has no registration, and one contact (page 004). */
const BULTRA: Partial<Record<Section, string>> = {
  registration_address: 'Address',
  primary_contact: 'Contact',
  business_person_list: 'Person',
};

/** The keys that have a label. */
export const FIELD_KEYS: readonly string[] = Object.keys(FIELDS);

/** The key of a field in a path: its last part that is no number. */
export function keyOfPath(path: string): string {
  return (
    path
      .split('/')
      .filter((part) => !/^\d+$/.test(part))
      .at(-1) ?? path
  );
}

/** Who knows what the fields of an open form are called in their country. */
let byCountry: ((path: string) => Names | undefined) | null = null;

/** The fields of an address are called as their country calls them, wherever they are named, until this is undone. */
export function setAddressWords(namesOf: (path: string) => Names | undefined): () => void {
  byCountry = namesOf;
  return () => {
    // The next form may have said its own already.
    if (byCountry === namesOf) byCountry = null;
  };
}

function namesOf(path: string): Names | undefined {
  return byCountry?.(path) ?? FIELDS[keyOfPath(path)];
}

/** The short label of the field at a path; a field this program does not know keeps its own name. */
export function fieldLabel(path: string): string {
  return namesOf(path)?.label ?? keyOfPath(path);
}

/** The field inside a sentence, after “the”. */
export function fieldName(path: string): string {
  const names = namesOf(path);
  if (!names) return keyOfPath(path);
  return names.name ?? names.label.charAt(0).toLowerCase() + names.label.slice(1);
}

/** Whether the field is chosen from a list. */
export function isSelected(path: string): boolean {
  return namesOf(path)?.select ?? false;
}

/** The title of a section. */
export function sectionTitle(section: Section, kind: Kind = 'axisfi'): string {
  return (kind === 'bultra' && BULTRA[section]) || SECTIONS[section];
}
