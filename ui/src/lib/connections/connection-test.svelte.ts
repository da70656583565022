import { asIpcError, job, type IpcError, type RunningJob, type ConnectionTestView } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { connections as words } from '$lib/words/connections';
import { errorText } from '$lib/words/errors';

/** The test of one connection while it runs, and why it could not run at all. */
export class ConnectionTest {
  readonly #connection: string;
  #job = $state.raw<RunningJob<ConnectionTestView> | null>(null);
  failure = $state.raw<IpcError | null>(null);
  running: boolean = $derived(this.#job !== null);

  constructor(connection: string) {
    this.#connection = connection;
  }

  async run(): Promise<void> {
    if (this.#job) return;
    this.failure = null;
    this.#job = job('connection_test', { connection: this.#connection });
    try {
      const result = await this.#job.done;
      await app.refresh();
      if (result.works) announcer.say(words.worksAnnounced(result.millis));
      else if (result.problem) announcer.alert(errorText(result.problem));
    } catch (thrown) {
      const error = asIpcError(thrown);
      if (error.code === 'cancelled') announcer.say(words.stopped);
      else {
        this.failure = error;
        announcer.alert(errorText(error));
      }
    } finally {
      this.#job = null;
    }
  }

  async stop(): Promise<void> {
    try {
      await this.#job?.cancel();
    } catch (thrown) {
      this.failure = asIpcError(thrown);
    }
  }
}
