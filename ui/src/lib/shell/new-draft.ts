import { goto } from '$app/navigation';
import { asIpcError, call } from '$lib/ipc';
import { errorText } from '$lib/words/errors';
import { announcer } from './announcer.svelte';
import { app } from './app.svelte';
import { CONNECTIONS, draftHref } from './routes';

/** Makes a draft for the chosen connection and opens it; without a connection, goes where one is made. */
export async function newDraft(): Promise<void> {
  await app.settled();
  if (!app.current) return goto(CONNECTIONS);
  try {
    const draft = await call('draft_create', { connection: app.current.id });
    await goto(draftHref(draft.id));
    await app.refresh();
  } catch (thrown) {
    announcer.alert(errorText(asIpcError(thrown)));
  }
}
