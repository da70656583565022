// What a combobox finds and takes (UX.md appendix 1): a text is folded, so that accents and case do not matter; a
// code comes first, then what starts with the text, then a word of it, then what contains it.

/** One line of the list. */
export interface Option {
  /** What is kept: a code or the platform's word. */
  value: string;
  /** What is shown. */
  label: string;
  /** Other words that find it, like `Holland`. */
  aliases?: readonly string[];
  /** What stands at the end of the line; the value, if it differs from the label, without one. */
  code?: string;
}

/** A line that was found, with the part of its label that matched and the alias that did. */
export interface Match {
  option: Option;
  /** Start and end of the match in the label; none where a code or an alias matched. */
  hit: { start: number; end: number } | null;
  alias: string | null;
}

/** Lines drawn at most: more would be slower to draw than a key is to press. */
const DRAWN_MAX = 50;

/** The text without accents and case. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The lines for a text, best first, of equals the recent ones; all of them, up to the limit, for no text. */
export function find(options: readonly Option[], text: string, recent: readonly string[] = []): Match[] {
  const wanted = fold(text.trim());
  const age = ({ value }: Option) => (recent.includes(value) ? recent.indexOf(value) : recent.length);
  return options
    .map((option) => ({
      ...(wanted ? rank(option, wanted) : { match: { option, hit: null, alias: null }, rank: 0 }),
      age: age(option),
    }))
    .filter((found) => found.rank < MISS)
    .sort((a, b) => a.rank - b.rank || a.age - b.age)
    .slice(0, DRAWN_MAX)
    .map(({ match }) => match);
}

/** How many of the first lines were used recently: they stand under a head of their own. */
export function recentFirst(matches: readonly Match[], recent: readonly string[]): number {
  const other = matches.findIndex(({ option }) => !recent.includes(option.value));
  return other < 0 ? matches.length : other;
}

/** The line a text means without being chosen: its value, its label or an alias, whole. */
export function exact(options: readonly Option[], text: string): Option | undefined {
  const wanted = fold(text.trim());
  if (!wanted) return undefined;
  const same = (word: string) => fold(word) === wanted;
  return (
    options.find((option) => same(option.value)) ??
    options.find((option) => same(option.label)) ??
    options.find((option) => option.aliases?.some(same))
  );
}

const MISS = 9;

function rank(option: Option, wanted: string): { match: Match; rank: number } {
  const label = rankOf(option.label, wanted);
  const aliases = (option.aliases ?? []).map((alias) => ({ alias, rank: rankOf(alias, wanted) + 0.5 }));
  const alias = aliases.reduce<{ alias: string; rank: number } | null>(
    (best, next) => (next.rank < (best?.rank ?? MISS) ? next : best),
    null,
  );
  if (fold(option.value) === wanted) return { match: { option, hit: hit(option.label, wanted), alias: null }, rank: 0 };
  if (alias && alias.rank < label) return { match: { option, hit: null, alias: alias.alias }, rank: alias.rank };
  return { match: { option, hit: hit(option.label, wanted), alias: null }, rank: label };
}

function rankOf(word: string, wanted: string): number {
  const folded = fold(word);
  const at = folded.indexOf(wanted);
  if (at < 0) return MISS;
  if (at === 0) return 1;
  return folded.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(wanted)) ? 2 : 3;
}

function hit(label: string, wanted: string): Match['hit'] {
  const folded = fold(label);
  // Where folding changes the length, its places are not those of the label: nothing is marked then.
  if (folded.length !== label.length) return null;
  const starts = [...folded.matchAll(/[\p{L}\p{N}]+/gu)].map((part) => part.index);
  const at = starts.find((start) => folded.startsWith(wanted, start)) ?? folded.indexOf(wanted);
  return at < 0 ? null : { start: at, end: at + wanted.length };
}
