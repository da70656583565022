import { goto } from '$app/navigation';
import { asIpcError, call, type DraftView } from '$lib/ipc';
import { errorText } from '$lib/words/errors';
import { announcer } from './announcer.svelte';
import { app } from './app.svelte';
import { fieldFocused, holdKeys } from './held-keys';
import { CONNECTIONS, draftHref } from './routes';

let making = false;

/**
 * Makes a draft for the chosen connection and opens it; without a connection, goes where one is made. With a name, the
 * draft has it already. What is typed on the way goes into the new draft, never into the one that is left.
 */
export async function newDraft(name = ''): Promise<void> {
  if (making) return;
  making = true;
  const left = document.activeElement;
  if (left instanceof HTMLElement) left.blur();
  try {
    await holdKeys(() => make(name));
  } catch (thrown) {
    announcer.alert(errorText(asIpcError(thrown)));
    if (left instanceof HTMLElement && left.isConnected) left.focus();
  } finally {
    making = false;
  }
}

async function make(name: string): Promise<void> {
  await app.settled();
  if (!app.current) return goto(CONNECTIONS);
  const draft = await call('draft_create', { connection: app.current.id });
  if (name) await prefill(draft, name);
  await goto(draftHref(draft.id));
  await fieldFocused();
  void app.refresh();
}

async function prefill(draft: DraftView, name: string): Promise<void> {
  // A name with no Latin letter is the local one.
  const field = /\p{Script=Latin}/u.test(name) ? 'business_name_english' : 'business_name';
  const edits = [{ op: 'set' as const, path: `business_details/${field}`, text: name }];
  await call('draft_save', { draft: draft.id, edits, position: null, closing: true });
}
