import type { FieldNote } from '$lib/components/Field.svelte';
import type { FieldKind, Problem } from '$lib/ipc/bindings';
import { customer } from '$lib/words/customer';
import { draft as words } from '$lib/words/draft';
import { country, cut, dateWithWeekday } from '$lib/words/format';
import { update } from '$lib/words/update';
import type { DraftEditor } from '../editor/draft-editor.svelte';
import { keyOf } from '../paths';
import { copiedText, echoWords, saidWords } from '../speech';
import type { Given } from './given';
import { callingCode, phoneCountry } from './typing';

/** Characters of an echo: the line below a field is no place for a page. */
const ECHO_MAX = 160;

/** What the line below a field says, and the problem whose words these are. */
export interface FieldSays {
  note: FieldNote | null;
  problem: Problem | null;
}

/** One thing at a time: what a field shows for a while, what is wrong, where its text came from, what was understood. */
export function fieldSays(editor: DraftEditor, path: string, kind: FieldKind, { offer }: Given = {}): FieldSays {
  const said = editor.problems.at(path);
  if (editor.update.shown(path) === null && said && said.severity !== 'note') {
    // An offer for what was just pasted goes before what is wrong with it; a file that came is no news beside it.
    const file = kind === 'file_id' && !editor.isFixed(path) ? editor.documents : null;
    const sooner = offer?.text || (file?.note(path) && file.at(path)?.state !== 'sent');
    const problem = said.from === 'rule' ? said.problem : null;
    if (!sooner) return { note: { kind: said.severity, text: saidWords(said, editor.view.connection.kind) }, problem };
  }
  return { note: noteOf(editor, path, kind, offer), problem: null };
}

function noteOf(editor: DraftEditor, path: string, kind: FieldKind, offer: Given['offer']): FieldNote | null {
  const value = editor.text(path);
  const fixed = editor.isFixed(path);
  if (editor.update.shown(path) !== null) return { kind: 'shown', text: customer.hidesIn(editor.update.left(path)) };
  if (offer?.text) return { kind: 'hint', text: offer.text };
  const file = kind === 'file_id' && !fixed ? editor.documents?.note(path) : null;
  if (file) return file;
  // What is to be known of a text goes before how it was read, which the user sees where they look it over.
  const said = editor.problems.at(path);
  if (said) return { kind: 'hint', text: saidWords(said) };
  const copied = copiedText(editor, path);
  if (copied !== null) return { kind: 'copied', text: copied };
  const echo = echoWords(editor, path) ?? (kind === 'date' ? dayWords(editor, path) : null);
  // While it is typed, what was understood is nearer than that it is another.
  if (editor.update.isChanged(path) && !(echo && editor.here === path)) {
    return { kind: 'changed', text: value === '' ? update.cleared : update.changed };
  }
  if (echo) return { kind: 'echo', text: cut(echo, ECHO_MAX) };
  if (editor.update.mask(path) !== null)
    return editor.here === path && !fixed ? { kind: 'hint', text: update.hint } : null;
  const hint = value === '' && !fixed ? hintOf(editor, path, kind) : undefined;
  return hint === undefined ? null : { kind: 'hint', text: hint };
}

/** A day as it is sent needs no reading, and is told in words like any other. */
function dayWords(editor: DraftEditor, path: string): string | null {
  const day = editor.text(path).trim();
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  const at = new Date(`${day}T00:00:00Z`);
  const isReal = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
  return isReal ? dateWithWeekday(day) : null;
}

function hintOf(editor: DraftEditor, path: string, kind: FieldKind): string | undefined {
  const calling = kind === 'phone' ? callingCode(editor) : null;
  return calling === null ? words.hints[keyOf(path)] : words.phoneTakenAs(calling, country(phoneCountry(editor)));
}
