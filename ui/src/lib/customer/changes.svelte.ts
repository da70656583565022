import { createContext } from 'svelte';
import type { ChangedView, ComparisonView, CustomerView } from '$lib/ipc';
import { wasOf } from './compare/rows';

/** Which values of the record on the screen changed since they were last looked at. They stay marked until it is left. */
export class ChangeMarks {
  #changed = $state.raw<ChangedView | null>(null);
  #was = $state.raw<ReadonlyMap<string, string> | null>(null);

  constructor(view: CustomerView) {
    this.take(view);
  }

  /** A newer answer: what it says of changes is newer too; once they were looked at it says nothing. */
  take({ changed }: CustomerView): void {
    if (!changed || changed === this.#changed) return;
    this.#changed = changed;
    this.#was = null;
  }

  /** What the values were: known once they were compared. */
  learn(view: ComparisonView): void {
    if (view.before.id === this.#changed?.reading) this.#was = wasOf(view);
  }

  /** What is said of a value that changed, maybe nothing; none where none of the paths did. */
  of(paths: readonly string[]): string | null {
    const path = paths.find((each) => this.#changed?.paths.includes(each));
    return path === undefined ? null : (this.#was?.get(path) ?? '');
  }

  /** Whether anything under a path changed. */
  under(path: string): boolean {
    return this.#changed?.paths.some((each) => each.startsWith(`${path}/`)) ?? false;
  }
}

/** The marks of the record around a component; none outside of a record. */
export const [getMarks, setMarks] = createContext<ChangeMarks>();
