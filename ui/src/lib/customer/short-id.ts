/** Longer ids are shown by both their ends; the whole one stands in the rail, in the tooltip, and is what is copied. */
const WHOLE_MAX = 24;
const HEAD = 8;
const TAIL = 4;

/** An id as the head of a record shows it. */
export function shortId(id: string): string {
  return id.length <= WHOLE_MAX ? id : `${id.slice(0, HEAD)}…${id.slice(-TAIL)}`;
}
