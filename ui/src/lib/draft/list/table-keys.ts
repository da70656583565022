import { isKey } from '$lib/shell/keys';

/** What a key press in the table asks for. Enter is the link's own. */
export type TableAction =
  { does: 'focus'; row: HTMLElement } | { does: 'search' } | { does: 'duplicate' | 'delete'; draft: string };

/** The draft of the row that something of the table stands in. */
export function rowAt(target: EventTarget | null): string | null {
  const row = target instanceof Element ? target.closest('tr')?.querySelector<HTMLElement>('[data-row]') : null;
  return row?.dataset.row ?? null;
}

/** Reads a key press in the table; none for the keys that are not the table's. */
export function tableKey(event: KeyboardEvent, table: HTMLElement): TableAction | null {
  const rows = [...table.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const draft = rows[at]?.dataset.row;
  if (draft === undefined) return null;
  const focus = (to: number): TableAction | null => {
    const row = rows[Math.min(Math.max(to, 0), rows.length - 1)];
    return row ? { does: 'focus', row } : null;
  };
  if (isKey(event, 'move')) return focus(at + (isUp(event) ? -1 : 1));
  if (isKey(event, 'ends')) return focus(event.key === 'Home' ? 0 : rows.length - 1);
  if (isKey(event, 'draft_search')) return { does: 'search' };
  if (isKey(event, 'duplicate')) return { does: 'duplicate', draft };
  return isKey(event, 'delete') ? { does: 'delete', draft } : null;
}

/** K, or the key at its place where the keyboard writes another script. */
function isUp({ key, code }: KeyboardEvent): boolean {
  return key === 'ArrowUp' || key.toLowerCase() === 'k' || (key.length === 1 && key > '\u007f' && code === 'KeyK');
}
