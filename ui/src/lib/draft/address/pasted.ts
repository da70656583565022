// What is pasted into the first line of an address: a block of lines is kept whole, and may be taken apart.

const BREAKS = /[\r\n\v\f\u0085\u2028\u2029]+/u;

/** The lines of a text, without those that hold nothing. */
function lines(text: string): string[] {
  return text
    .split(BREAKS)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Several lines, or one with two commas: it may be more than the first line of an address. */
export function isBlock(text: string): boolean {
  return lines(text).length > 1 || (text.match(/[,，、]/gu) ?? []).length > 1;
}

/** A line without the commas at its end; no pattern, which would look at a long row of them again and again. */
function lengthOf(line: string): number {
  let end = line.length;
  while (end > 0 && ', ，、;'.includes(line.charAt(end - 1))) end -= 1;
  return end;
}

/** The text as one line, with a comma for each break, so that no two words become one. */
export function asLine(text: string): string {
  return lines(text)
    .map((line, at, all) => (at < all.length - 1 ? line.slice(0, lengthOf(line)) : line))
    .join(', ');
}

/**
 * Puts a text into a field as a paste does: over what is chosen, in the field's own undo. False where something does not
 * let it.
 */
export function putInto(input: HTMLInputElement, text: string): boolean {
  const asked = new InputEvent('beforeinput', {
    inputType: 'insertFromPaste',
    data: text,
    bubbles: true,
    cancelable: true,
  });
  if (!input.dispatchEvent(asked)) return false;
  // The only way that keeps the field's own undo; where it is gone, the text still comes.
  if (insertText(text)) return true;
  input.setRangeText(text, input.selectionStart ?? 0, input.selectionEnd ?? input.value.length, 'end');
  input.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', data: text, bubbles: true }));
  return true;
}

function insertText(text: string): boolean {
  const { execCommand } = document as { execCommand?: (command: string, ui: boolean, text: string) => boolean };
  return execCommand?.call(document, 'insertText', false, text) ?? false;
}
