import type { Edit } from '$lib/ipc/bindings';
import { addressOf, partOf, partPath } from '../address/parts';
import { keyOf, personOf } from '../paths';
import type { DraftTexts } from './draft-texts.svelte';

type SetEdit = Extract<Edit, { op: 'set' }>;

/** A text that the form puts into a field by itself, and the field that it comes from. */
export interface Fill {
  from: string;
  to: string;
  text: string;
}

const REGISTERED = 'registration_address/registration_address_country_code';
const OPERATING = 'account_usage/operating_country';

/** Whose what is in a form. */
interface Owners {
  /** What the form put into a field, with where it came from: it may put something else for it. */
  readonly put: Map<string, { from: string; texts: Set<string> }>;
  /** What the user wrote in. */
  readonly theirs: Set<string>;
}

/** Drafts whose owners are remembered until the program ends: a form that is opened again goes on as it was left. */
const DRAFTS_KEPT = 50;
const kept = new Map<string, Owners>();

/** A form is left. */
export function keepDefaults(draft: string, { owners }: Defaults): void {
  kept.delete(draft);
  kept.set(draft, owners);
  const [oldest] = kept.keys();
  if (kept.size > DRAFTS_KEPT && oldest !== undefined) kept.delete(oldest);
}

/** Forgets everything, for tests. */
export function forgetDefaults(): void {
  kept.clear();
}

/**
 * What nobody is asked twice (UX P6): the operating country is that of registration, the country that issued a document
 * is the nationality, and a country that is one city has its name. A field that the user wrote in is theirs, also when
 * they emptied it: it is not filled again, unless they take that back.
 */
export class Defaults {
  readonly owners: Owners;
  /** Fields that became the user's by what is no step yet. */
  readonly #fresh = new Set<string>();

  constructor(
    private readonly form: DraftTexts,
    /** The one city of a country by its code; undefined while that is not known. */
    private readonly onlyCity: (country: string) => string | null | undefined,
    draft: string,
  ) {
    this.owners = kept.get(draft) ?? { put: new Map(), theirs: new Set() };
  }

  /** The user writes in this field themselves. */
  wrote(path: string): void {
    if (!this.owners.theirs.has(path)) this.#fresh.add(path);
    this.take(path);
  }

  /** A step of a field is made: whether it became the user's by that one. */
  claimed(path: string): boolean {
    return this.#fresh.delete(path);
  }

  /** A field is the user's. */
  take(path: string): void {
    this.owners.theirs.add(path);
  }

  /** The user took back what they wrote. */
  forget(path: string): void {
    this.owners.theirs.delete(path);
  }

  /** What follows from edits that are made, and is not among them. */
  following(edits: readonly Edit[]): Fill[] {
    const sets = edits.filter((edit) => edit.op === 'set');
    return sets.flatMap(({ path, text }) => {
      const fills: Fill[] = [];
      const give = (to: string) => {
        const given = this.#gives(to, text);
        if (given !== null) fills.push({ from: path, to, text: given });
      };
      if (path === REGISTERED) give(OPERATING);
      if (keyOf(path) === 'nationality') give(issuingOf(path));
      const address = partOf(path) === 'country_code' ? addressOf(path) : null;
      if (address !== null) give(partPath(address, 'city'));
      return fills.filter((fill) => this.#isFree(fill, sets));
    });
  }

  /** The form has put it there. */
  filled({ from, to, text }: Fill): void {
    const texts = this.owners.put.get(to)?.texts ?? new Set();
    this.owners.put.set(to, { from, texts: texts.add(text) });
  }

  /** Where the text of a field came from, if the form put it there and it still follows from that. */
  sourceOf(path: string): string | null {
    const text = this.form.get(path);
    const put = this.owners.put.get(path);
    if (!put || text === '' || !put.texts.has(text) || this.owners.theirs.has(path)) return null;
    return this.#gives(path, this.form.get(put.from)) === text ? put.from : null;
  }

  /** What the text of a country gives to a field; none while that is not known. */
  #gives(to: string, text: string): string | null {
    const code = text.trim();
    if (code === '') return '';
    // Only a country is carried on: a text that names none would be wrong twice.
    if (!/^[A-Z]{2}$/.test(code)) return null;
    if (partOf(to) !== 'city') return code;
    const city = this.onlyCity(code);
    return city === undefined ? null : (city ?? '');
  }

  #isFree({ to, text }: Fill, sets: readonly SetEdit[]): boolean {
    const now = this.form.get(to);
    if (now === text || this.owners.theirs.has(to) || sets.some((set) => set.path === to)) return false;
    return (now === '' || this.owners.put.get(to)?.texts.has(now) === true) && this.form.has(to);
  }
}

function issuingOf(nationality: string): string {
  return `business_person_list/${personOf(nationality) ?? ''}/identification/id_issuing_country_code`;
}
