// Made-up updates for fake-desk.ts: `?fake=update` lets every draft be one. With it `missing`, `newer` and `assent` say
// what the reading left out or that it is old; `edited` has changes; `nothing`, `files`, `clash`, `moved`, `readback` and
// `otherwise` end sending; `merge` opens the choice at once, with `who` a person is asked for first, `calm` has no clash.
import { checkOf, FIELDS } from '$lib/draft/fixture';
import { masked } from './fake-masks';
import type {
  AppView,
  ChangeView,
  ClashView,
  DraftView,
  IpcError,
  MergeView,
  OutcomeView,
  UpdateReviewView,
} from './bindings';
import { fake } from './fake';

const at = (hoursAgo: number) => new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
const failed = (code: string): IpcError => ({ code, params: {}, fields: [], trace_id: null, answer: null });

const P = 'business_person_list/p1/';
const BASE: Record<string, string> = {
  partner_customer_id: 'mingyue-textile-2019-0007',
  'business_details/business_name_english': 'Mingyue Textile (Suzhou) Co., Ltd.',
  'business_details/business_name': '苏州明玥纺织有限公司',
  'business_details/business_type': 'Limited Liability Company',
  'business_details/business_identifier_country_code': 'CN',
  'business_details/business_identifier_number': '91320594MA1XJ2K618',
  'business_details/business_identifier_start_date': '2019-03-12',
  'registration_address/registration_address_country_code': 'CN',
  'registration_address/registration_address_line1': '88 Xinghan Street, Block C',
  'registration_address/registration_address_city': 'Suzhou',
  'registration_address/registration_address_state': 'Zhejiang',
  'registration_address/registration_address_postcode': '215021',
  'account_usage/operating_country': 'CN',
  'account_usage/goods_service_description': 'Woven silk and cotton fabrics for clothing makers',
  'account_usage/estimated_monthly_revenue_currency': 'CNY',
  'account_usage/estimated_monthly_revenue_amount': '1250000.00',
  'primary_contact/contact_phone': '+8651262880417',
  'primary_contact/contact_email': 'shen@mingyue.example',
  [`${P}basic_info/first_name_english`]: 'Yulan',
  [`${P}basic_info/last_name_english`]: 'Shen',
  [`${P}basic_info/first_name`]: '玉兰',
  [`${P}basic_info/last_name`]: '沈',
  [`${P}basic_info/role_type`]: 'Director',
  [`${P}basic_info/birth_date`]: '1984-09-02',
  [`${P}basic_info/nationality`]: 'CN',
  [`${P}residential_address/residential_address_country_code`]: 'CN',
  [`${P}residential_address/residential_address_line1`]: '12 Pingjiang Road',
  [`${P}residential_address/residential_address_city`]: 'Suzhou',
  [`${P}residential_address/residential_address_postcode`]: '215005',
  [`${P}identification/id_type`]: 'Passport',
  [`${P}identification/id_number`]: 'E20448618X',
  [`${P}identification/id_issuing_country_code`]: 'CN',
  [`${P}identification/id_expiration_date`]: '2031-05-30',
};
const STATE = 'registration_address/registration_address_state';
const WEBSITE = 'business_details/website';
const NUMBER = `${P}identification/id_number`;

const change = (path: string, part: Partial<ChangeView> = {}): ChangeView => {
  const field = FIELDS.find((one) => one.path === path.replace('/p1/', '/*/'));
  const mask = masked(path, BASE[path] ?? '');
  return {
    path,
    section: field?.section ?? 'business_details',
    person: path.startsWith(P) ? 'Yulan Shen' : null,
    kind: field?.kind ?? null,
    old: mask ?? BASE[path] ?? null,
    old_path: BASE[path] === undefined ? null : path.replace('/p1/', '/0/'),
    masked: mask !== null,
    new: null,
    ...part,
  };
};
const clash = (path: string, mine: string | null, theirs: string | null): ClashView => {
  const { old, old_path, ...rest } = change(path);
  const side = theirs === null ? null : (masked(path, theirs) ?? theirs);
  return { ...rest, original: old, original_path: old_path, mine, theirs: side, theirs_path: side && old_path };
};

/** Answers the commands of updates. Call it after the drafts and the outbox have answered theirs. */
export function answerUpdates(state: AppView, wish: readonly string[]): void {
  const has = (word: string) => wish.includes(word);
  const texts = new Map(Object.entries(BASE));
  if (has('edited')) {
    texts.set(STATE, 'Jiangsu').set(WEBSITE, 'mingyue-textile.example').set(NUMBER, 'EJ7710204');
    texts.set('business_details/business_identifier_start_date', '2019-03-21').delete('primary_contact/contact_phone');
  }
  let seq = 12;
  let became: DraftView['state'] = has('readback') || has('otherwise') ? 'accepted' : 'editing';
  let outcome: OutcomeView | null = null;

  const accept = (): OutcomeView => ({
    outcome: 'accepted',
    customer_id: '8423317705',
    partner_customer_id: BASE.partner_customer_id ?? '',
    status: { group: 'waiting', raw: 'Processing' },
    at: at(0),
    read_back: has('otherwise') ? { at: at(0), differs: ['website', STATE].map((path) => path) } : null,
  });
  if (became === 'accepted') outcome = accept();
  if (has('clash') || has('moved'))
    outcome = {
      outcome: 'not_sent',
      reason: { code: has('moved') ? 'update.changed' : 'update.clash', params: { count: '2' } },
      error: null,
      at: at(0.1),
    };
  const changed = () =>
    [...new Set([...texts.keys(), ...Object.keys(BASE)])].filter((path) => texts.get(path) !== BASE[path]);

  function draft(id: string): DraftView {
    const connection = state.connections.find((one) => one.id === state.current_connection) ?? state.connections[0];
    if (!connection) throw failed('connection.gone');
    const hidden = [...texts].flatMap(([path, text]) => {
      const mask = text === BASE[path] ? masked(path, text) : null;
      return mask === null ? [] : { path, masked: mask };
    });
    const tally = { required: 5, filled: 5, started: true };
    return {
      id,
      connection,
      state: became,
      seq,
      saved_at: at(0.02),
      texts: [...texts]
        .filter(([path]) => hidden.every((one) => one.path !== path))
        .map(([path, text]) => ({ path, text })),
      persons: ['p1'],
      position: null,
      id_frozen: false,
      restored: false,
      fields: FIELDS,
      check: checkOf({
        sections: checkOf().sections.map(({ section }) => ({ section, ...tally })),
        persons: [{ person: 'p1', required: 14, filled: 14 }],
        required: 38,
        filled: 38,
      }),
      outcome,
      delivery: null,
      changed: [],
      update: {
        customer_id: '8423317705',
        name: BASE['business_details/business_name_english'] ?? '',
        local_name: BASE['business_details/business_name'] ?? '',
        reading: 'r1',
        read_at: at(0.3),
        untouched: hidden,
        as_sent: has('assent')
          ? ['account_usage/operating_country', `${P}identification/id_number`].map((path) => path)
          : [],
        missing: has('missing')
          ? [{ section: 'business_person_list', person: 'p1', group: 'residential_address' }]
          : [],
        changes: changed(),
        newer: has('newer') ? at(0.1) : null,
      },
    };
  }

  function review(): UpdateReviewView {
    const paths = changed();
    if (has('nothing') || paths.length === 0) return { changes: [], untouched: 0, problem: 'update.nothing' };
    const order = FIELDS.map(({ path }) => path.replace('/*/', '/p1/'));
    const rows = order
      .filter((path) => paths.includes(path))
      .map((path) => change(path, { new: texts.get(path) ?? null }));
    const person = { section: 'business_person_list', kind: null, old: null, old_path: null, masked: false } as const;
    return {
      changes: [...rows, { ...person, path: 'business_person_list/p9', person: 'Bo Lin', new: null }],
      untouched: 41,
      problem: null,
    };
  }

  const merge = (id: string, isSaid: boolean): MergeView => ({
    draft: id,
    base: 'r1',
    base_read_at: at(26),
    reading: 'r2',
    read_at: at(0.1),
    clashes: has('calm')
      ? []
      : [
          clash(STATE, 'Jiangsu', 'Jiangsu Sheng'),
          clash(WEBSITE, 'mingyue-textile.example', 'mingyue.example'),
          clash('primary_contact/contact_phone', null, '+8651262880418'),
          // Who they are is known first.
          ...(has('who') && !isSaid ? [] : [clash(NUMBER, 'EJ7710204', 'E20448618Y')]),
        ],
    persons:
      has('who') && !isSaid
        ? [
            {
              person: 'p1',
              name: 'Yulan Shen',
              maybe: [
                { place: 0, name: 'Shen Yulan', id_number: '••••••618Y' },
                { place: 1, name: 'Y. Shen', id_number: null },
              ],
            },
          ]
        : [],
    taken: 3,
    mine: 2,
  });
  const settled = () => Promise.reject(failed('conflict.settled'));
  const revealed = (path: string) => ({
    path,
    value: BASE[path.replace('/0/', '/p1/')] ?? '',
    hides_after_s: 30,
  });

  fake.on('update_begin', () => draft('u1'));
  if (!has('update')) return;
  fake
    .on('draft_open', ({ draft: id }) => draft(id))
    .on('draft_save', ({ edits }) => {
      for (const edit of edits) {
        if (edit.op !== 'set') continue;
        if (edit.text === '') texts.delete(edit.path);
        else texts.set(edit.path, edit.text);
      }
      seq += edits.length;
      const { saved_at, check, update } = draft('u1');
      return { seq, saved_at, check, changes: update?.changes ?? [] };
    })
    .on('draft_reveal', ({ path }) => revealed(path))
    .on('customer_reveal', ({ path }) => revealed(path))
    .on('draft_keep', ({ path }) => {
      const text = BASE[path];
      if (text === undefined) texts.delete(path);
      else texts.set(path, text);
      seq += 1;
      return draft('u1');
    })
    .on('draft_review', ({ draft: id }) => ({
      draft: draft(id),
      sends: [],
      not_sent: [],
      blocked: false,
      house_missing: false,
      network: state.network,
      uploads: has('files') ? 2 : 0,
      update: review(),
    }))
    .on('draft_submit', () => {
      became = 'accepted';
      outcome = accept();
      if (outcome.outcome === 'accepted') {
        const read = outcome;
        setTimeout(() => {
          outcome = { ...read, read_back: { at: at(0), differs: [] } };
          fake.advance('outbox_watch');
        }, 4_000);
      }
      return outcome;
    })
    .on('update_merge', ({ draft: id, persons }) => merge(id, persons.length > 0))
    .on('update_settle', ({ draft: id }) => {
      if (has('moved')) throw failed('update.changed');
      return draft(id);
    })
    .on('conflict_settle', ({ draft: id }) => {
      fake.on('conflict_open', settled);
      return draft(id);
    });
  if (has('merge')) fake.on('conflict_open', settled);
}
