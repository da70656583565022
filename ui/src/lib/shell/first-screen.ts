/** The mark that says when the first screen with data was painted; the bench reads it. */
const MARK = 'first-screen';

let marked = false;

/**
 * Sets the mark once the frame with the screen was painted, and only then. Call it when what the screen waited for is
 * drawn.
 */
export function firstScreen(): void {
  if (marked) return;
  marked = true;
  // A frame's callback comes before that frame is painted; a task that it posts comes after.
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      performance.mark(MARK);
    };
    port2.postMessage(null);
  });
}
