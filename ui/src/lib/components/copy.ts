/** What was copied is taken out of the clipboard after this, where the platform lets us and it is still ours. */
const CLEARED_AFTER_MS = 60_000;

/** The one way to the clipboard. False where the platform refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return false;
  }
  setTimeout(() => void clear(text), CLEARED_AFTER_MS);
  return true;
}

async function clear(text: string): Promise<void> {
  try {
    if ((await navigator.clipboard.readText()) === text) await navigator.clipboard.writeText('');
  } catch {
    // Reading may be refused; then the text stays, as it would after any copy.
  }
}
