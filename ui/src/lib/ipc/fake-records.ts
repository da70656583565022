// Made-up connections, drafts and customers for fake-desk.ts.
import type {
  ApiErrorView,
  CodeListsView,
  ConnectionView,
  CustomerRowView,
  CustomerView,
  DraftRowView,
  FieldText,
} from './bindings';

const at = (hoursAgo: number) => new Date(Date.now() - hoursAgo * 3_600_000).toISOString();

export const answer401: ApiErrorView = {
  status: 401,
  code: 'UNAUTHORIZED',
  message: 'invalid credentials',
  fields: [],
  raw: '{\n  "code": "UNAUTHORIZED",\n  "message": "invalid credentials"\n}',
  trace_id: '7f21-c09e',
};

const base: ConnectionView = {
  id: '',
  name: '',
  kind: 'axisfi',
  revision: 'typed',
  environment: 'test',
  base_url: '',
  host: '',
  practice: false,
  host_fixed: false,
  api_key: { tail: '3f9a', set_at: at(1900) },
  api_secret: { tail: '71c0', set_at: at(1900) },
  tested: null,
};

const works = (hoursAgo: number) => ({ works: true, at: at(hoursAgo), millis: 38, problem: null, answer: null });

export const connections: ConnectionView[] = [
  {
    ...base,
    id: 'c-prod',
    name: 'AxisFI Hong Kong',
    environment: 'production',
    base_url: 'https://api.axisfi.example',
    host: 'api.axisfi.example',
    host_fixed: true,
    tested: works(3),
  },
  {
    ...base,
    id: 'c-test',
    name: 'AxisFI test account',
    base_url: 'https://api.test.axisfi.example',
    host: 'api.test.axisfi.example',
    tested: {
      works: false,
      at: at(0.2),
      millis: 61,
      problem: { code: 'auth.refused', params: {} },
      answer: answer401,
    },
  },
  { ...base, id: 'c-test2', name: 'AxisFI test, without types', revision: 'untyped', base_url: 'https://t2.example' },
  {
    ...base,
    id: 'c-typed',
    name: 'Practice',
    environment: 'sandbox',
    base_url: 'sandbox:',
    practice: true,
    tested: works(1),
  },
  {
    ...base,
    id: 'c-untyped',
    name: 'Practice, without type fields',
    revision: 'untyped',
    environment: 'sandbox',
    base_url: 'sandbox:',
    practice: true,
  },
];

const row: DraftRowView = {
  id: '',
  connection: 'c-test',
  name: '',
  local_name: '',
  state: 'editing',
  required: 38,
  filled: 20,
  errors: 0,
  saved_at: at(1),
};

export const draftRows: DraftRowView[] = [
  { ...row, id: 'd1', name: 'Harbour Nine Logistics Limited', local_name: '九號港物流有限公司', errors: 2, filled: 34 },
  { ...row, id: 'd2', name: 'Brightwater Ceramics Pte. Ltd.', state: 'rejected', filled: 38, saved_at: at(2) },
  { ...row, id: 'd3', name: 'Lantern Quay Trading Pty Ltd', local_name: '灯码头贸易', state: 'accepted', filled: 38 },
  { ...row, id: 'd4', filled: 1, saved_at: at(30) },
];

export const draftTexts: FieldText[] = [
  { path: 'partner_customer_id', text: 'cd-0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b' },
  { path: 'business_details/business_name_english', text: 'Harbour Nine Logistics Limited' },
  { path: 'business_details/business_name', text: '九號港物流有限公司' },
  { path: 'business_details/business_identifier_country_code', text: 'HK' },
];

export const lists: CodeListsView = {
  countries:
    'AE AR AT AU AX BE BR CA CH CI CN DE DK ES FI FR GB HK HN ID IE IN IT JP KR MX MY NL NZ PH SG TH TZ US VN'.split(
      ' ',
    ),
  currencies: ['AUD', 'EUR', 'GBP', 'HKD', 'JPY', 'KWD', 'SGD', 'USD'],
  business_types: ['Limited Liability Company', 'Sole Proprietorship', 'Partnership'],
  business_identifier_types: ['Business Registration', 'Certificate of Incorporation', 'Tax ID'],
  product_references: ['Global Account', 'Payout', 'Acquiring'],
  role_types: ['Director', 'Shareholder', 'Ultimate Beneficial Owner', 'Authorised Signatory'],
  id_types: ['Passport', 'National ID', 'Driving Licence'],
};

const customer: CustomerRowView = {
  connection: 'c-test',
  customer_id: '8423317705',
  partner_customer_id: 'hnl-logistics-2026-00031',
  name: 'Mingyue Textile (Suzhou) Co., Ltd.',
  local_name: '苏州明玥纺织有限公司',
  country: 'CN',
  status: { group: 'active', raw: 'Succeeded' },
  read_at: at(1),
};

export const customerRows: CustomerRowView[] = [
  customer,
  {
    ...customer,
    customer_id: '8423317706',
    name: 'Al Noor Trading FZE',
    local_name: 'النور للتجارة',
    country: 'AE',
    status: { group: 'waiting', raw: 'Processing' },
  },
  {
    ...customer,
    customer_id: '8423317707',
    name: 'Kestrel & Oak Ltd',
    local_name: '',
    country: 'GB',
    status: { group: 'unknown', raw: 'on_hold_l2' },
    read_at: at(900),
  },
];

export function customerView(connection: ConnectionView): CustomerView {
  return {
    connection,
    customer_id: customer.customer_id,
    partner_customer_id: customer.partner_customer_id,
    name: customer.name,
    local_name: customer.local_name,
    status: customer.status,
    created_at: '2026-05-03T08:45:12Z',
    read_at: at(0.1),
    readings: 3,
    sections: [
      {
        section: 'business_details',
        person: null,
        said: true,
        leaves: [
          { path: 'business_details/business_type', kind: 'choice', value: 'Limited Liability Company', masked: false },
          { path: 'business_details/website', kind: 'website', value: null, masked: false },
          {
            path: 'business_details/business_identifier_number',
            kind: 'text',
            value: '••••••••••618X',
            masked: true,
          },
        ],
      },
      {
        section: 'primary_contact',
        person: null,
        said: true,
        leaves: [
          { path: 'primary_contact/contact_email', kind: 'email', value: 's•••@•••.example', masked: true },
          { path: 'primary_contact/contact_phone', kind: 'phone', value: '+86 ••••••18', masked: true },
        ],
      },
      {
        section: 'business_person_list',
        person: 0,
        said: true,
        leaves: [
          {
            path: 'business_person_list/0/basic_info/first_name_english',
            kind: 'name_english',
            value: 'Yan',
            masked: false,
          },
          {
            path: 'business_person_list/0/identification/id_number',
            kind: 'text',
            value: '••••••••2218',
            masked: true,
          },
        ],
      },
    ],
    unknown: [{ path: 'risk_tier', kind: null, value: '2', masked: false }],
    history: [
      { status: { group: 'active', raw: 'Succeeded' }, at: at(1) },
      { status: { group: 'waiting', raw: 'Processing' }, at: at(5) },
    ],
    shown: [],
  };
}
