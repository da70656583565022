import { on } from 'svelte/events';

/**
 * An attachment of an input: a press on its box beside it, on the code or the sign at its end, is a press of the control
 * too, and takes the focus from nobody.
 */
export function wholeBox(pressed: () => void): (input: HTMLInputElement) => (() => void) | undefined {
  return (input) =>
    input.parentElement
      ? on(input.parentElement, 'mousedown', (event) => {
          if (event.button !== 0 || event.target === input || event.defaultPrevented) return;
          event.preventDefault();
          pressed();
        })
      : undefined;
}
