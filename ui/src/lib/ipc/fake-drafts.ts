// Made-up drafts for fake-desk.ts. `?fake=` picks what became of the draft that is opened: `rejected`, `unknown`,
// `accepted`, `conflict`, `sending`, `queued`, `paused`, `tired`, `restored`, `problems`, `asked`; `unreached` lets sending end
// before the platform, `late` lets what is unknown be found after a while; `empty`, `broken` and `many` are for the list.
import { checkOf, FIELDS } from '$lib/draft/fixture';
import { fake } from './fake';
import { landed } from './fake-documents';
import type {
  AppView,
  Check,
  DeliveryView,
  DraftListRequest,
  DraftRowView,
  DraftState,
  DraftView,
  FieldText,
  IpcError,
  OutcomeView,
  Problem,
  Section,
} from './bindings';
import { answer401 } from './fake-records';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const at = (hoursAgo: number) => new Date(Date.now() - hoursAgo * 3_600_000).toISOString();

const RESET = { code: 'network.reset', params: {} };
const REFUSED = { code: 'network.refused', params: {} };

/** Where a draft in a state stands. */
function deliveryOf(state: DraftState, tired = false): DeliveryView | null {
  const of = (part: Pick<DeliveryView, 'state' | 'next'> & Partial<DeliveryView>): DeliveryView => ({
    purpose: 'create',
    next_at: null,
    since: at(0.02),
    sent_at: at(0.02),
    lookups: 0,
    misses: 0,
    misses_needed: 2,
    absences: 0,
    reason: null,
    error: null,
    ...part,
  });
  switch (state) {
    case 'queued':
      return of({ state, next: 'try_again', next_at: at(-0.06), sent_at: null, reason: REFUSED });
    case 'sending':
      return of({ state, next: 'answer', sent_at: at(0) });
    case 'paused':
      return tired
        ? of({ state, next: 'decision', reason: { code: 'queue.tired', params: {} }, absences: 3 })
        : of({ state, next: 'connection', reason: { code: 'auth.refused', params: {} }, error: answer401 });
    case 'unknown':
      return of({ state, next: 'look_up', next_at: at(-0.007), lookups: 1, reason: RESET });
    case 'conflict':
      return of({ state, next: 'decision' });
    default:
      return null;
  }
}

const base: DraftRowView = {
  id: '',
  connection: '',
  name: '',
  local_name: '',
  purpose: 'create',
  state: 'editing',
  required: 38,
  filled: 38,
  errors: 0,
  warnings: 0,
  group: 'being_written',
  delivery: null,
  sections: [],
  rejected: [],
  customer_id: null,
  saved_at: at(0.1),
  deleted_at: null,
};

const POSTCODE = 'registration_address/registration_address_postcode';
const PHONE = 'primary_contact/contact_phone';
const ROWS: Partial<DraftRowView>[] = [
  {
    name: 'Lotus Gate Tea Merchants',
    local_name: '蓮門茶莊',
    state: 'rejected',
    errors: 2,
    rejected: [POSTCODE, PHONE],
  },
  { name: 'Kiri Paper Mills K.K.', local_name: '霧製紙株式会社', state: 'conflict', purpose: 'update' },
  { name: 'Okabe Lens Works K.K.', local_name: '岡部レンズ製作所株式会社', state: 'conflict' },
  { name: 'Noor Al Bahr Shipping FZE', local_name: 'نور البحر للملاحة', state: 'unknown' },
  { name: 'Harbour Nine Logistics Limited', local_name: '九號港物流有限公司', filled: 34, errors: 1, warnings: 1 },
  { name: 'Brightwater Ceramics Pte. Ltd.', local_name: '明水陶瓷私人有限公司', filled: 30 },
  { name: 'Sungai Biru Packaging Sdn. Bhd.', filled: 12 },
  { name: 'Mingyue Textile (Suzhou) Co., Ltd.', local_name: '苏州明玥纺织有限公司', purpose: 'update' },
  {
    name: 'Wei Ling Tan',
    purpose: 'update',
    customer_id: 'cust_corp/individuals/ind_2041',
    connection: 'c-btest',
    required: 5,
    filled: 4,
  },
  { filled: 0, saved_at: at(60) },
  { name: "O'Dwyer & Figg Joinery (Asia) Limited", warnings: 1 },
  { name: 'Jade Ferry Travel Limited', local_name: '玉渡旅遊有限公司', state: 'sending' },
  { name: 'Hinoki Bath Fittings K.K.', local_name: '檜風呂金物株式会社', state: 'queued' },
  { name: 'Mingyue Textile (Suzhou) Co., Ltd.', local_name: '苏州明玥纺织有限公司', state: 'paused' },
  { name: 'Zaytoun Fresh Foods Trading LLC', local_name: 'شركة زيتون لتجارة الأغذية الطازجة', state: 'accepted' },
  { name: 'Narae Bolt & Gear Co., Ltd.', local_name: '주식회사 나래볼트기어', state: 'accepted', saved_at: at(50) },
];
const GROUPS = ['needs_you', 'being_written', 'on_the_way', 'sent_today', 'sent_before'] as const;

function groupOf({ state, saved_at }: DraftRowView): DraftRowView['group'] {
  if (state === 'editing') return 'being_written';
  if (state === 'sending' || state === 'queued') return 'on_the_way';
  if (state !== 'accepted') return 'needs_you';
  return saved_at < at(30) ? 'sent_before' : 'sent_today';
}

function rowOf(part: Partial<DraftRowView>, number: number, connection: string): DraftRowView {
  const row = { ...base, saved_at: at(0.1 + number / 9), connection, ...part, id: `d${number}` };
  const sections: Section[] =
    row.required === 5
      ? ['primary_contact']
      : row.filled < 13
        ? ['business_details', 'registration_address']
        : ['business_person_list'];
  return {
    ...row,
    group: groupOf(row),
    delivery: deliveryOf(row.state),
    sections: row.filled < row.required ? sections : [],
    customer_id: row.state === 'accepted' ? 'cus_4be1a0f2c3d4e5f6a7b890d7' : row.customer_id,
  };
}

const BODY = 'business_person_list/p2/';
const TEXTS: [path: string, text: string][] = [
  ['partner_customer_id', 'cd-0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b'],
  ['business_details/business_name_english', 'Harbour Nine Logistics Limited'],
  ['business_details/business_name', '九號港物流有限公司'],
  ['business_details/business_type', 'Limited Liability Company'],
  ['business_details/business_identifier_country_code', 'HK'],
  ['registration_address/registration_address_country_code', 'HK'],
  ['registration_address/registration_address_line1', '18 Harbour Street'],
  ['registration_address/registration_address_city', 'Hong Kong'],
  ['account_usage/estimated_monthly_revenue_currency', 'HKD'],
  ['account_usage/estimated_monthly_revenue_amount', '1.2m'],
  [PHONE, '2123 45'],
  ['primary_contact/contact_email', 'desk@harbournine.example'],
  ['business_person_list/p1/basic_info/first_name_english', 'Wing Yan'],
  ['business_person_list/p1/basic_info/last_name_english', 'Ho'],
  ['business_person_list/p1/basic_info/first_name', '詠欣'],
  ['business_person_list/p1/basic_info/last_name', '何'],
  ['business_person_list/p1/basic_info/role_type', 'Director'],
  [`${BODY}basic_info/first_name_english`, 'Layla'],
  [`${BODY}basic_info/last_name_english`, 'Al Marri'],
  [`${BODY}basic_info/first_name`, 'ليلى'],
  [`${BODY}basic_info/last_name`, 'المري'],
  [`${BODY}basic_info/role_type`, 'Director'],
  [`${BODY}basic_info/birth_date`, '3 apr 1988'],
  [`${BODY}residential_address/residential_address_country_code`, 'HK'],
  [`${BODY}residential_address/residential_address_line1`, '18 Harbour Street'],
  [`${BODY}residential_address/residential_address_city`, 'Hong Kong'],
];
/** `asked`: texts that can be read in two ways, and one that another draft has. */
const ASKED: [path: string, text: string, code: string, params: Record<string, string>][] = [
  [
    'business_details/business_identifier_start_date',
    '3/4/2021',
    'date.ambiguous',
    { first: '2021-04-03', second: '2021-03-04' },
  ],
  ['account_usage/estimated_monthly_revenue_amount', '1.234', 'amount.ambiguous', { a: '1234', b: '1.23' }],
  [
    'business_details/business_identifier_number',
    '51 824 753 556',
    'duplicate.identifier',
    { what: 'draft', draft: 'd5', connection: '', customer: '', name: 'Brightwater Ceramics', at: at(200) },
  ],
];
const texts: FieldText[] = TEXTS.map(([path, text]) => ({ path, text }));

function check(problems: boolean): Check {
  const missing = ['basic_info/nationality', 'identification/id_issuing_country_code', 'identification/id_number'];
  const tally = { required: 5, filled: 5, started: true };
  return checkOf({
    problems: problems
      ? [
          { path: PHONE, code: 'phone.country_code', params: {}, severity: 'error' },
          { path: 'business_details/business_type', code: 'choice.other', params: {}, severity: 'warning' },
        ]
      : [],
    missing: missing.map((path) => ({ path: BODY + path, section: 'business_person_list', requirement: 'house' })),
    echoes: [{ path: `${BODY}basic_info/birth_date`, code: 'date', params: { date: '1988-04-03' } }],
    sections: checkOf().sections.map(({ section }) => ({
      section,
      ...(section === 'business_person_list' ? { required: 36, filled: 33, started: true } : tally),
    })),
    persons: [
      { person: 'p1', required: 14, filled: 14 },
      { person: 'p2', required: 14, filled: 11 },
    ],
    required: 57,
    filled: 54,
  });
}

const error = { ...answer401, status: 422, code: 'INVALID_REQUEST', message: 'Two fields cannot be taken.' };
const OUTCOMES: Partial<Record<DraftState, OutcomeView>> = {
  rejected: {
    outcome: 'rejected',
    error: { ...error, fields: [{ field: 'risk_profile', message: 'must be agreed first' }] },
    fields: [{ path: PHONE, message: 'phone not reachable' }],
    at: at(0.2),
  },
  unknown: { outcome: 'unknown', reason: RESET, error: null, at: at(0.2) },
  accepted: {
    outcome: 'accepted',
    customer_id: '8423317705',
    partner_customer_id: 'cd-0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b',
    status: { group: 'waiting', raw: 'Processing' },
    at: at(0.2),
    read_back: null,
  },
};

/** Answers the commands of the drafts' screens. */
export function answerDrafts(state: AppView, wish: readonly string[]): void {
  const has = (word: string) => wish.includes(word);
  const many = has('many') ? Array.from({ length: 480 }, (_, n) => ({ name: `Made-up customer ${n + 1}` })) : [];
  const connection = state.current_connection ?? '';
  let rows = has('empty') ? [] : [...ROWS, ...many].map((row, number) => rowOf(row, number, connection));
  const states: DraftState[] = ['rejected', 'unknown', 'accepted', 'conflict', 'sending', 'queued', 'paused'];
  let became: DraftState = states.find(has) ?? (has('tired') ? 'paused' : 'editing');
  let outcome: OutcomeView | null = OUTCOMES[became] ?? null;
  const become = (state: DraftState, what = OUTCOMES[state] ?? null) => {
    became = state;
    outcome = what;
    fake.advance('outbox_watch');
  };
  if (has('late')) setTimeout(() => become('accepted'), 6_000);
  let seq = 12;
  const asked = has('asked') ? ASKED : [];
  const live = new Map([...TEXTS, ...asked.map(([path, text]) => [path, text] as const)]);
  const checked = (): Check => {
    const now = check(has('problems'));
    const still = asked.filter(([path, text]) => live.get(path) === text);
    const found = still.map(([path, , code, params]): Problem => {
      const severity = code.startsWith('duplicate.') ? 'warning' : 'error';
      return { path, code, params, severity };
    });
    return { ...now, problems: [...now.problems, ...found] };
  };

  function draft(id: string): DraftView {
    const fresh = id === 'new';
    const of = state.connections.find((each) => each.id === state.current_connection) ?? state.connections[0];
    if (!of) throw { code: 'connection.gone', params: {}, fields: [], trace_id: null, answer: null } satisfies IpcError;
    return {
      id,
      connection: of,
      state: fresh ? 'editing' : became,
      seq,
      saved_at: at(0.02),
      texts: fresh
        ? []
        : [
            ...[...live].map(([path, text]) => ({ path, text })),
            ...[...landed].map(([path, text]) => ({ path, text })),
          ],
      persons: fresh ? ['p1'] : ['p1', 'p2'],
      position: fresh ? null : `${BODY}basic_info/nationality`,
      id_frozen: became !== 'editing',
      restored: has('restored'),
      fields: FIELDS,
      check: fresh ? checkOf() : checked(),
      outcome: fresh ? null : outcome,
      delivery: fresh ? null : deliveryOf(became, has('tired')),
      changed: [],
      update: null,
    };
  }

  function listOf({ query, group, deleted, offset, limit }: DraftListRequest) {
    if (has('broken')) throw { code: 'store.failed', params: {}, fields: [], trace_id: null, answer: null };
    const word = query.toLowerCase();
    const there = rows.filter((row) => (row.deleted_at !== null) === deleted);
    const found = there.filter((row) => `${row.name} ${row.local_name}`.toLowerCase().includes(word));
    const shown = GROUPS.flatMap((each) => found.filter((row) => row.group === each && (group ?? each) === each));
    const groups = GROUPS.map((each) => ({ group: each, count: found.filter((row) => row.group === each).length }));
    return {
      drafts: shown.slice(offset, offset + limit),
      total: shown.length,
      groups: groups.filter(({ count }) => count > 0),
      deleted: rows.filter((row) => row.deleted_at !== null).length,
    };
  }
  const mark = (id: string, deleted_at: string | null) => {
    rows = rows.map((row) => (row.id === id ? { ...row, deleted_at } : row));
    return {};
  };

  fake
    .on('draft_list', listOf)
    .on('draft_create', () => draft('new'))
    .on('draft_open', ({ draft: id }) => draft(id))
    .on('draft_duplicate', () => draft('d-copy'))
    .on('draft_delete', ({ draft: id }) => mark(id, new Date().toISOString()))
    .on('draft_restore', ({ draft: id }) => mark(id, null))
    .on('draft_save', ({ edits }) => {
      seq += edits.length;
      for (const edit of edits) if (edit.op === 'set') live.set(edit.path, edit.text);
      return { seq, saved_at: new Date().toISOString(), check: checked(), changes: [] };
    })
    .on('draft_review', ({ draft: id }) => ({
      draft: draft(id),
      sends: texts,
      not_sent: [],
      blocked: has('problems'),
      house_missing: became === 'editing',
      network: state.network,
      uploads: 0,
      update: null,
    }))
    .on('draft_submit', async ({ may_wait }) => {
      await wait(1200);
      if (has('unreached') && (may_wait || state.when_offline === 'wait')) become('queued');
      else if (has('unreached'))
        become('editing', { outcome: 'not_sent', reason: REFUSED, error: null, at: new Date().toISOString() });
      else become('accepted');
      return outcome ?? { outcome: 'waiting', reason: REFUSED, error: null, next_at: at(-0.06), at: at(0) };
    })
    .on('submission_lookup', async () => {
      await wait(800);
      become('accepted');
      return OUTCOMES.accepted as OutcomeView;
    })
    .on('outbox_send_now', async () => {
      become('sending');
      setTimeout(() => become('accepted'), 3_000);
      return {};
    })
    .on('outbox_cancel', ({ draft: id }) => {
      const reason = { code: 'cancelled', params: {} };
      become('editing', { outcome: 'not_sent', reason, error: null, at: new Date().toISOString() });
      return draft(id);
    });
}
