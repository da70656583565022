// Made-up drafts for tests of the editor and the review.
import type { Check, DeliveryView, DraftView, FieldKind, FieldView, Requirement, Section } from '$lib/ipc/bindings';
import { CAN } from '$lib/ipc/fake-platform';

type Row = [path: string, kind: FieldKind, requirement: Requirement];

const ROWS: Row[] = [
  ['partner_customer_id', 'partner_customer_id', 'platform'],
  ['business_details/business_name_english', 'name_english', 'house'],
  ['business_details/business_name', 'name_local', 'optional'],
  ['business_details/business_type', 'choice', 'house'],
  ['business_details/website', 'website', 'optional'],
  ['business_details/business_identifier_type', 'choice', 'house'],
  ['business_details/business_identifier_country_code', 'country', 'house'],
  ['business_details/business_identifier_number', 'text', 'house'],
  ['business_details/business_identifier_start_date', 'date', 'optional'],
  ['business_details/business_identifier_expiry_date', 'date', 'optional'],
  ['business_details/business_identifier_document_list/0', 'file_id', 'house'],
  ['registration_address/registration_address_country_code', 'country', 'house'],
  ['registration_address/registration_address_line1', 'text', 'house'],
  ['registration_address/registration_address_city', 'text', 'house'],
  ['registration_address/registration_address_state', 'text', 'country'],
  ['registration_address/registration_address_postcode', 'text', 'country'],
  ['account_usage/operating_country', 'country', 'house'],
  ['account_usage/goods_service_description', 'text', 'house'],
  ['account_usage/industry_category_code', 'choice', 'house'],
  ['account_usage/account_usage_product_reference', 'choice', 'house'],
  ['account_usage/estimated_monthly_revenue_currency', 'currency', 'house'],
  ['account_usage/estimated_monthly_revenue_amount', 'amount', 'house'],
  ['primary_contact/contact_phone', 'phone', 'house'],
  ['primary_contact/contact_email', 'email', 'house'],
  ['business_person_list/*/basic_info/first_name_english', 'name_english', 'house'],
  ['business_person_list/*/basic_info/last_name_english', 'name_english', 'house'],
  ['business_person_list/*/basic_info/first_name', 'name_local', 'optional'],
  ['business_person_list/*/basic_info/last_name', 'name_local', 'optional'],
  ['business_person_list/*/basic_info/role_type', 'choice', 'house'],
  ['business_person_list/*/basic_info/birth_date', 'date', 'house'],
  ['business_person_list/*/basic_info/nationality', 'country', 'house'],
  ['business_person_list/*/residential_address/residential_address_country_code', 'country', 'house'],
  ['business_person_list/*/residential_address/residential_address_line1', 'text', 'house'],
  ['business_person_list/*/residential_address/residential_address_city', 'text', 'house'],
  ['business_person_list/*/residential_address/residential_address_state', 'text', 'country'],
  ['business_person_list/*/residential_address/residential_address_postcode', 'text', 'country'],
  ['business_person_list/*/identification/id_type', 'choice', 'house'],
  ['business_person_list/*/identification/id_number', 'text', 'house'],
  ['business_person_list/*/identification/id_issuing_country_code', 'country', 'house'],
  ['business_person_list/*/identification/id_issue_date', 'date', 'optional'],
  ['business_person_list/*/identification/id_expiration_date', 'date', 'house'],
  ['business_person_list/*/identification/id_document_front_file_id', 'file_id', 'house'],
  ['business_person_list/*/identification/id_document_back_file_id', 'file_id', 'optional'],
];

const SECTIONS: Section[] = [
  'business_details',
  'registration_address',
  'account_usage',
  'primary_contact',
  'business_person_list',
];

/** The table of the typed revision. */
export const FIELDS: FieldView[] = ROWS.map(([path, kind, requirement]) => ({
  path,
  kind,
  requirement,
  section: SECTIONS.find((section) => path.startsWith(section)) ?? 'business_details',
}));

/** An answer of the rules that finds nothing. */
export function checkOf(part: Partial<Check> = {}): Check {
  return {
    problems: [],
    missing: [],
    echoes: [],
    sections: SECTIONS.map((section) => ({ section, required: 2, filled: 0, started: false })),
    persons: [],
    required: 38,
    filled: 0,
    by_country: [],
    today: '2026-11-22',
    ...part,
  };
}

/** A draft with nothing in it. */
export function draftOf(part: Partial<DraftView> = {}): DraftView {
  return {
    id: '01910000-0000-7000-8000-000000000001',
    connection: {
      id: '01910000-0000-7000-8000-0000000000c1',
      name: 'Practice',
      kind: 'axisfi',
      revision: 'typed',
      environment: 'sandbox',
      base_url: 'sandbox:',
      host: '',
      practice: true,
      host_fixed: true,
      api_key: null,
      api_secret: null,
      tested: null,
      archived_at: null,
      upload: { encoding: 'multipart', limit_mb: 10 },
      token_url: null,
      token_scope: null,
      capabilities: CAN.axisfi,
    },
    state: 'editing',
    seq: 0,
    saved_at: '2026-11-21T06:32:00Z',
    texts: [],
    persons: [],
    position: null,
    id_frozen: false,
    restored: false,
    fields: FIELDS,
    check: checkOf(),
    outcome: null,
    delivery: null,
    changed: [],
    update: null,
    ...part,
  };
}

/** A submission that is being sent. */
export function deliveryOf(part: Partial<DeliveryView> = {}): DeliveryView {
  return {
    purpose: 'create',
    state: 'sending',
    next: 'answer',
    next_at: null,
    since: '2026-11-21T06:32:00Z',
    sent_at: '2026-11-21T06:33:00Z',
    lookups: 0,
    misses: 0,
    misses_needed: 2,
    absences: 0,
    reason: null,
    error: null,
    ...part,
  };
}
