// What can be run from where one is. A screen says its commands while it is there; the palette lists them.
import { untrack } from 'svelte';
import type { IconName } from '$lib/components/icons';
import type { KeyId } from './keys';

/** Something that the palette can run. */
export interface Command {
  /** Its name among all; that of a row of the table of keys gives it the row's keys. */
  id: string;
  /** Its words, verb first. */
  title: string;
  /** The row of the table whose keys do the same, where the id is another. */
  keys?: KeyId;
  icon?: IconName;
  /** Other words that find it. */
  aliases?: readonly string[];
  /** There is nothing to run it on now: it is not listed. */
  hidden?: boolean;
  run: () => unknown;
}

class Commands {
  #sources = $state.raw<readonly (() => readonly Command[])[]>([]);

  /** Everything that can be run now; what the screen says stands before what is always there. */
  get all(): Command[] {
    return this.#sources.flatMap((source) => source()).filter((command) => !command.hidden);
  }

  /** Adds a source. Returns how to take it back. */
  add(source: () => readonly Command[]): () => void {
    this.#sources = [source, ...this.#sources];
    return () => (this.#sources = this.#sources.filter((each) => each !== source));
  }
}

/** The one list of the window. */
export const commands = new Commands();

/** Adds commands for as long as the component lives. Call it while the component is being made; the function is read anew each time. */
export function useCommands(source: () => readonly Command[]): void {
  // Adding reads the list that it changes: whoever adds must not be called again by it.
  $effect.pre(() => untrack(() => commands.add(source)));
}
