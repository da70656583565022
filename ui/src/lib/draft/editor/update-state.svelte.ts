import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Reveal } from '$lib/customer/reveal.svelte';
import type { Section, UpdateView } from '$lib/ipc/bindings';
import { groupOf, personOf, sectionOf } from '../paths';

/** What an update has beside its texts: values that nobody has seen, and which fields are not as they were read. */
export class UpdateState {
  /** The program's own list; a text that it has not heard yet is not in it. */
  changes = $state.raw<readonly string[]>([]);
  /** The mask of each personal value that came hidden, whether or not it still is. */
  readonly #masks = new SvelteMap<string, string>();
  readonly #hidden = new SvelteSet<string>();

  constructor(
    readonly view: UpdateView | null,
    private readonly reveal?: Reveal,
  ) {
    for (const { path, masked } of view?.untouched ?? []) this.hide(path, masked);
    this.changes = view?.changes ?? [];
  }

  /** The mask of a value that is as it was read; none of a text. */
  mask(path: string): string | null {
    return this.#hidden.has(path) ? (this.#masks.get(path) ?? null) : null;
  }

  /** A hidden value, while it is shown to be changed. */
  shown(path: string): string | null {
    return this.#hidden.has(path) ? (this.reveal?.value(path) ?? null) : null;
  }

  /** Seconds until a shown value hides. */
  left(path: string): number {
    return this.reveal?.left(path) ?? 0;
  }

  /** Shows a hidden value, to be changed. */
  async show(path: string): Promise<void> {
    if (this.#hidden.has(path)) await this.reveal?.show(path);
  }

  /** Hides what is shown. False where nothing was. */
  hideShown(): boolean {
    const any = this.reveal?.any ?? false;
    this.reveal?.hideAll();
    return any;
  }

  hide(path: string, mask: string): void {
    this.#masks.set(path, mask);
    this.#hidden.add(path);
  }

  /** A text takes the place of the hidden value. */
  touch(path: string): void {
    this.#hidden.delete(path);
    this.reveal?.hide(path);
  }

  /** The hidden values; of one person only where one is named. */
  hidden(person?: string): string[] {
    return [...this.#hidden].filter((path) => person === undefined || personOf(path) === person);
  }

  isChanged(path: string): boolean {
    return this.changes.includes(path) || (this.#masks.has(path) && !this.#hidden.has(path));
  }

  /** A value that is as it was read again is hidden again, unless the user is in it or it is not yet kept. */
  settle(text: (path: string) => string, busy: (path: string) => boolean): string[] {
    const again = [...this.#masks.keys()].filter(
      (path) => !this.#hidden.has(path) && !this.changes.includes(path) && text(path) !== '' && !busy(path),
    );
    for (const path of again) this.#hidden.add(path);
    return again;
  }

  /** How many fields of a section are changed. */
  count(section: Section): number {
    return this.changes.filter((path) => sectionOf(path) === section).length;
  }

  /** Whether a section, or a part of a person, stands as it was sent because the reading left it out. */
  isAsSent(section: Section, person?: string, group = ''): boolean {
    return (
      this.view?.as_sent.some(
        (path) => sectionOf(path) === section && (!person || (personOf(path) === person && groupOf(path) === group)),
      ) ?? false
    );
  }
}
