/**
 * Up, Down, J, K, Home and End go from row to row of a list: each row has one link marked with `data-row`. Put it on
 * the list with `{@attach rowKeys}`.
 */
export function rowKeys(list: HTMLElement): () => void {
  const listener = (event: KeyboardEvent) => move(list, event);
  list.addEventListener('keydown', listener);
  return () => list.removeEventListener('keydown', listener);
}

function move(list: HTMLElement, event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  const here = rows.findIndex((row) => row === document.activeElement);
  if (here < 0) return;
  const to = placeOf(event.key, here, rows.length);
  if (to === null) return;
  event.preventDefault();
  rows[Math.min(Math.max(to, 0), rows.length - 1)]?.focus();
}

function placeOf(key: string, here: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return here + 1;
    case 'ArrowUp':
    case 'k':
      return here - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
