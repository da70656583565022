// What the form says in words: labels, problems, echoes, places. Everything comes out of the catalogue.
import type { Kind, Section } from '$lib/ipc/bindings';
import { draft as words } from '$lib/words/draft';
import { fieldLabel as labelOf, sectionTitle as titleOf } from '$lib/words/fields';
import { amount, country, currency, dateWithWeekday } from '$lib/words/format';
import { missingText, problemText } from '$lib/words/problems';
import { update } from '$lib/words/update';
import type { DraftEditor } from './editor/draft-editor.svelte';
import type { Step } from './editor/edit-history';
import { LAST_DRAFT } from './fields/last-draft';
import { keyOf, personOf, sectionOf } from './paths';
import { localName } from './script-lang';
import type { Said } from './editor/shown-problems.svelte';

export function fieldLabel(path: string): string {
  return labelOf(path);
}

export function sectionTitle(section: Section, kind: Kind): string {
  return titleOf(section, kind);
}

/** What a field says: the same words below the field, in the panel and in the review (UX P9). */
export function saidWords(said: Said, kind?: Kind): string {
  switch (said.from) {
    case 'platform':
      return words.platformSays(said.message);
    case 'missing':
      if (said.path === null) return words.addOnePerson;
      if (kind !== 'bultra') return missingText(said.path);
      return update[said.path.startsWith('registration_address/') ? 'addressNeeds' : 'cannotClear'](
        fieldLabel(said.path),
      );
    case 'rule':
      return problemText(said.problem);
  }
}

/** What the program understood of a text. */
export function echoWords(editor: DraftEditor, path: string): string | null {
  const echo = editor.echo(path);
  if (!echo) return null;
  const { date, e164, code, amount: value, url, ...said } = echo.params;
  switch (echo.code) {
    case 'date':
      return date === undefined ? null : dateWithWeekday(date);
    case 'phone':
      return e164 ?? null;
    case 'country':
      return code === undefined ? null : `${country(code)} ${code}`;
    case 'currency':
      return code === undefined ? null : `${currency(code)} ${code}`;
    case 'amount':
      return value === undefined ? null : amount(currencyOf(editor), value);
    case 'no_expiry':
      return words.noExpiry;
    case 'identifier':
      return said['number'] ?? null;
    case 'website':
      return url ?? null;
    case 'email':
    case 'postcode':
    case 'state':
      return said[echo.code] ?? null;
    default:
      return null;
  }
}

/** The code of the currency that is chosen for the revenue; empty where none is known. */
export function currencyOf(editor: DraftEditor): string {
  const path = 'account_usage/estimated_monthly_revenue_currency';
  const text = editor.text(path).trim();
  return editor.echo(path)?.params['code'] ?? (/^[A-Za-z]{3}$/.test(text) ? text.toUpperCase() : '');
}

/** The name of a person as it stands in the form; empty without one. */
export function personName(editor: DraftEditor, person: string): { english: string; local: string } {
  const of = (key: string): string => editor.text(`business_person_list/${person}/basic_info/${key}`).trim();
  return {
    english: [of('first_name_english'), of('last_name_english')].filter((part) => part !== '').join(' '),
    local: localName(of('first_name'), of('last_name')),
  };
}

/** The name of a person of the form, or their number. */
export function personWords(editor: DraftEditor, person: string): string {
  const { english, local } = personName(editor, person);
  return english || local || words.person(editor.form.persons.indexOf(person) + 1);
}

/** The name of the person that a step removed, out of the edits that would bring them back, or the number they had. */
export function removedName(step: Step | null): string {
  const text = (key: string): string => {
    const path = `business_person_list/${step?.at ?? ''}/basic_info/${key}`;
    const set = step?.undo.find((edit) => edit.op === 'set' && edit.path === path);
    return set?.op === 'set' ? set.text.trim() : '';
  };
  const english = [text('first_name_english'), text('last_name_english')].filter((part) => part !== '').join(' ');
  const added = step?.undo.find((edit) => edit.op === 'add_person');
  const number = added?.op === 'add_person' ? words.person(added.at + 1) : words.aPerson;
  return english || localName(text('first_name'), text('last_name')) || number;
}

/** What a field was copied from, after “from”: the previous person for the same field, else the name of the other one. */
export function copiedWords(from: string, path: string): string {
  if (from === LAST_DRAFT) return words.lastDraft;
  return keyOf(from) === keyOf(path) ? words.previousPerson : words.the(sourceWords(from, path));
}

/** Where the text of a field comes from that was copied, or filled by the form itself. */
export function copiedText(editor: DraftEditor, path: string): string | null {
  const copy = editor.copyOf(path);
  if (!copy) return null;
  return copy.byForm ? words.filledFrom(sourceWords(copy.from, path)) : words.copiedFrom(copiedWords(copy.from, path));
}

/** A country of registration is named for its address, where that is another part of the form. */
function sourceWords(from: string, path: string): string {
  const section = sectionOf(from);
  const whole = section === 'registration_address' && sectionOf(path) !== section;
  return (whole ? titleOf(section) : fieldLabel(from)).toLowerCase();
}

/** Where a problem stands: `Persons, Layla Al Marri`, `Primary contact, Email`. */
export function whereWords(editor: DraftEditor, path: string | null): string {
  const { kind } = editor.view.connection;
  if (path === null) return sectionTitle('business_person_list', kind);
  const person = personOf(path);
  return `${sectionTitle(sectionOf(path), kind)}, ${person === null ? fieldLabel(path) : personWords(editor, person)}`;
}

/** What is still to fill, one line a section and person, in the order of the form. */
export function stillEmptyGroups(editor: DraftEditor): { where: string; path: string | null; labels: string[] }[] {
  const groups = new Map<string, { where: string; path: string | null; labels: string[] }>();
  for (const { path, section } of editor.stillEmpty) {
    const person = path === null ? null : personOf(path);
    const title = sectionTitle(section, editor.view.connection.kind);
    const where = person === null ? title : `${title}, ${personWords(editor, person)}`;
    const group = groups.get(person ?? section) ?? { where, path, labels: [] };
    group.labels.push(path === null ? words.aPerson : fieldLabel(path));
    groups.set(person ?? section, group);
  }
  return [...groups.values()];
}
