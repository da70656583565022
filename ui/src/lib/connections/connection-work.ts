import { untrack } from 'svelte';
import type { ConnectionView } from '$lib/ipc';
import { app } from '$lib/shell/app.svelte';
import { ConnectionEdit } from './connection-edit.svelte';
import { ConnectionTest } from './connection-test.svelte';

/** What is going on at one connection. */
export interface Work {
  edit: ConnectionEdit;
  test: ConnectionTest;
}

/** What is going on at each connection while the screen is open: walking to another one loses nothing. */
export class ConnectionWork {
  readonly #all = new Map<string, Work>();

  of(connection: ConnectionView): Work {
    const { id } = connection;
    let work = this.#all.get(id);
    if (!work) {
      let last = connection;
      // Archived meanwhile: what is typed has something to stand on until the screen has gone on.
      const source = () => (last = app.connection(id) ?? last);
      // What is made while something is being derived would not be watched by it.
      work = untrack(() => ({ edit: new ConnectionEdit(source), test: new ConnectionTest(id) }));
      this.#all.set(id, work);
    }
    return work;
  }

  /** Those with changes that are not saved. */
  unsaved(): ConnectionView[] {
    return app.connections.filter((connection) => this.of(connection).edit.dirty);
  }

  /** Those that are being tested. */
  testing(): ConnectionView[] {
    return app.connections.filter((connection) => this.of(connection).test.running);
  }

  /** Forgets what was typed over all of them. */
  discard(): void {
    for (const { edit } of this.#all.values()) edit.discard();
  }
}
