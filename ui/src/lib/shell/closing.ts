import { call } from '$lib/ipc';

/** Saves what was typed; false where that failed, which it has said itself. */
type Save = () => Promise<boolean>;

let save: Save | null = null;

/** The screen that has something to save when the window is asked to close. Give the result to `$effect`. */
export function saveBeforeClosing(own: Save): () => void {
  save = own;
  return () => {
    if (save === own) save = null;
  };
}

/** Answers a window that was asked to close. */
async function answer(): Promise<void> {
  const kept = save ? await save() : true;
  await call('app_close', { kept });
}

/** Listens for the question. Returns how to stop. */
export function listenForClosing(): () => void {
  const asked = () => void answer();
  window.addEventListener('desk-close', asked);
  return () => window.removeEventListener('desk-close', asked);
}
