import { tick, untrack } from 'svelte';
import { on } from 'svelte/events';

/**
 * The focus in a block whose fields are moved, exchanged and taken away: whoever is in one of them, or on the way to it,
 * stays there, and is in it for the first time only once.
 */
export class HeldFocus {
  /** The id of the control that has the focus or is about to get it; none outside of the block. */
  at = $state<string | null>(null);
  /** It has the focus while the page moves it, which is no visit that ends or begins. */
  #moved: Element | null = null;

  /** An attachment of the block. */
  watch = (block: HTMLElement): (() => void) => {
    const focus = (event: FocusEvent) => {
      if (event.target === this.#moved) event.stopPropagation();
      else this.at = (event.target as Element).id;
    };
    const blur = (event: FocusEvent) => {
      const next = event.relatedTarget;
      if (event.target === this.#moved) event.stopPropagation();
      else this.at = next instanceof Element && block.contains(next) ? next.id : null;
    };
    const ends = [on(block, 'focus', focus, { capture: true }), on(block, 'blur', blur, { capture: true })];
    return () => ends.forEach((end) => end());
  };

  /** The fields are about to be drawn in another way. */
  hold(): void {
    const id = untrack(() => this.at);
    const control = document.getElementById(id ?? '');
    if (!(control instanceof HTMLInputElement)) return;
    if (document.activeElement === control) this.#moved = control;
    const { selectionStart, selectionEnd } = control;
    void tick().then(() => {
      // A field that got or lost its list is drawn anew.
      const now = control.isConnected ? control : document.getElementById(id ?? '');
      if (document.activeElement === document.body && now instanceof HTMLInputElement) {
        now.focus({ preventScroll: true });
        now.setSelectionRange(selectionStart, selectionEnd);
      }
      this.#moved = null;
    });
  }
}
