import { asIpcError, type IpcError } from '$lib/ipc';
import { app } from '$lib/shell/app.svelte';

/** Why masked values of one record are shown, where the policy of this computer wants to know; forgotten with the record. */
export class Reason {
  /** The dialog stands. */
  asked = $state(false);
  text = $state('');
  error = $state.raw<IpcError | null>(null);
  #given: string | null = null;
  #answer: ((given: boolean) => void) | null = null;

  /** Does what may need a reason; nothing where the dialog was closed without one. Throws whatever else stands in the way. */
  async with<T>(work: (reason: string | null) => Promise<T>): Promise<T | null> {
    let wanted = this.#given === null && app.view?.policy.reveal_reason === true;
    for (;;) {
      if (wanted && !(await this.#ask())) return null;
      try {
        const done = await work(this.#given);
        this.asked = false;
        return done;
      } catch (thrown) {
        const error = asIpcError(thrown);
        if (error.code !== 'reveal.reason') {
          this.asked = false;
          throw thrown;
        }
        // It stays open, with what was typed; the policy may have changed since the page asked for it.
        if (this.asked) this.error = error;
        wanted = true;
      }
    }
  }

  /** The dialog's button. */
  give(): void {
    this.error = null;
    this.#given = this.text.trim();
    this.#settle(true);
  }

  /** The dialog was closed: what already waits for the program goes on. */
  closed(): void {
    this.asked = false;
    this.#settle(false);
  }

  /** The record was left: the next one is asked about anew. */
  forget(): void {
    this.#given = null;
    this.text = '';
    this.closed();
  }

  #ask(): Promise<boolean> {
    // Who asked before, and was not answered, is not answered any more.
    this.#settle(false);
    this.asked = true;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  #settle(given: boolean): void {
    const answer = this.#answer;
    this.#answer = null;
    answer?.(given);
  }
}
