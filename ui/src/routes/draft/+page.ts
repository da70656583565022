import { call } from '$lib/ipc';
import { app } from '$lib/shell/app.svelte';
import type { PageLoad } from './$types';

/** How long the screen before stays while a draft is read: most are there by then, and the form is drawn at once. */
const SOON_MS = 100;

/** Asks for the draft on the way to its screen. A slow one, and one that does not open, is waited for there. */
export const load: PageLoad = async ({ url }) => {
  const id = url.searchParams.get('id') ?? '';
  // Before the store is open nothing can be asked: the screen does it once it may be shown.
  if (!app.ready) return { id, opened: null };
  const opened = call('draft_open', { draft: id });
  const settled = opened.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([settled, new Promise((late) => setTimeout(late, SOON_MS))]);
  return { id, opened };
};
