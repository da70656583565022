import { go } from './go';
import { isKey, type KeyId } from './keys';
import { newDraft } from './new-draft';
import { overlays } from './overlays.svelte';
import { movePane } from './panes';
import { WAITING } from './routes';
import { zoom } from './zoom';

/** Keys that work everywhere, over a question too: they change nothing behind it. */
const ALWAYS: Partial<Record<KeyId, () => void>> = {
  zoom_in: () => void zoom(1),
  zoom_out: () => void zoom(-1),
  zoom_reset: () => void zoom(0),
};

/** Keys of every screen. Behind a question nothing else begins. */
const SCREEN: Partial<Record<KeyId, () => void>> = {
  palette: () => void overlays.open('palette'),
  help: () => void overlays.open('help'),
  new_draft: () => void newDraft(),
  waiting: () => void go(WAITING),
  pane_next: () => movePane(1),
  pane_before: () => movePane(-1),
};

/** Does what a row of the table stands for. Behind a question nothing else begins. */
function run(id: KeyId): void {
  if (ALWAYS[id]) ALWAYS[id]();
  else if (!document.querySelector('dialog[open]')) SCREEN[id]?.();
}

/** Hears the menu of the system, where it has one: its entries bear the names of the table. Returns how to stop. */
export function listenForMenu(): () => void {
  const chosen = (event: Event) => run((event as CustomEvent<KeyId>).detail);
  window.addEventListener('desk-menu', chosen);
  return () => window.removeEventListener('desk-menu', chosen);
}

/** Does what a key of every screen asks for. False where it is none, or belongs to somebody else. */
export function shellKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented) return false;
  const asked = (Object.keys({ ...ALWAYS, ...SCREEN }) as KeyId[]).find((id) => isKey(event, id));
  if (asked) run(asked);
  return asked !== undefined;
}
