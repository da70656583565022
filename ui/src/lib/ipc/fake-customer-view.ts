// The made-up records of fake-customers.ts, masked as the program masks them.
import type {
  ConnectionView,
  CustomerLeafView,
  CustomerRawView,
  CustomerSectionView,
  CustomerView,
  FieldKind,
  RawLineView,
} from './bindings';
import type { Known } from './fake-customer-rows';

/** A leaf, and what its mask hides. */
type Leaf = CustomerLeafView & { whole?: string };

const B = 'business_details';
const R = 'registration_address/registration_address';
const U = 'account_usage';

const plain = (path: string, value: string | null, kind: FieldKind | null = 'text'): Leaf => ({
  path,
  kind,
  value,
  masked: false,
});
const hidden = (path: string, whole: string, value: string, kind: FieldKind | null = 'text'): Leaf => ({
  path,
  kind,
  value,
  masked: true,
  whole,
});

const PERSONS: [first: string, last: string, local: [string, string], birth: string, number: string, ends: string][] = [
  ['Yulan', 'Shen', ['玉兰', '沈'], '1979-04-02', '32050119790402618X', '2034-06-30'],
  ['Haoran', 'Gu', ['浩然', '顾'], '1985-11-17', '320501198511170217', '2026-12-10'],
];

function person(at: number): Leaf[] {
  const [first, last, [given, family], birth, number, ends] = PERSONS[at] ?? PERSONS[0]!;
  const p = `business_person_list/${at}`;
  return [
    plain(`${p}/basic_info/first_name_english`, first, 'name_english'),
    plain(`${p}/basic_info/last_name_english`, last, 'name_english'),
    plain(`${p}/basic_info/first_name`, given, 'name_local'),
    plain(`${p}/basic_info/last_name`, family, 'name_local'),
    plain(`${p}/basic_info/role_type`, 'Director', 'choice'),
    hidden(`${p}/basic_info/birth_date`, birth, `•• ••• ${birth.slice(0, 4)}`, 'date'),
    plain(`${p}/basic_info/nationality`, 'CN', 'country'),
    plain(`${p}/residential_address/residential_address_country_code`, 'CN', 'country'),
    hidden(`${p}/residential_address/residential_address_line1`, '12 Pingjiang Road', '••••••••'),
    plain(`${p}/residential_address/residential_address_city`, 'Suzhou'),
    plain(`${p}/residential_address/residential_address_state`, 'Jiangsu'),
    plain(`${p}/residential_address/residential_address_postcode`, null),
    plain(`${p}/identification/id_type`, 'National ID', 'choice'),
    hidden(`${p}/identification/id_number`, number, `••••••••${number.slice(-4)}`),
    plain(`${p}/identification/id_issuing_country_code`, 'CN', 'country'),
    plain(`${p}/identification/id_expiration_date`, ends, 'date'),
    plain(`${p}/identification/id_document_front_file_id`, `file_front_${at}`, 'file_id'),
  ];
}

function sections(row: Known): [CustomerSectionView['section'], number | null, Leaf[]][] {
  const country = row.country ?? '';
  return [
    [
      'business_details',
      null,
      [
        plain(`${B}/business_name_english`, row.name, 'name_english'),
        plain(`${B}/business_name`, row.local_name || null, 'name_local'),
        plain(`${B}/business_type`, 'Limited Liability Company', 'choice'),
        plain(`${B}/website`, 'mingyue-textile.example', 'website'),
        plain(`${B}/business_identifier_type`, 'Business Registration', 'choice'),
        plain(`${B}/business_identifier_country_code`, country, 'country'),
        hidden(`${B}/business_identifier_number`, '91320505MA1X4W4471', '••••••••••••••4471'),
        plain(`${B}/business_identifier_start_date`, '2019-03-12T00:00:00Z', 'date'),
        plain(`${B}/business_identifier_expiry_date`, '2029-03-11T00:00:00Z', 'date'),
        plain(`${B}/business_identifier_document_list/0`, 'file_br_2019_0042', 'file_id'),
      ],
    ],
    [
      'registration_address',
      null,
      [
        plain(`${R}_country_code`, country, 'country'),
        plain(`${R}_line1`, '88 Jinji Lake Avenue, Block C'),
        plain(`${R}_city`, 'Suzhou'),
        plain(`${R}_state`, 'Jiangsu'),
        plain(`${R}_postcode`, '215021'),
      ],
    ],
    [
      'account_usage',
      null,
      [
        plain(`${U}/operating_country`, country, 'country'),
        plain(`${U}/goods_service_description`, 'Woven cotton and linen for clothing makers'),
        plain(`${U}/industry_category_code`, '5131'),
        plain(`${U}/account_usage_product_reference`, 'Financial Services', 'choice'),
        plain(`${U}/estimated_monthly_revenue_currency`, 'CNY', 'currency'),
        plain(`${U}/estimated_monthly_revenue_amount`, '3850000.00', 'amount'),
      ],
    ],
    [
      'primary_contact',
      null,
      [
        hidden('primary_contact/contact_phone', '+8651265550129', '+86 •••• ••29', 'phone'),
        hidden('primary_contact/contact_email', 'shen@mingyue-textile.example', 's•••@•••.example', 'email'),
      ],
    ],
    ['business_person_list', 0, person(0)],
    ['business_person_list', 1, person(1)],
  ];
}

const unknown = (): Leaf[] => [
  hidden('risk_tier', '2', '••••••', null),
  hidden('screening/last', 'clear', '••••••', null),
];

/** Every leaf of a record. */
export function leavesOf(row: Known): Leaf[] {
  return [...sections(row).flatMap(([, , leaves]) => leaves), ...unknown()];
}

const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** A record as the program gives it. */
export function viewOf(row: Known, connection: ConnectionView): CustomerView {
  const { customer_id, partner_customer_id, name, local_name, status, read_at } = row;
  const leaf = ({ path, kind, value, masked }: Leaf): CustomerLeafView => ({ path, kind, value, masked });
  return {
    connection,
    customer_id,
    partner_customer_id,
    name,
    local_name,
    status,
    created_at: '2026-05-03T08:45:12Z',
    read_at,
    readings: 6,
    sections: sections(row).map(([section, at, leaves]) => ({
      section,
      person: at,
      said: true,
      leaves: leaves.map(leaf),
    })),
    unknown: unknown().map(leaf),
    history: [
      ...(status ? [{ status, at: read_at }] : []),
      { status: { group: 'active', raw: 'Succeeded' }, at: ago(61) },
      { status: { group: 'waiting', raw: 'Processing' }, at: ago(202) },
    ],
    shown: [],
    changed: null,
    update: null,
    ask_at: null,
    party: null,
    updated_at: null,
    individual_of: null,
    facts: [],
    accounts: [],
    individuals: [],
    unlisted_at: null,
  };
}

/** Its answer line by line; `more` entries of a long list go after what is known. */
export function rawOf(row: Known, more: number): CustomerRawView {
  const lines: RawLineView[] = [{ path: '', depth: 0, key: '', kind: 'object', text: '', masked: false }];
  const holders: Record<string, RawLineView> = { '': lines[0]! };
  const count: Record<string, number> = {};
  const put = (path: string, kind: RawLineView['kind'], text: string, masked: boolean) => {
    const parts = path.split('/');
    parts.slice(0, -1).forEach((key, at) => {
      const own = parts.slice(0, at + 1).join('/');
      if (holders[own]) return;
      const list = /^\d+$/.test(parts[at + 1] ?? '');
      add(own, key, at + 1, list ? 'array' : 'object', '', false);
      holders[own] = lines.at(-1)!;
    });
    add(path, parts.at(-1) ?? '', parts.length, kind, text, masked);
  };
  const add = (path: string, key: string, depth: number, kind: RawLineView['kind'], text: string, masked: boolean) => {
    lines.push({ path, depth, key, kind, text, masked });
    const above = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    count[above] = (count[above] ?? 0) + 1;
  };
  put('customer_id', 'string', row.customer_id, false);
  put('status', 'string', row.status?.raw ?? '', false);
  for (const leaf of leavesOf(row)) {
    if (leaf.value !== null) put(leaf.path, leaf.kind === 'amount' ? 'number' : 'string', leaf.value, leaf.masked);
  }
  put('reviewed', 'boolean', 'false', false);
  put('closed_at', 'null', 'null', false);
  put('note', 'string', '', false);
  for (let at = 0; at < more; at += 1) put(`screenings/${at}`, 'string', `list ${at}: nobody`, false);
  for (const [path, line] of Object.entries(holders)) line.text = String(count[path] ?? 0);
  return {
    read_at: row.read_at,
    sha256: '9f2c4b7de01a6c38b5f4e2d19c07a8b36e5d4f3c2b1a09f8e7d6c5b4a3928170',
    lines,
  };
}
