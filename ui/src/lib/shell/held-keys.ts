// Between a key that opens something and the field that it puts the focus into, people go on typing. What they type
// then belongs to what opens: it is held back, and typed there.

/** Something that takes longer than this has failed: the keys are let go. */
const HELD_MAX_MS = 4_000;

let stop: (() => void) | null = null;

/** Holds the keys while `work` runs, then types what came into the field that has the focus. Keys held already are not held twice. */
export async function holdKeys<T>(work: () => Promise<T>): Promise<T> {
  if (stop) return work();
  let text = '';
  let whole = true;
  const hold = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const typed = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    // After a key that moves, like Tab, nobody knows where the rest belongs.
    if (typed && whole && !event.isComposing) text += event.key;
    else if (!['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'].includes(event.key)) whole = false;
  };
  window.addEventListener('keydown', hold, true);
  stop = () => {
    window.removeEventListener('keydown', hold, true);
    clearTimeout(timer);
    stop = null;
  };
  const timer = setTimeout(() => stop?.(), HELD_MAX_MS);
  const before = document.activeElement;
  try {
    const done = await work();
    stop?.();
    if (text && document.activeElement !== before) typeInto(document.activeElement, text);
    return done;
  } finally {
    stop?.();
  }
}

/** Types a text where the cursor stands, as the keyboard would: with an input event that the field hears. */
function typeInto(element: Element | null, text: string): void {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) || element.readOnly) return;
  // The field's own undo knows a text that was inserted by the command, where there is one.
  if (document.execCommand?.('insertText', false, text)) return;
  element.setRangeText(text, element.selectionStart ?? 0, element.selectionEnd ?? 0, 'end');
  element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

/** Waits until a field in the content has the focus, for as long as a screen may take to read its data. */
export function fieldFocused(): Promise<void> {
  const there = () => document.activeElement?.matches('main input, main textarea') ?? false;
  return new Promise((resolve) => {
    if (there()) return resolve();
    const done = () => {
      window.removeEventListener('focusin', look);
      clearTimeout(timer);
      resolve();
    };
    const look = () => {
      if (there()) done();
    };
    const timer = setTimeout(done, HELD_MAX_MS);
    window.addEventListener('focusin', look);
  });
}
