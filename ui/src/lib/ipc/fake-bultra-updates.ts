// Made-up updates of customers of Bultra for fake-desk.ts: contact and address, nothing else.
import { checkOf, FIELDS } from '$lib/draft/fixture';
import type { ChangeView, ConnectionView, DraftView, FieldView, OutcomeView } from './bindings';
import { fake } from './fake';
import { masked } from './fake-masks';

const R = 'registration_address/registration_address';
export const BASE: Record<string, string> = {
  [`${R}_country_code`]: 'SG',
  [`${R}_line1`]: '8 Marina View, #31-04',
  [`${R}_city`]: 'Singapore',
  [`${R}_postcode`]: '018960',
  'primary_contact/contact_phone': '+6563330142',
  'primary_contact/contact_email': 'finance@tidewater.example',
};
const maskOf = (path: string, text: string) =>
  masked(path, text) ?? (/_(line1|city|state|postcode)$/.test(path) && text ? '••••••••' : null);

/** The fields of the form: the platform cannot clear what it has. */
export const CONTACT_FIELDS: FieldView[] = FIELDS.filter(
  ({ section }) => section === 'registration_address' || section === 'primary_contact',
).map((field) => ({ ...field, requirement: /_(state|postcode)$/.test(field.path) ? 'optional' : 'platform' }));

/** The update of a corporation, or of an individual of it. */
export function contactDraft(id: string, connection: ConnectionView, texts: ReadonlyMap<string, string>): DraftView {
  const now = new Date().toISOString();
  const isOne = id === 'ub-one';
  const hidden = [...texts].flatMap(([path, text]) => {
    const mask = text === BASE[path] ? maskOf(path, text) : null;
    return mask === null ? [] : { path, masked: mask };
  });
  const empty = CONTACT_FIELDS.filter(({ path, requirement }) => requirement === 'platform' && !texts.has(path));
  return {
    id,
    connection,
    state: 'editing',
    seq: 1,
    saved_at: now,
    texts: [...texts]
      .filter(([path]) => hidden.every((one) => one.path !== path))
      .map(([path, text]) => ({ path, text })),
    persons: [],
    position: null,
    id_frozen: true,
    restored: false,
    fields: CONTACT_FIELDS,
    check: checkOf({
      missing: empty.map(({ path, section, requirement }) => ({ path, section, requirement })),
      sections: [
        { section: 'registration_address', required: 3, filled: 3, started: true },
        { section: 'primary_contact', required: 2, filled: 2 - empty.length, started: true },
      ],
      required: 5,
      filled: 5 - empty.length,
    }),
    outcome: null,
    delivery: null,
    changed: [],
    update: {
      customer_id: isOne ? 'cust_corp/individuals/ind_2041' : 'cust_corp',
      name: isOne ? 'Wei Ling Tan' : 'Tidewater Instruments Pte. Ltd.',
      local_name: '',
      reading: 'r-6',
      read_at: new Date(Date.now() - 1_500_000).toISOString(),
      untouched: hidden,
      as_sent: [],
      missing: [],
      changes: [...new Set([...texts.keys(), ...Object.keys(BASE)])].filter((path) => texts.get(path) !== BASE[path]),
      newer: null,
    },
  };
}

/** Answers for the drafts `ub-…`, and leaves the others to who answered before. */
export function answerBultraUpdates(connection: ConnectionView, wish: readonly string[]): void {
  const texts = new Map(Object.entries(BASE));
  let outcome: OutcomeView | null = null;
  const isOurs = (id: string) => id.startsWith('ub-');
  const draft = (id: string): DraftView => {
    if (id === 'ub-edited' && texts.get(`${R}_line1`) === BASE[`${R}_line1`])
      texts.set(`${R}_line1`, '1 Raffles Quay, #12-01').set('primary_contact/contact_phone', '+6563339999');
    if (wish.includes('cleared')) texts.delete('primary_contact/contact_email');
    return { ...contactDraft(id, connection, texts), ...(outcome && { outcome, state: 'accepted' as const }) };
  };
  const open = fake.by('draft_open');
  const save = fake.by('draft_save');
  const review = fake.by('draft_review');
  const submit = fake.by('draft_submit');
  const reveal = fake.by('draft_reveal');
  const begin = fake.by('update_begin');
  fake
    .on('draft_open', (ref) => (isOurs(ref.draft) ? draft(ref.draft) : open!(ref)))
    .on('update_begin', (ref) =>
      ref.connection === connection.id ? draft(ref.customer_id.includes('/') ? 'ub-one' : 'ub-corp') : begin!(ref),
    )
    .on('draft_reveal', (ref) =>
      isOurs(ref.draft) || !reveal ? { path: ref.path, value: BASE[ref.path] ?? '', hides_after_s: 30 } : reveal(ref),
    )
    .on('draft_save', (ref) => {
      if (!isOurs(ref.draft)) return save!(ref);
      for (const edit of ref.edits) {
        if (edit.op !== 'set') continue;
        if (edit.text === '') texts.delete(edit.path);
        else texts.set(edit.path, edit.text);
      }
      const { saved_at, check, update } = draft(ref.draft);
      return { seq: 2, saved_at, check, changes: update?.changes ?? [] };
    })
    .on('draft_review', (ref) => {
      if (!isOurs(ref.draft)) return review!(ref);
      const view = draft(ref.draft);
      const changes = (view.update?.changes ?? []).map((path): ChangeView => {
        const field = CONTACT_FIELDS.find((one) => one.path === path);
        const mask = maskOf(path, BASE[path] ?? '');
        return {
          path,
          section: field?.section ?? 'primary_contact',
          person: null,
          kind: field?.kind ?? null,
          old: mask ?? BASE[path] ?? null,
          old_path: path,
          masked: mask !== null,
          new: texts.get(path) ?? null,
        };
      });
      return {
        draft: view,
        sends: [],
        not_sent: [],
        blocked: view.check.missing.length > 0,
        house_missing: false,
        network: { online: true, offline_since: null },
        uploads: 0,
        update: { changes, untouched: 4, problem: changes.length === 0 ? 'update.nothing' : null },
      };
    })
    .on('draft_submit', (ref) => {
      if (!isOurs(ref.draft)) return submit!(ref);
      const now = new Date().toISOString();
      return (outcome = {
        outcome: 'accepted',
        customer_id: 'cust_corp',
        partner_customer_id: '',
        status: { group: 'active', raw: 'ACTIVE_L2F' },
        at: now,
        read_back: { at: now, differs: [] },
      });
    });
}
