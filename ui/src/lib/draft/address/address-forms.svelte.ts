import { SvelteMap } from 'svelte/reactivity';
import type { Option } from '$lib/components/combobox';
import { call } from '$lib/ipc';
import type { AddressFormView, CodeEntry } from '$lib/ipc/bindings';
import { partNames } from '$lib/words/address';
import type { Names } from '$lib/words/fields';
import { addressOf, partOf, partPath } from './parts';

/** What the program answered for a country, with the lines of its regions: one array each, which comboboxes rely on. */
interface Known {
  form: AddressFormView;
  states: readonly Option[] | undefined;
}

/** How countries write addresses: each is asked once. */
class AddressForms {
  readonly #known = new SvelteMap<string, Known>();
  readonly #asked = new Map<string, Promise<AddressFormView | null>>();
  /** Asked without an answer: whoever draws does not ask again and again. */
  readonly #failed = new Set<string>();

  /** The form of a country by its code; none until it is here, which whoever draws this hears. */
  of(country: string): AddressFormView | null {
    const known = this.#known.get(country);
    if (!known && !this.#failed.has(country)) void this.load(country);
    return known?.form ?? null;
  }

  /** The regions of a country as lines of a list; none where any text stands for one. */
  states(country: string): readonly Option[] | undefined {
    return this.of(country) ? this.#known.get(country)?.states : undefined;
  }

  /** Asks for a country, if that was not done yet. */
  load(country: string): Promise<AddressFormView | null> {
    if (!/^[A-Z]{2}$/.test(country)) return Promise.resolve(null);
    const asked = this.#asked.get(country);
    if (asked) return asked;
    const answer = call('address_form', { country }).then(
      (form) => {
        const options = form.parts.find(({ part }) => part === 'state')?.options ?? [];
        this.#known.set(country, { form, states: options.length > 0 ? linesOf(options) : undefined });
        return form;
      },
      () => {
        // The usual order serves meanwhile; who names the country again asks again.
        this.#asked.delete(country);
        this.#failed.add(country);
        return null;
      },
    );
    this.#asked.set(country, answer);
    return answer;
  }

  /** Forgets everything, for tests. */
  reset(): void {
    this.#known.clear();
    this.#asked.clear();
    this.#failed.clear();
  }
}

const LATIN = /^[\p{Script=Latin}\P{L}]+$/u;

/**
 * The regions as lines, each with its other spelling at the end. What is taken is what is sent, and an address is written
 * in one script: a region in other letters has a line of its own in Latin ones, before those in its own.
 */
function linesOf(regions: readonly CodeEntry[]): Option[] {
  const lines = regions.map(({ value, label, aliases }): [latin: Option | null, own: Option | null] => {
    const name = label ?? value;
    if (LATIN.test(value))
      return LATIN.test(name)
        ? [{ value, label: name, code: name === value ? '' : value, aliases }, null]
        : [{ value, label: value, code: name, aliases: [name, ...aliases] }, null];
    const latin = aliases.find((alias) => LATIN.test(alias));
    const own = { value, label: value, code: latin ?? '', aliases: [name, ...aliases.filter((one) => one !== latin)] };
    return [latin === undefined ? null : { value: latin, label: latin, code: value }, own];
  });
  return [...lines.flatMap(([latin]) => latin ?? []), ...lines.flatMap(([, own]) => own ?? [])];
}

export const addressForms = new AddressForms();

/**
 * What the fields of addresses are called, for `setAddressWords`. `countryOf` gives the code of the country at a path;
 * empty where it is not known.
 */
export function addressNames(countryOf: (path: string) => string): (path: string) => Names | undefined {
  return (path) => {
    const address = addressOf(path);
    const part = partOf(path);
    if (address === null || part === null || part === 'country_code' || part === 'line1') return undefined;
    const form = addressForms.of(countryOf(partPath(address, 'country_code')));
    const view = form?.parts.find((one) => one.part === part);
    return view && partNames(part, view.word, view.options.length > 0);
  };
}

/** The code in the text of a country, or what the rules read in it. */
export function countryCode(text: string, read: string | undefined): string {
  const code = text.trim();
  return /^[A-Za-z]{2}$/.test(code) ? code.toUpperCase() : (read ?? '');
}
