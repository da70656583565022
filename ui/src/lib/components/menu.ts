/** Moves in an open menu with the arrows, Home and End, and closes it with Esc and Tab (ARIA practices, "Menu"). */
export function menuKey(event: KeyboardEvent, items: readonly HTMLElement[], close: () => void): void {
  if (event.isComposing || event.keyCode === 229 || event.altKey) return;
  const here = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
}
