// F6 goes from pane to pane: every part of the window marked with `data-pane`, in the order of the document.

const FOCUSABLE =
  'a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex]:not([tabindex="-1"])';

const lastFocus = new WeakMap<Element, HTMLElement>();

/** Keeps where the focus was in a pane, to go back there. */
export function rememberFocus(target: EventTarget | null): void {
  if (!(target instanceof HTMLElement)) return;
  const pane = target.closest('[data-pane]');
  if (pane) lastFocus.set(pane, target);
}

/** Puts the focus in the next pane, or the one before. */
export function movePane(step: 1 | -1): void {
  // A pane that is divided into panes is not one itself.
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => !pane.querySelector('[data-pane]') && target(pane) !== null,
  );
  if (panes.length === 0) return;
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : panes.length - 1) : (here + step + panes.length) % panes.length;
  const pane = panes[next];
  if (pane) target(pane)?.focus();
}

function target(pane: HTMLElement): HTMLElement | null {
  const last = lastFocus.get(pane);
  if (last && pane.contains(last) && visible(last)) return last;
  return [...pane.querySelectorAll<HTMLElement>(FOCUSABLE)].find(visible) ?? null;
}

function visible(element: HTMLElement): boolean {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? true;
}
