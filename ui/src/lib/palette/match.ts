// What a query finds among commands: its words may stand in any order, each the start of a word.
import { fold } from '$lib/components/combobox';

/** How far a text is from a query: 0 starts with it, 3 has it somewhere; none where it does not match. */
export function distance(query: string, title: string, aliases: readonly string[] = []): number | null {
  const wanted = fold(query.trim());
  if (!wanted) return 0;
  const found = [title, ...aliases].map((text, place) => {
    const one = distanceOf(wanted, fold(text));
    return one === null ? null : one + (place > 0 ? 0.5 : 0);
  });
  const best = found.filter((one) => one !== null);
  return best.length > 0 ? Math.min(...best) : null;
}

function distanceOf(wanted: string, text: string): number | null {
  if (text.startsWith(wanted)) return 0;
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const asked = wanted.split(/\s+/);
  if (asked.every((part) => words.some((word) => word.startsWith(part)))) return 1;
  // "nd" finds "New draft".
  if (
    asked.length === 1 &&
    words
      .map((word) => word[0])
      .join('')
      .startsWith(wanted)
  )
    return 2;
  return wanted.length > 2 && text.includes(wanted) ? 3 : null;
}

/** The parts of a text, those that the query marks apart: for the letters in bold. */
export function marked(query: string, text: string): { text: string; hit: boolean }[] {
  const wanted = fold(query.trim());
  const folded = fold(text);
  // Where folding changes the length, its places are not those of the text: nothing is marked then.
  const at = wanted && folded.length === text.length ? wordStart(folded, wanted) : -1;
  if (at < 0) return [{ text, hit: false }];
  return [
    { text: text.slice(0, at), hit: false },
    { text: text.slice(at, at + wanted.length), hit: true },
    { text: text.slice(at + wanted.length), hit: false },
  ].filter((part) => part.text !== '');
}

function wordStart(text: string, wanted: string): number {
  const starts = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((word) => word.index);
  return starts.find((start) => text.startsWith(wanted, start)) ?? text.indexOf(wanted);
}
