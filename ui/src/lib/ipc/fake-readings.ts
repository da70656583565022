// The made-up readings of fake-customers.ts: six of each customer, the newest of which differs in what the pictures show.
import type { Known } from './fake-customer-rows';
import { leavesOf } from './fake-customer-view';
import type { ChangedView, ComparisonRowView, ComparisonView, ReadingCompare, ReadingView, Section } from './bindings';

/** How many are kept of each. */
export const READINGS = 6;
/** The one that was last looked at. */
const LOOKED_AT = 'r-5';

const P = 'business_person_list';
const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
/** When each was first and last read, days ago, newest first. */
const TIMES = [
  [0, 0],
  [202, 61],
  [202.01, 202.01],
  [230, 203],
  [260, 231],
  [300, 270],
] as const;

/** The readings of a customer, newest first. */
export function readingsOf(row: Known, number: number): ReadingView[] {
  return TIMES.slice(0, number).map(([first, last], at) => ({
    id: `r-${READINGS - at}`,
    first_read_at: at === 0 ? row.read_at : ago(first),
    last_read_at: at === 0 ? row.read_at : ago(last),
    status: at === 0 ? row.status : { group: at < 2 ? 'active' : 'waiting', raw: at < 2 ? 'Succeeded' : 'Processing' },
    changes: at === number - 1 ? null : at === 0 ? 9 : at === 1 ? 1 : 2,
  }));
}

interface Change extends Partial<ComparisonRowView> {
  path: string;
}

const CHANGES: Change[] = [
  { path: 'status', kind: 'text', before: 'Succeeded', after: 'Suspended', change: 'changed' },
  { path: 'business_details/website', after: 'mingyue-textile.example', change: 'added' },
  { path: 'business_details/business_name', after: '苏州明玥纺织有限公司', change: 'not_said' },
  { path: 'registration_address/registration_address_state', before: 'Zhejiang', after: 'Jiangsu', change: 'changed' },
  { path: 'registration_address/registration_address_postcode', before: '310000', after: '215021', change: 'changed' },
  {
    path: 'primary_contact/contact_phone',
    before: '+86 •••• ••88',
    after: '+86 •••• ••29',
    masked: true,
    change: 'changed',
  },
  {
    path: `${P}/1/identification/id_number`,
    before: '••••••••9981',
    after: '••••••••0217',
    masked: true,
    person: 0,
    change: 'changed',
  },
  {
    path: `${P}/1/identification/id_expiration_date`,
    before: '2026-11-30',
    after: '2026-12-10',
    kind: 'date',
    person: 0,
    change: 'changed',
  },
  { path: `${P}/0/basic_info/role_type`, before: 'Shareholder', person: 1, change: 'removed' },
  { path: 'risk_tier', kind: null, after: '2', change: 'added' },
];

/** The values of readings before, which a mask hides. */
export function wholeOf(path: string, reading: string | null): string | undefined {
  if (reading === null) return undefined;
  return {
    'primary_contact/contact_phone': '+8657188880088',
    [`${P}/1/identification/id_number`]: '320501198511179981',
  }[path];
}

/** What changed of those that changed. */
export function changedOf(gone: boolean): ChangedView {
  if (gone) return { fields: 0, reading: 'r-6', since: ago(0), paths: [] };
  const paths = CHANGES.flatMap(({ path, change, after }) => (change === 'not_said' || !after ? [] : [path]));
  return { fields: 9, reading: LOOKED_AT, since: ago(61), paths };
}

const SECTIONS = ['business_details', 'registration_address', 'account_usage', 'primary_contact', P];

function rowOf({ path, ...more }: Change): ComparisonRowView {
  const section = SECTIONS.find((one) => path.startsWith(`${one}/`)) as Section | undefined;
  const row = {
    section: section ?? null,
    person: null,
    kind: 'text',
    before: null,
    after: null,
    masked: false,
  } as const;
  return {
    ...row,
    change: 'same',
    ...more,
    before_path: more.before === undefined ? null : path,
    after_path: more.after === undefined ? null : path,
  };
}

/** Two readings side by side. */
export function compareOf(row: Known, { before, after, all }: ReadingCompare, same: boolean): ComparisonView {
  const readings = readingsOf(row, READINGS);
  const newer = readings.find(({ id }) => id === after) ?? readings[0]!;
  const older = readings.find(({ id }) => id === (before ?? LOOKED_AT)) ?? readings[1]!;
  const rows = same ? [] : CHANGES.map(rowOf);
  const changed = rows.filter(({ change }) => change !== 'not_said').length;
  const kept = leavesOf(row).filter(({ path, value }) => value !== null && CHANGES.every((one) => one.path !== path));
  const others = kept.map(({ path, kind, value, masked }) => {
    const person = path.startsWith(`${P}/`) ? (path.startsWith(`${P}/1`) ? 0 : 1) : null;
    return rowOf({ path, kind, before: value, after: value, masked, person });
  });
  const place = ({ section, person, kind }: ComparisonRowView) =>
    (section ? SECTIONS.indexOf(section) : kind ? -1 : 9) * 10 + (person ?? 0);
  return {
    before: older,
    after: newer,
    rows: (all ? [...rows, ...others] : rows).sort((a, b) => place(a) - place(b)),
    persons: [
      { name: 'Haoran Gu', local_name: '顾浩然', before: 1, after: 1 },
      { name: 'Wei Lin', local_name: '林伟', before: 0, after: null },
    ],
    changed,
    same: others.length,
  };
}
