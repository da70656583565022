import { SvelteMap } from 'svelte/reactivity';
import type { DraftView, Edit } from '$lib/ipc/bindings';
import { addressForms } from '../address/address-forms.svelte';
import { partOf } from '../address/parts';
import { dittoSource } from '../fields/ditto';
import { LAST_DRAFT, lastDraft } from '../fields/last-draft';
import { Defaults, keepDefaults } from './defaults';
import type { DraftTexts } from './draft-texts.svelte';

/** A text that comes from somewhere else, and from where. */
export interface Copy {
  from: string;
  text: string;
}

/** What a draft takes from itself, or from the one before it, so that nobody is asked twice. */
export class Copies {
  /** What it fills by itself; nothing of an update. */
  readonly defaults: Defaults | null;
  /** Fields that were filled by Ctrl+D. */
  readonly #copied = new SvelteMap<string, Copy>();

  constructor(
    private readonly form: DraftTexts,
    private readonly view: DraftView,
  ) {
    this.defaults =
      view.update === null ? new Defaults(form, (code) => addressForms.of(code)?.only_city, view.id) : null;
  }

  /** What Ctrl+D takes for a field; none where there is nothing to take. */
  sourceFor(path: string): Copy | null {
    const { connection, id } = this.view;
    const from = dittoSource(path, this.form.persons).find((source) => this.form.get(source) !== '');
    const text = from === undefined ? lastDraft.of(connection.id, id, path) : this.form.get(from);
    return text === '' ? null : { from: from ?? LAST_DRAFT, text };
  }

  /** Ctrl+D put it there. */
  made(path: string, copy: Copy): void {
    this.#copied.set(path, copy);
  }

  /** Where the text of a field was copied from, and whether by the form itself, as long as it stands so. */
  of(path: string): { from: string; byForm: boolean } | null {
    const from = this.defaults?.sourceOf(path) ?? null;
    if (from !== null) return { from, byForm: true };
    const copy = this.#copied.get(path);
    return copy && copy.text === this.form.get(path) ? { from: copy.from, byForm: false } : null;
  }

  /** Hears of each edit that more may follow from, once it is known how its country writes addresses. */
  later(made: readonly Edit[], follows: (edit: Edit) => void): void {
    for (const edit of made) {
      if (edit.op !== 'set' || partOf(edit.path) !== 'country_code' || addressForms.of(edit.text)) continue;
      void addressForms.load(edit.text).then((form) => {
        if (form && this.form.get(edit.path) === edit.text) follows(edit);
      });
    }
  }

  /** The form is left; one that was only looked at is no draft before the next one. */
  keep(edited: boolean): void {
    if (!this.defaults) return;
    keepDefaults(this.view.id, this.defaults);
    if (edited) lastDraft.keep(this.view.connection.id, this.view.id, this.form);
  }
}
