import { isKey } from '$lib/shell/keys';

/** What a key does in the table. */
export type ListAction =
  { to: 'row'; at: number } | { to: 'page'; by: 1 | -1 } | { to: 'preview' } | { to: 'search' } | { to: 'more' };

/** Where the focus is: the row, how many there are, and how many of them fit in the window. */
export interface ListPlace {
  at: number;
  count: number;
  screenful: number;
}

/** What a key press in the table asks for; nothing for the keys that are not the table's. Enter is the link's own. */
export function actionOf(event: KeyboardEvent, { at, count, screenful }: ListPlace): ListAction | null {
  if (event.isComposing || event.keyCode === 229) return null;
  const row = (to: number): ListAction => ({ to: 'row', at: Math.min(Math.max(to, 0), count - 1) });
  if (isKey(event, 'move')) return row(at + (isUp(event) ? -1 : 1));
  if (isKey(event, 'ends')) return row(event.key === 'Home' ? 0 : count - 1);
  // A screen down, then to the last row, then to the next page.
  if (isKey(event, 'pages')) {
    const by = event.key === 'PageDown' ? 1 : -1;
    const end = by > 0 ? count - 1 : 0;
    return at === end ? { to: 'page', by } : row(at + by * Math.max(1, screenful - 1));
  }
  if (isKey(event, 'preview')) return { to: 'preview' };
  if (isKey(event, 'read_on')) return { to: 'more' };
  return isKey(event, 'search') ? { to: 'search' } : null;
}

/** K, or the key at its place where the keyboard writes another script. */
function isUp({ key, code }: KeyboardEvent): boolean {
  return key === 'ArrowUp' || key.toLowerCase() === 'k' || (key.length === 1 && key > '\u007f' && code === 'KeyK');
}
