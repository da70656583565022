// The rows of a comparison in words.
import type { ChangeKind, ComparisonRowView, ComparisonView, CustomerLeafView, Kind } from '$lib/ipc';
import type { IconName } from '$lib/components/icons';
import { customer as words } from '$lib/words/customer';
import { fieldLabel, keyOfPath, sectionTitle } from '$lib/words/fields';
import { platform } from '$lib/words/individual';
import { leafWords } from '../leaves';

export type Side = 'before' | 'after';

/** Rows that belong together. */
export interface CompareGroup {
  key: string;
  title: string;
  /** The name in local script, and in which reading alone a person is. */
  local?: string;
  only?: string;
  rows: ComparisonRowView[];
}

/** The path of a row in the newer of the readings that have it. */
export const pathOf = (row: ComparisonRowView): string => row.after_path ?? row.before_path ?? '';

/** What is known and no field, like the status of an account: nobody masks it. */
const aboutOf = (row: ComparisonRowView): string | null => (row.masked ? null : platform.aboutLabel(pathOf(row)));

/** What this program does not know: no kind. */
export const isUnknown = (row: ComparisonRowView): boolean => row.kind === null && aboutOf(row) === null;

/** The rows under their section or person, in the order they came. */
export function compareGroups({ rows, persons }: ComparisonView, kind?: Kind): CompareGroup[] {
  const groups: CompareGroup[] = [];
  for (const row of rows) {
    const key = row.person !== null ? `p${row.person}` : (row.section ?? (isUnknown(row) ? 'unknown' : 'record'));
    if (groups.at(-1)?.key !== key) groups.push({ key, rows: [], ...headOf(row, persons, kind) });
    groups.at(-1)?.rows.push(row);
  }
  return groups;
}

function headOf(
  row: ComparisonRowView,
  persons: ComparisonView['persons'],
  kind?: Kind,
): Omit<CompareGroup, 'key' | 'rows'> {
  const person = row.person === null ? undefined : persons[row.person];
  if (person) {
    const place = person.after ?? person.before ?? 0;
    const title = person.name || person.local_name || words.person(place + 1);
    const only = person.after === null ? 'before' : person.before === null ? 'after' : null;
    return { title, local: person.name ? person.local_name : '', only: only ? words.personIn[only] : '' };
  }
  if (row.section !== null) return { title: sectionTitle(row.section, kind) };
  return { title: isUnknown(row) ? words.unknownTitle : words.aboutRecord };
}

/** What a row is called; what this program does not know keeps its own whole name. */
export function rowLabel(row: ComparisonRowView, kind?: Kind): string {
  const path = pathOf(row);
  if (isUnknown(row)) return path;
  const own = kind === 'bultra' ? words.facts[keyOfPath(path)] : undefined;
  return aboutOf(row) ?? words.recordFields[path] ?? own ?? fieldLabel(path);
}

/** One side of a row, as the record's own words take it. */
export function sideOf(row: ComparisonRowView, side: Side): CustomerLeafView {
  return { path: row[`${side}_path`] ?? '', kind: row.kind, value: row[side], masked: row.masked };
}

/** What stands where a side has no value: its reading may not have said anything of it. */
export function nothingOf(row: ComparisonRowView, side: Side): string {
  const unsaid = row.change === 'not_said' || (isUnknown(row) && row[`${side}_path`] === null);
  return unsaid ? words.notSaid : words.notProvided;
}

/** What became of a value, in words. */
export function becameOf(row: ComparisonRowView): string {
  const word = words.became[row.change];
  return isUnknown(row) && (row.change === 'added' || row.change === 'changed') ? words.kept(word) : word;
}

/** The mark of each; what is the same has none. */
export const MARKS: Record<ChangeKind, IconName | null> = {
  added: 'plus',
  removed: 'remove',
  changed: 'compare',
  same: null,
  not_said: 'ring',
};

/** What a changed value was, for the badge at it: only what is not masked, and by its path in the newer reading. */
export function wasOf(view: ComparisonView): Map<string, string> {
  const was = new Map<string, string>();
  for (const row of view.rows) {
    if (row.masked || row.after_path === null || row.change === 'same') continue;
    const said = leafWords(sideOf(row, 'before'), '');
    was.set(row.after_path, words.was(said?.text ?? nothingOf(row, 'before'), view.before.last_read_at));
  }
  return was;
}

/** Two rows may have one label; two have never the same paths. */
export const rowKey = (row: ComparisonRowView): string => `${row.before_path} ${row.after_path}`;
