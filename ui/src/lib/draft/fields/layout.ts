import type { FieldKind } from '$lib/ipc/bindings';

/** How wide a field is, of 12 columns, and whether it starts a row. Names are 6 + 6, short facts 4 + 4 + 4 (VISUAL). */
export interface Place {
  columns: 4 | 6 | 8 | 12;
  first?: boolean;
}

const PLACES: Record<string, Place> = {
  partner_customer_id: { columns: 8, first: true },
  business_name_english: { columns: 6, first: true },
  business_name: { columns: 6 },
  business_type: { columns: 6, first: true },
  website: { columns: 6 },
  business_identifier_type: { columns: 4, first: true },
  business_identifier_start_date: { columns: 4, first: true },
  registration_address_country_code: { columns: 4, first: true },
  residential_address_country_code: { columns: 4, first: true },
  registration_address_line1: { columns: 8 },
  residential_address_line1: { columns: 8 },
  goods_service_description: { columns: 8 },
  industry_category_code: { columns: 4, first: true },
  account_usage_product_reference: { columns: 4 },
  estimated_monthly_revenue_currency: { columns: 4, first: true },
  contact_phone: { columns: 6, first: true },
  contact_email: { columns: 6 },
  first_name_english: { columns: 6, first: true },
  last_name_english: { columns: 6 },
  first_name: { columns: 6, first: true },
  last_name: { columns: 6 },
  role_type: { columns: 4, first: true },
  id_document_front_file_id: { columns: 6, first: true },
  id_document_back_file_id: { columns: 6 },
};

/** The place of a field by its key; what the table adds later stands in a third of a row. */
export function placeOf(key: string): Place {
  return PLACES[key] ?? { columns: 4 };
}

/** Identifiers and file ids are drawn in monospace. */
export function isMono(kind: FieldKind): boolean {
  return kind === 'partner_customer_id' || kind === 'file_id';
}
