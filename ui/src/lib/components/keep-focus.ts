/** An attachment: a press of a pointer in the element takes the focus from nobody. */
export function keepFocus(element: Element): () => void {
  const keep = (event: Event) => event.preventDefault();
  element.addEventListener('mousedown', keep);
  return () => element.removeEventListener('mousedown', keep);
}
