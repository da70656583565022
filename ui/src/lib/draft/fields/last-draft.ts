import type { FieldKind } from '$lib/ipc/bindings';
import type { DraftTexts } from '../editor/draft-texts.svelte';
import { forPerson, personOf } from '../paths';

/** Where Ctrl+D took a text from that no field of this draft has. */
export const LAST_DRAFT = 'last_draft';

/** Words of lists and codes: nothing that names or numbers anybody is carried from one customer to the next. */
const KINDS: readonly FieldKind[] = ['choice', 'currency', 'country'];

/** Of each connection, the draft that was left last, and the one before it: a draft is never the one before itself. */
const DRAFTS_KEPT = 2;

/** What the draft before this one said, by connection, until the program ends (UX B0, ditto). */
class LastDraft {
  readonly #left = new Map<string, { draft: string; texts: Map<string, string> }[]>();

  /** A draft that was written in is left. Of its persons the first one counts, and of them no country: it is theirs. */
  keep(connection: string, draft: string, form: DraftTexts): void {
    const [first] = form.persons;
    const rows = form.fields.flatMap(({ path, kind }): [string, string][] => {
      const person = path.includes('/*/');
      if (!KINDS.includes(kind) || (person && (first === undefined || kind === 'country'))) return [];
      const text = form.get(person ? forPerson(path, first ?? '') : path);
      return text === '' ? [] : [[path, text]];
    });
    const others = (this.#left.get(connection) ?? []).filter((one) => one.draft !== draft);
    // One with nothing to take is no draft before this one.
    const left = rows.length > 0 ? [{ draft, texts: new Map(rows) }, ...others] : others;
    this.#left.set(connection, left.slice(0, DRAFTS_KEPT));
  }

  /** The text for a field of a draft; empty without one. */
  of(connection: string, draft: string, path: string): string {
    const person = personOf(path);
    const row = person === null ? path : path.replace(`/${person}/`, '/*/');
    const before = this.#left.get(connection)?.find((one) => one.draft !== draft);
    return before?.texts.get(row) ?? '';
  }

  /** Forgets everything, for tests. */
  reset(): void {
    this.#left.clear();
  }
}

export const lastDraft = new LastDraft();
