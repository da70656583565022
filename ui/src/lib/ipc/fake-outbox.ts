// Made-up things on the way for fake-desk.ts: `?fake=waiting` has one of each kind. The conflict can be `gone`, `refused`
// or of an `update`; `unwatched` lets the subscription fail.
import { fake } from './fake';
import type {
  ApiErrorView,
  AppView,
  ConflictRowView,
  ConflictView,
  DeliveryView,
  DraftView,
  Message,
  OutboxRowView,
} from './bindings';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();
const because = (code: string, params: Record<string, string> = {}): Message => ({ code, params });
const answer = (status: number, message: string): ApiErrorView => ({
  status,
  code: null,
  message,
  fields: [],
  raw: JSON.stringify({ message }),
  trace_id: '7f21-c09e',
});

const base: DeliveryView = {
  purpose: 'create',
  state: 'queued',
  next: 'send',
  next_at: null,
  since: ago(3_000),
  sent_at: null,
  lookups: 0,
  misses: 0,
  misses_needed: 2,
  absences: 0,
  reason: null,
  error: null,
};

const ROWS: [name: string, local: string, delivery: Partial<DeliveryView>, other?: boolean][] = [
  ['Okabe Lens Works K.K.', '岡部レンズ製作所株式会社', { state: 'conflict', next: 'decision', sent_at: ago(2_400) }],
  [
    'Noor Al Bahr Shipping FZE',
    'نور البحر للملاحة',
    {
      state: 'unknown',
      next: 'look_up_for_proof',
      next_at: ago(-25),
      sent_at: ago(150),
      lookups: 6,
      misses: 1,
      reason: because('lookup.missed'),
      error: answer(404, 'not found'),
    },
  ],
  [
    'Harbour Nine Logistics Limited',
    '九號港物流有限公司',
    {
      state: 'unknown',
      next: 'look_up',
      next_at: ago(-9),
      sent_at: ago(12),
      lookups: 1,
      reason: because('network.reset'),
    },
  ],
  ['Jade Ferry Travel Limited', '玉渡旅遊有限公司', { state: 'sending', next: 'answer', sent_at: ago(2) }],
  [
    'Hinoki Bath Fittings K.K.',
    '檜風呂金物株式会社',
    { next: 'try_again', next_at: ago(-220), reason: because('network.refused') },
    true,
  ],
  ['Sungai Biru Packaging Sdn. Bhd.', '', { next: 'send_in_turn', reason: because('queue.turn') }],
  [
    'Mingyue Textile (Suzhou) Co., Ltd.',
    '苏州明玥纺织有限公司',
    { purpose: 'update', next: 'send_after_limit', next_at: ago(-40), reason: because('rate.limited') },
    true,
  ],
  [
    'Brightwater Ceramics Pte. Ltd.',
    '明水陶瓷私人有限公司',
    { next: 'send_again', sent_at: ago(400), absences: 1, reason: because('lookup.absent') },
    true,
  ],
  [
    'Lotus Gate Tea Merchants',
    '蓮門茶莊',
    {
      state: 'paused',
      next: 'connection',
      sent_at: ago(900),
      reason: because('auth.refused'),
      error: answer(401, 'no'),
    },
    true,
  ],
];

const difference = (
  path: string,
  ours: string,
  theirs: string | null,
  part: Partial<ConflictRowView> = {},
): ConflictRowView => ({
  path,
  section: 'business_details',
  person: null,
  kind: 'text',
  ours,
  theirs,
  masked: false,
  ...part,
});

const PERSON = { section: 'business_person_list', person: 0 } as const;
const DIFFERENCES: ConflictRowView[] = [
  difference('business_details/business_name_english', 'Okabe Lens Works K.K.', 'Okabe Optical Trading K.K.'),
  difference('business_details/business_name', '岡部レンズ製作所株式会社', '岡部光学商事株式会社'),
  difference('business_details/website', 'okabe-lens.example', null),
  difference('registration_address/registration_address_city', 'Osaka', 'Kyoto', { section: 'registration_address' }),
  difference('primary_contact/contact_email', 'desk@okabe-lens.example', 's•••@•••.example', {
    section: 'primary_contact',
    kind: 'email',
    masked: true,
  }),
  difference('business_person_list/0/basic_info/birth_date', '1988-04-03', '••••-••-••', {
    ...PERSON,
    kind: 'date',
    masked: true,
  }),
  difference('business_person_list/0/identification/id_number', 'TK4412098', '•••••618X', {
    ...PERSON,
    kind: 'text',
    masked: true,
  }),
];

/** Answers the commands of what is on the way. Call it after the drafts have answered theirs. */
export function answerOutbox(state: AppView, wish: readonly string[]): void {
  const has = (word: string) => wish.includes(word);
  const here = state.connections.find((one) => one.id === state.current_connection);
  const other = state.connections.find((one) => one.environment === here?.environment && one !== here);
  let rows: OutboxRowView[] = ROWS.flatMap(([name, local_name, delivery, elsewhere], number) => {
    const connection = (elsewhere ? other : here) ?? here;
    if (!connection || !has('waiting')) return [];
    const partner_customer_id = `cd-0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1${number}`;
    return {
      draft: `w${number}`,
      connection,
      name,
      local_name,
      partner_customer_id,
      delivery: { ...base, ...delivery },
    };
  });
  const count = () => {
    const of = (...states: string[]) => rows.filter((row) => states.includes(row.delivery.state)).length;
    state.outbox = {
      waiting: of('queued', 'sending'),
      paused: of('paused'),
      unknown: of('unknown'),
      conflict: of('conflict'),
    };
  };
  const left = (draft: string) => {
    rows = rows.filter((row) => row.draft !== draft);
    count();
    setTimeout(() => fake.advance('outbox_watch'), 20);
  };
  count();

  const conflict = (draft: string): ConflictView => {
    if (!here) throw { code: 'conflict.settled', params: {}, fields: [], trace_id: null, answer: null };
    const bare = has('gone') || has('refused');
    return {
      draft,
      connection: here,
      name: 'Okabe Lens Works K.K.',
      purpose: has('update') || has('gone') ? 'update' : 'create',
      partner_customer_id: 'cd-0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a10',
      customer_id: has('refused') ? null : '8423317705',
      read_at: bare ? null : ago(1_200),
      error: has('gone') ? answer(404, 'no such customer') : has('refused') ? answer(409, 'already exists') : null,
      rows: bare ? [] : DIFFERENCES,
      same: bare ? 0 : 31,
    };
  };

  fake
    .on('outbox_watch', () =>
      has('unwatched')
        ? Promise.reject({ code: 'internal', params: {}, fields: [], trace_id: null, answer: null })
        : new Promise(() => undefined),
    )
    .on('outbox_list', () => {
      if (has('broken')) throw { code: 'store.failed', params: {}, fields: [], trace_id: null, answer: null };
      return { rows };
    })
    .on('conflict_open', ({ draft }) => conflict(draft))
    .on('conflict_settle', ({ draft }) => {
      left(draft);
      return { id: draft } as DraftView;
    });
  if (!has('waiting')) return;
  fake
    .on('outbox_cancel', ({ draft }) => {
      left(draft);
      return { id: draft, state: 'editing' } as DraftView;
    })
    .on('outbox_send_now', ({ draft }) => {
      rows = rows.map((row) =>
        row.draft === draft
          ? { ...row, delivery: { ...base, state: 'sending', next: 'answer', sent_at: new Date().toISOString() } }
          : row,
      );
      count();
      return {};
    })
    .on('submission_lookup', async ({ draft }) => {
      await new Promise((resolve) => setTimeout(resolve, 900));
      left(draft);
      return {
        outcome: 'accepted',
        customer_id: '8423317705',
        partner_customer_id: '',
        status: null,
        at: ago(0),
        read_back: null,
      };
    });
}
