// An update, for tests: its draft, its review and both sides of it.
import { draftOf } from '$lib/draft/fixture';
import type { ChangeView, ClashView, DraftView, MergeView, ReviewView, UpdateReviewView, UpdateView } from '$lib/ipc';

export const NAME = 'business_details/business_name_english';
export const CITY = 'registration_address/registration_address_city';
export const PHONE = 'primary_contact/contact_phone';
export const EMAIL = 'primary_contact/contact_email';
export const EMAIL_READ = 'ho@acme.example';

export const updateOf = (part: Partial<UpdateView> = {}): UpdateView => ({
  customer_id: '84',
  name: 'Acme',
  local_name: '',
  reading: 'r1',
  read_at: '2026-11-20T06:10:00Z',
  untouched: [{ path: EMAIL, masked: 'h•••@•••.example' }],
  as_sent: [],
  missing: [],
  changes: [],
  newer: null,
  ...part,
});

export const updateDraft = (part: Partial<UpdateView> = {}, draft: Partial<DraftView> = {}): DraftView =>
  draftOf({
    id: 'u',
    texts: [
      { path: NAME, text: 'Acme' },
      { path: CITY, text: 'Osaka' },
    ],
    update: updateOf(part),
    ...draft,
  });

export const changeOf = (part: Partial<ChangeView> = {}): ChangeView => ({
  path: CITY,
  section: 'registration_address',
  person: null,
  kind: 'text',
  old: 'Kyoto',
  old_path: CITY,
  masked: false,
  new: 'Osaka',
  ...part,
});

export const reviewOf = (
  update: Partial<UpdateReviewView> = {},
  part: Partial<ReviewView> = {},
  draft: DraftView = updateDraft(),
): ReviewView => ({
  draft,
  sends: [],
  not_sent: [],
  blocked: false,
  house_missing: false,
  network: { online: true, offline_since: null },
  uploads: 0,
  update: { changes: [changeOf()], untouched: 41, problem: null, ...update },
  ...part,
});

export const clashOf = (part: Partial<ClashView> = {}): ClashView => ({
  path: CITY,
  section: 'registration_address',
  person: null,
  kind: 'text',
  original: 'Kyoto',
  original_path: CITY,
  mine: 'Osaka',
  theirs: 'Nara',
  theirs_path: CITY,
  masked: false,
  ...part,
});

export const mergeOf = (part: Partial<MergeView> = {}): MergeView => ({
  draft: 'u',
  base: 'r1',
  base_read_at: '2026-11-20T06:10:00Z',
  reading: 'r2',
  read_at: '2026-11-21T06:10:00Z',
  clashes: [
    clashOf(),
    clashOf({
      path: EMAIL,
      section: 'primary_contact',
      kind: 'email',
      original: 'h•••@•••.example',
      original_path: EMAIL,
      mine: 'new@acme.example',
      theirs: 'd•••@•••.example',
      theirs_path: EMAIL,
      masked: true,
    }),
  ],
  persons: [],
  taken: 0,
  mine: 0,
  ...part,
});
