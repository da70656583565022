import type { AddressFormView } from '$lib/ipc/bindings';
import { addressForms, addressNames, countryCode } from './address-forms.svelte';
import { addressOf, partOf, partPath, placeIn } from './parts';

/** The addresses of a form, each in the way of its country. */
export class Addresses {
  /** The country that the user is typing: until it is committed, its address stays as it is. */
  #held = $state.raw<{ path: string; code: string } | null>(null);

  /** `read` gives the code that the rules read in a text. */
  constructor(
    private readonly text: (path: string) => string,
    private readonly read: (path: string) => string | undefined,
  ) {}

  /** The code of the country at a path; empty where the text names none. */
  country = (path: string): string => (this.#held?.path === path ? this.#held.code : this.#codeAt(path));

  /** What its fields are called. */
  readonly names = addressNames(this.country);

  /** How the country of an address writes it. */
  formOf(address: string): AddressFormView | null {
    return addressForms.of(this.country(partPath(address, 'country_code')));
  }

  entered(path: string): void {
    this.#held = partOf(path) === 'country_code' ? { path, code: this.#codeAt(path) } : null;
  }

  /** A country is being typed: what Tab would take is asked for already, so that the next field is the right one. */
  guessed(path: string, code: string): void {
    if (this.#held?.path === path) void addressForms.load(code);
  }

  /** What stands in the field is meant: a line was taken, or the program put it there. */
  committed(path: string): void {
    if (this.#held?.path === path) this.#held = { path, code: this.#codeAt(path) };
  }

  left(): void {
    this.#held = null;
  }

  /** Paths in the order of the form, with those of each address in the order of its country. */
  arrange(paths: readonly string[]): readonly string[] {
    const sorted = [...paths];
    const addresses = paths.map(addressOf);
    for (const [first, address] of addresses.entries()) {
      if (address === null || addresses.indexOf(address) < first) continue;
      const at = addresses.flatMap((one, place) => (one === address ? [place] : []));
      const form = this.formOf(address);
      const theirs = at
        .map((place) => paths[place] ?? '')
        .sort((a, b) => placeIn(form, partOf(a) ?? 'line1') - placeIn(form, partOf(b) ?? 'line1'));
      at.forEach((place, index) => (sorted[place] = theirs[index] ?? ''));
    }
    return sorted;
  }

  #codeAt(path: string): string {
    return countryCode(this.text(path), this.read(path));
  }
}
