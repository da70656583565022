import type { Kind, Section } from '$lib/ipc';
import { personOf } from '$lib/draft/paths';
import { sectionTitle } from '$lib/words/fields';

/** Rows under their section, or under the person they are about, in the order they came. */
export function bySection<Row extends { path: string; section: Section; person: string | null }>(
  rows: readonly Row[],
  kind: Kind,
): { key: string; title: string; rows: Row[] }[] {
  const groups = new Map<string, { key: string; title: string; rows: Row[] }>();
  for (const row of rows) {
    // Two persons may have one name.
    const key = personOf(row.path) ?? row.section;
    const section = sectionTitle(row.section, kind);
    const title = row.person === null ? section : `${section}: ${row.person}`;
    const group = groups.get(key) ?? { key, title, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}
