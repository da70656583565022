/** The mark that says when the first screen with data was painted; the bench reads it. */
const MARK = 'first-screen';

let marked = false;

/** Sets the mark in the frame after the screen was painted, once. Call it when what the screen waited for is drawn. */
export function firstScreen(): void {
  if (marked) return;
  marked = true;
  // The first callback comes before the frame is painted, the second after it.
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(MARK)));
}
