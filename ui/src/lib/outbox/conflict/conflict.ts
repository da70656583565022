// What a conflict shows, and what a person can decide about it.
import type { ConflictChoice, ConflictRowView, ConflictView, Kind } from '$lib/ipc';
import { fieldLabel, sectionTitle } from '$lib/words/fields';
import { conflict as words } from '$lib/words/outbox';
import type { Line } from './Differences.svelte';

/** One way to settle it. */
export interface Choice {
  take: ConflictChoice;
  /** What it takes to be so, what follows, and the button. */
  is: string;
  then: string;
  does: string;
  /** The question and its consequence, where it cannot be taken back. */
  sure: { title: string; text: string } | null;
}

/** The ways to settle a conflict, the least destructive first. What cannot be done is not offered. */
export function choicesOf(view: ConflictView): Choice[] {
  if (view.purpose === 'create') {
    const { sure, text, ...ours } = words.theirs.create;
    const accept: Choice = { take: 'theirs', ...ours, sure: { title: sure, text: text(view.name) } };
    // Without the platform's ID nobody knows which customer that is.
    return [{ take: 'new_id', ...words.newId, sure: null }, ...(view.customer_id === null ? [] : [accept])];
  }
  const away = words.theirs[words.kind(view) === 'gone' ? 'gone' : 'update'];
  const over: Choice = { take: 'open', ...words.open, sure: null };
  // What the platform does not show cannot be changed.
  return [{ take: 'theirs', ...away, sure: null }, ...(view.read_at === null ? [] : [over])];
}

/** The rows under their section or person, in the order they came. */
export function groupsOf(rows: readonly ConflictRowView[], kind: Kind): { key: string; title: string; rows: Line[] }[] {
  const groups: { key: string; title: string; rows: Line[] }[] = [];
  for (const row of rows) {
    const title = row.person === null ? sectionTitle(row.section, kind) : words.person(row.person + 1);
    if (groups.at(-1)?.title !== title) groups.push({ key: row.path, title, rows: [] });
    groups.at(-1)?.rows.push(lineOf(row));
  }
  return groups;
}

/** What was sent is the user's own, and not masked. */
function lineOf(row: ConflictRowView): Line {
  const { path, kind, ours, theirs, masked } = row;
  const [label, none] = [fieldLabel(path), words.notProvided];
  const after = { text: theirs, kind, none, place: masked ? path : null };
  return { path, label, before: { text: ours, kind, none }, after, word: differenceOf(row) };
}

/** How the sides differ, in a word: colour alone would not say it. */
export function differenceOf({ ours, theirs }: ConflictRowView): string {
  if (!theirs?.trim()) return words.onlyOurs;
  return ours.trim() ? words.differs : words.onlyTheirs;
}
