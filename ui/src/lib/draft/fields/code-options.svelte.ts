import type { Option } from '$lib/components/combobox';
import { call } from '$lib/ipc';
import type { CodeEntry, CodeListsView, FieldKind } from '$lib/ipc/bindings';
import { country, currency } from '$lib/words/format';

/** The lists behind the comboboxes, read once. Until they are here, text is taken as it is typed. */
class CodeOptions {
  #lists = $state.raw<CodeListsView | null>(null);
  #asked = false;

  readonly #countries = $derived(
    (this.#lists?.countries ?? [])
      .map(({ code, aliases }): Option => ({ value: code, label: country(code), code, aliases }))
      .sort((a, b) => a.label.localeCompare(b.label)),
  );
  readonly #currencies = $derived(
    (this.#lists?.currencies ?? []).map((code): Option => ({
      value: code,
      label: `${code} ${currency(code)}`,
      code: '',
    })),
  );

  /** By the key of their field; each one array, whose folded words are kept (combobox.ts). */
  readonly #choices = $derived(
    new Map((this.#lists?.lists ?? []).map(({ key, entries }) => [key, entries.map(lineOf)] as const)),
  );

  /** Asks the program for the lists, if that was not done yet. */
  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      this.#lists = await call('code_lists', {});
    } catch {
      // The rules of the program still judge what is typed; the next form asks again.
      this.#asked = false;
    }
  }

  /** The options of a field, or none where it is free text. */
  of(key: string, kind: FieldKind): readonly Option[] | null {
    if (kind === 'country') return this.#countries;
    if (kind === 'currency') return this.#currencies;
    return kind === 'choice' ? (this.#choices.get(key) ?? NONE) : null;
  }
}

const NONE: readonly Option[] = [];

/** An industry code stands before its words: it is what is typed and what is sent. */
function lineOf({ value, label, aliases }: CodeEntry): Option {
  return label === null ? { value, label: value, aliases } : { value, label: `${value} ${label}`, code: '', aliases };
}

export const codeOptions = new CodeOptions();
