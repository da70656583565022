import { asIpcError, call, job } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { errorText } from '$lib/words/errors';
import { platform as words } from '$lib/words/platform';
import { PlatformList } from './platform-list.svelte';
import { list } from './session';

/** The list of customers is read anew at most this often while rows come. */
const REFRESH_MS = 1_000;
let last = 0;

/** The one list of a platform of the window: reading goes on while one looks at something else. */
export const platform = new PlatformList({
  read: (ref) => call('platform_list', ref),
  more: (ref, hear) => job('platform_more', ref, hear),
  all: (ref, hear) => job('platform_read', ref, hear),
  details: ({ connection }, hear) => job('platform_details', { connection }, hear),
  toError: asIpcError,
  came: () => {
    const now = Date.now();
    if (platform.work && now - last < REFRESH_MS) return;
    last = now;
    return list.refresh();
  },
  heard: (what, { work, connection, count, error }) => {
    const name = nameOf(connection);
    if (what === 'began') announcer.say(words.working[work](name));
    else if (what === 'ended') announcer.say(words.read[work](count, name));
    else if (what === 'cancelled') announcer.say(words.cancelled);
    else {
      if (error) announcer.alert(`${words.failed(name)} ${errorText(error)}`);
      // Whether the network is there is known from the calls that were made.
      void app.refresh();
    }
  },
});

/** What the connection of some work is called; it may be one of another environment by now. */
export function nameOf(connection: string): string {
  return app.connection(connection)?.name ?? words.label;
}
