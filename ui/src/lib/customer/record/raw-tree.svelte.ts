import { SvelteSet } from 'svelte/reactivity';
import type { RawLineView } from '$lib/ipc';

/** Lines that are drawn at once; an answer of more is drawn piece by piece, so that opening it stays fast. */
export const RAW_PIECE_LINES = 500;

/** A line, and whether it can be folded and is. */
export interface RawRow {
  line: RawLineView;
  folds: boolean;
  folded: boolean;
}

/** The lines of an answer as a tree: what is folded hides what lies under it. */
export class RawTree {
  readonly #folded = new SvelteSet<string>();
  #limit = $state(RAW_PIECE_LINES);

  constructor(readonly lines: readonly RawLineView[]) {}

  /** Every line that is not under a folded one. */
  open: RawRow[] = $derived.by(() => {
    const rows: RawRow[] = [];
    /** Deeper lines are hidden. */
    let hidden = Infinity;
    this.lines.forEach((line, at) => {
      if (line.depth > hidden) return;
      const folded = this.#folded.has(line.path);
      hidden = folded ? line.depth : Infinity;
      rows.push({ line, folds: (this.lines[at + 1]?.depth ?? 0) > line.depth, folded });
    });
    return rows;
  });

  /** Those that are drawn. */
  rows: RawRow[] = $derived(this.open.slice(0, this.#limit));

  /** How many are not drawn yet. */
  get left(): number {
    return this.open.length - this.rows.length;
  }

  toggle(path: string): void {
    if (!this.#folded.delete(path)) this.#folded.add(path);
  }

  /** Draws the next piece. */
  more(): void {
    this.#limit += RAW_PIECE_LINES;
  }
}
