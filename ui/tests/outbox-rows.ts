// Something on its way, for tests.
import type { ConflictView, DeliveryView, DraftListView, DraftRowView, OutboxRowView } from '$lib/ipc';
import { connections } from '$lib/ipc/fake-records';

export const HERE = connections.find((one) => one.id === 'c-test')!;

export const delivery = (part: Partial<DeliveryView> = {}): DeliveryView => ({
  purpose: 'create',
  state: 'queued',
  next: 'send',
  next_at: null,
  since: '2026-11-21T14:00:00Z',
  sent_at: null,
  lookups: 0,
  misses: 0,
  misses_needed: 2,
  absences: 0,
  reason: null,
  error: null,
  ...part,
});

/** A row by the name of its draft. */
export const row = (draft: string, part: Partial<DeliveryView> = {}, connection = HERE): OutboxRowView => ({
  draft,
  connection,
  name: `Name of ${draft}`,
  local_name: '',
  partner_customer_id: `cd-${draft}`,
  delivery: delivery(part),
});

/** The list of drafts with these sent today. */
export const sentToday = (...ids: string[]): DraftListView => ({
  drafts: ids.map((id) => ({ id }) as DraftRowView),
  total: ids.length,
  groups: [],
  deleted: 0,
});

export const conflictOf = (part: Partial<ConflictView> = {}): ConflictView => ({
  draft: 'a',
  connection: HERE,
  name: 'Acme',
  purpose: 'create',
  partner_customer_id: 'cd-a',
  customer_id: '84',
  read_at: '2026-11-21T14:00:00Z',
  error: null,
  rows: [
    {
      path: 'registration_address/registration_address_city',
      section: 'registration_address',
      person: null,
      kind: 'text',
      ours: 'Osaka',
      theirs: 'Kyoto',
      masked: false,
    },
    {
      path: 'business_person_list/0/identification/id_number',
      section: 'business_person_list',
      person: 1,
      kind: 'text',
      ours: 'TK4412098',
      theirs: '•••••618X',
      masked: true,
    },
  ],
  same: 31,
  ...part,
});
