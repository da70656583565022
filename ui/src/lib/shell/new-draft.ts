import { goto } from '$app/navigation';
import { asIpcError, call, type ConnectionView, type DraftView } from '$lib/ipc';
import { errorText } from '$lib/words/errors';
import { announcer } from './announcer.svelte';
import { app } from './app.svelte';
import { fieldFocused, holdKeys } from './held-keys';
import { overlays } from './overlays.svelte';
import { CONNECTIONS, draftHref } from './routes';

let making = false;

/** The name that a new draft was wanted with, where it is asked for which connection. */
export const wanted = { name: '' };

/** The connections of the chosen environment whose platform takes new customers. */
export function creators(): ConnectionView[] {
  const environment = app.current?.environment;
  return app.connections.filter((each) => each.environment === environment && each.capabilities.create);
}

/**
 * Makes a draft for the chosen connection, or for the one that is named, and opens it; without a connection, goes where
 * one is made. A platform that takes no new customers is said to be such, and another connection offered. With a name,
 * the draft has it already. What is typed on the way goes into the new draft, never into the one that is left.
 */
export async function newDraft(name = '', connection?: string): Promise<void> {
  if (making) return;
  if (connection === undefined && app.current?.capabilities.create === false) {
    wanted.name = name;
    return overlays.open('no_draft');
  }
  making = true;
  const left = document.activeElement;
  if (left instanceof HTMLElement) left.blur();
  try {
    await holdKeys(() => make(name, connection));
  } catch (thrown) {
    announcer.alert(errorText(asIpcError(thrown)));
    if (left instanceof HTMLElement && left.isConnected) left.focus();
  } finally {
    making = false;
  }
}

async function make(name: string, connection?: string): Promise<void> {
  await app.settled();
  const of = connection ?? app.current?.id;
  if (!of) return goto(CONNECTIONS);
  const draft = await call('draft_create', { connection: of });
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
