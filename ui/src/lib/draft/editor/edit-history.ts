import type { Edit } from '$lib/ipc/bindings';

/** One thing the user did to the form, and how to take it back. */
export interface Step {
  kind: 'set' | 'add_person' | 'remove_person' | 'move_person' | 'copy_address' | 'split_address';
  /** The field or person to go back to. */
  at: string;
  undo: Edit[];
  redo: Edit[];
  /** Of an update: fields that are brought back as they were read after `undo`, and after `redo`. */
  undoKeeps?: string[];
  redoKeeps?: string[];
  /** Fields that became the user's own by it: the form fills them no more while it stands. */
  claims?: string[];
}

/** Steps kept; older ones are forgotten, the texts themselves stay in the store's own history. */
const STEPS_KEPT = 200;

/** Undo and redo of the form. A field has its own undo until it is left (DECISIONS 25). */
export class EditHistory {
  #done: Step[] = [];
  #undone: Step[] = [];

  push(step: Step): void {
    this.#done.push(step);
    if (this.#done.length > STEPS_KEPT) this.#done.shift();
    this.#undone = [];
  }

  /** Takes the newest step back; the caller applies its `undo`. */
  undo(): Step | null {
    const step = this.#done.pop() ?? null;
    if (step) this.#undone.push(step);
    return step;
  }

  redo(): Step | null {
    const step = this.#undone.pop() ?? null;
    if (step) this.#done.push(step);
    return step;
  }

  /** Whether a step stands: it was done and not taken back. */
  has(step: Step): boolean {
    return this.#done.includes(step);
  }

  /** Takes one step back out of order, as the undo bar does. */
  take(step: Step): boolean {
    const at = this.#done.lastIndexOf(step);
    if (at < 0) return false;
    this.#done.splice(at, 1);
    this.#undone = [];
    return true;
  }
}
