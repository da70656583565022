import { asIpcError, call, type ConnectionView, type IpcError } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { connections as words } from '$lib/words/connections';
import { errorText } from '$lib/words/errors';

/** The connections that are out of use, and how one comes back. */
export class Archived {
  connections = $state.raw<ConnectionView[]>([]);
  /** Why they could not be read, or one could not be restored. */
  failure = $state.raw<IpcError | null>(null);
  /** The one that is being restored. */
  restoring = $state<string | null>(null);

  async load(): Promise<void> {
    try {
      this.connections = (await call('connection_archived', {})).connections;
      this.failure = null;
    } catch (thrown) {
      this.failure = asIpcError(thrown);
    }
  }

  /** Brings one back. False where that was refused (see `failure`). */
  async restore({ id, name }: ConnectionView): Promise<boolean> {
    if (this.restoring !== null) return false;
    this.restoring = id;
    try {
      await call('connection_restore', { connection: id });
      await Promise.all([app.refresh(), this.load()]);
      announcer.say(words.restored(name));
      return true;
    } catch (thrown) {
      this.failure = asIpcError(thrown);
      announcer.alert(errorText(this.failure));
      return false;
    } finally {
      this.restoring = null;
    }
  }
}
