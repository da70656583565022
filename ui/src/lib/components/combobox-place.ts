/** Room for the list below the control; with less it opens upwards, where there is more. */
const ROOM_PX = 260;
const GAP_PX = 4;
const WIDTH_MIN_PX = 240;
const HEIGHT_MAX_PX = 22 * 16;

/**
 * Shows a list at the box of its control and keeps it there; gives what ends that. The list is drawn in the window's top
 * layer, so that no scrolling part clips it.
 */
export function hang(popup: HTMLElement, anchor: HTMLElement | null): () => void {
  function place() {
    const box = anchor?.parentElement?.getBoundingClientRect();
    if (!box) return;
    const below = window.innerHeight - box.bottom;
    const upwards = below < ROOM_PX && box.top > below;
    const room = (upwards ? box.top : below) - 3 * GAP_PX;
    const width = Math.max(box.width, WIDTH_MIN_PX);
    popup.style.maxHeight = `${Math.min(room, HEIGHT_MAX_PX)}px`;
    popup.style.width = `${width}px`;
    popup.style.left = `${Math.min(box.left, window.innerWidth - width - GAP_PX)}px`;
    popup.style.top = upwards ? 'auto' : `${box.bottom + GAP_PX}px`;
    popup.style.bottom = upwards ? `${window.innerHeight - box.top + GAP_PX}px` : 'auto';
  }
  popup.showPopover?.();
  place();
  window.addEventListener('scroll', place, true);
  window.addEventListener('resize', place);
  return () => {
    window.removeEventListener('scroll', place, true);
    window.removeEventListener('resize', place);
  };
}
