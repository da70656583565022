import type { Option } from '$lib/components/combobox';
import { call } from '$lib/ipc';
import type { CodeListsView, FieldKind } from '$lib/ipc/bindings';
import { country, currency } from '$lib/words/format';

/** The lists behind the comboboxes, read once. Until they are here, text is taken as it is typed. */
class CodeOptions {
  #lists = $state.raw<CodeListsView | null>(null);
  #asked = false;

  readonly #countries = $derived(
    (this.#lists?.countries ?? [])
      .map((code): Option => ({ value: code, label: country(code), code }))
      .sort((a, b) => a.label.localeCompare(b.label)),
  );
  readonly #currencies = $derived(
    (this.#lists?.currencies ?? []).map((code): Option => ({
      value: code,
      label: `${code} ${currency(code)}`,
      code: '',
    })),
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
    if (kind !== 'choice' || !this.#lists) return kind === 'choice' ? [] : null;
    const words: Record<string, string[]> = {
      business_type: this.#lists.business_types,
      business_identifier_type: this.#lists.business_identifier_types,
      account_usage_product_reference: this.#lists.product_references,
      role_type: this.#lists.role_types,
      id_type: this.#lists.id_types,
    };
    return (words[key] ?? []).map((word) => ({ value: word, label: word }));
  }
}

export const codeOptions = new CodeOptions();
