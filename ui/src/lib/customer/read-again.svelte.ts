import { asIpcError, job, type CustomerRef, type CustomerView, type IpcError, type RunningJob } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { customer as words } from '$lib/words/customer';
import { errorText } from '$lib/words/errors';

const AGAIN = { reading: words.reading, failed: words.readFailed };

/** Asks the platform for a customer, and says how it went. */
export class ReadAgain {
  #job = $state.raw<RunningJob<CustomerView> | null>(null);
  /** Why the last try failed; nothing after one that was stopped by its user. */
  error = $state.raw<IpcError | null>(null);

  #left = false;

  get running(): boolean {
    return this.#job !== null;
  }

  constructor(private readonly words: { reading: string; failed: string } = AGAIN) {}

  /** The new reading, of an individual of it where one is named; nothing where it failed, was stopped, or one is on its way already. */
  async start(
    { connection, customer_id }: CustomerRef,
    individual: string | null = null,
  ): Promise<CustomerView | null> {
    if (this.#job || this.#left) return null;
    this.error = null;
    const started = job('customer_lookup', { connection, by: 'customer_id', value: customer_id, individual });
    this.#job = started;
    announcer.say(this.words.reading);
    try {
      const view = await started.done;
      if (this.#left) return null;
      announcer.say(words.readSaid(view.read_at));
      return view;
    } catch (thrown) {
      const error = asIpcError(thrown);
      if (this.#left) return null;
      if (error.code === 'cancelled') announcer.say(words.readStopped);
      else {
        this.error = error;
        announcer.alert(`${this.words.failed} ${errorText(error)}`);
      }
      return null;
    } finally {
      this.#job = null;
      // Whether the network is there is known from the calls that were made.
      void app.refresh();
    }
  }

  async cancel(): Promise<void> {
    await this.#job?.cancel();
  }

  /** Its screen is left: what is still read is nobody's any more, nothing is said of it, and it leads nowhere. */
  leave(): void {
    this.#left = true;
    this.cancel().catch(() => undefined);
  }
}
