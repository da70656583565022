import { asIpcError, call, type ComparisonView, type IpcError, type ReadingCompare, type ReadingView } from '$lib/ipc';

/** Two readings side by side, as they were last asked for. */
export class Comparing {
  view = $state.raw<ComparisonView | null>(null);
  /** All readings, newest first. */
  readings = $state.raw<readonly ReadingView[]>([]);
  error = $state.raw<IpcError | null>(null);
  #asked = 0;

  /** Asks for two readings; the comparison, unless another one was asked for meanwhile. */
  async load(wanted: ReadingCompare): Promise<ComparisonView | null> {
    const number = ++this.#asked;
    const { connection, customer_id } = wanted;
    try {
      const [view, { readings }] = await Promise.all([
        call('reading_compare', wanted),
        call('reading_list', { connection, customer_id }),
      ]);
      if (number !== this.#asked) return null;
      this.view = view;
      this.readings = readings;
      this.error = null;
      return view;
    } catch (thrown) {
      if (number === this.#asked) this.error = asIpcError(thrown);
      return null;
    }
  }

  /** Those that the one before can be: older than the one after. */
  older: readonly ReadingView[] = $derived(this.readings.slice(this.#place('after') + 1));
  /** Those that the one after can be. */
  newer: readonly ReadingView[] = $derived.by(() => {
    const before = this.#place('before');
    return before < 0 ? this.readings : this.readings.slice(0, before);
  });

  /** Whether all that changed since a reading is on the screen: from it, or one before it, to the newest. */
  covers(reading: string): boolean {
    const since = this.readings.findIndex(({ id }) => id === reading);
    return this.#place('after') === 0 && since >= 0 && this.#place('before') >= since;
  }

  #place(side: 'before' | 'after'): number {
    return this.readings.findIndex(({ id }) => id === this.view?.[side].id);
  }
}
