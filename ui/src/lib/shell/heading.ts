import { tick } from 'svelte';

/** A page that reads its data first has its heading later, but not later than this; the one it has until then goes. */
const LATE_MS = 5_000;

let waiting: MutationObserver | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Puts the focus on the page's heading after a navigation, so that its name is read and Tab starts there. A page that
 * has put the focus somewhere itself keeps it.
 */
export async function focusHeading(): Promise<void> {
  stop();
  await tick();
  // Another call may have come here meanwhile: one of them waits.
  stop();
  if (focused()) return;
  waiting = new MutationObserver(() => {
    if (focused()) stop();
  });
  waiting.observe(document.body, { childList: true, subtree: true });
  timer = setTimeout(stop, LATE_MS);
}

function focused(): boolean {
  if (document.activeElement && document.activeElement !== document.body) return true;
  const heading = document.querySelector<HTMLElement>('main h1:not([data-waiting])');
  if (!heading) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return true;
}

function stop(): void {
  waiting?.disconnect();
  waiting = null;
  clearTimeout(timer);
}
