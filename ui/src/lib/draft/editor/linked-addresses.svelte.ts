import { SvelteSet } from 'svelte/reactivity';
import { keyOf } from '../paths';
import type { DraftTexts } from './draft-texts.svelte';

const REGISTERED = 'registration_address/';

/**
 * Who lives at the registration address (UX B5): linked until edited. The store keeps texts only, so a draft that is
 * opened has those linked whose address is the same; from then on only the user links. An address that became the same
 * by typing never takes over what is typed later.
 */
export class LinkedAddresses {
  readonly #linked = new SvelteSet<string>();
  readonly #paths: string[];

  constructor(private readonly form: DraftTexts) {
    this.#paths = form.fields.map((field) => field.path).filter((path) => path.startsWith(REGISTERED));
    // A country alone is not yet an address: two half-typed ones are no reason to tie them.
    const begun = this.#paths.some((path) => !path.endsWith('_country_code') && form.get(path) !== '');
    for (const person of form.persons) if (begun && this.#same(person)) this.#linked.add(person);
  }

  has(person: string): boolean {
    return this.#linked.has(person) && this.#same(person);
  }

  link(person: string, on: boolean): void {
    if (on) this.#linked.add(person);
    else this.#linked.delete(person);
  }

  /** No registration address to copy. */
  get isEmpty(): boolean {
    return this.#paths.every((path) => this.form.get(path) === '');
  }

  /** The paths of both addresses, field by field. */
  pairs(person: string): [from: string, to: string][] {
    return this.#paths.map((path) => [path, homeOf(person, path)]);
  }

  /** The fields that take the same text as this one. Whose address came apart, as by undo, is not linked any more. */
  followers(path: string): string[] {
    if (!path.startsWith(REGISTERED)) return [];
    for (const person of [...this.#linked]) if (!this.#same(person)) this.#linked.delete(person);
    return this.form.persons.filter((person) => this.#linked.has(person)).map((person) => homeOf(person, path));
  }

  #same(person: string): boolean {
    return this.pairs(person).every(([from, to]) => this.form.get(from) === this.form.get(to));
  }
}

function homeOf(person: string, path: string): string {
  const key = keyOf(path).replace('registration_address', 'residential_address');
  return `business_person_list/${person}/residential_address/${key}`;
}
