import { asIpcError, job, type CustomerRef, type CustomerView, type IpcError, type RunningJob } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { customer as words } from '$lib/words/customer';
import { errorText } from '$lib/words/errors';

/** Asks the platform for a customer that is known here, and says how it went. */
export class ReadAgain {
  #job = $state.raw<RunningJob<CustomerView> | null>(null);
  /** Why the last try failed; nothing after one that was stopped by its user. */
  error = $state.raw<IpcError | null>(null);

  get running(): boolean {
    return this.#job !== null;
  }

  /** The new reading; nothing where it failed, was stopped, or one is on its way already. */
  async start({ connection, customer_id }: CustomerRef): Promise<CustomerView | null> {
    if (this.#job) return null;
    const started = job('customer_lookup', { connection, by: 'customer_id', value: customer_id });
    this.#job = started;
    announcer.say(words.reading);
    try {
      const view = await started.done;
      this.error = null;
      announcer.say(words.readSaid(view.read_at));
      return view;
    } catch (thrown) {
      const error = asIpcError(thrown);
      if (error.code === 'cancelled') announcer.say(words.readStopped);
      else {
        this.error = error;
        announcer.alert(`${words.readFailed} ${errorText(error)}`);
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
}
