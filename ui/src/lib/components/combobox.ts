// What a combobox finds and takes (UX.md appendix 1): a text is folded, so that accents and case do not matter; what is
// typed whole comes first, a code before a name before another name, then what starts with the text, then a word of it,
// then what contains it, then what has all its words.

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
export const DRAWN_MAX = 50;

/** Letters that no decomposition takes apart, and quotes that keyboards do not have. */
const PLAIN: Record<string, string> = {
  ...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' },
  ...{ '’': "'", '‘': "'", ʼ: "'" },
};
const PLAIN_SIGNS = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/** The text without accents and case. */
export function fold(text: string): string {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return bare.replace(PLAIN_SIGNS, (sign) => PLAIN[sign] ?? sign);
}

/** A word of a line, folded, and where each of its own words begins. */
interface Word {
  raw: string;
  folded: string;
  starts: number[];
}
interface Line {
  option: Option;
  value: string;
  label: Word;
  aliases: Word[];
}

/** Lists are folded once: a key press looks through hundreds of lines, each with several words. */
const folded = new WeakMap<readonly Option[], Line[]>();

function linesOf(options: readonly Option[]): Line[] {
  let lines = folded.get(options);
  if (!lines) {
    lines = options.map((option) => ({
      option,
      value: fold(option.value),
      label: wordOf(option.label),
      aliases: (option.aliases ?? []).map(wordOf),
    }));
    folded.set(options, lines);
  }
  return lines;
}

function wordOf(raw: string): Word {
  const text = fold(raw);
  return { raw, folded: text, starts: [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((part) => part.index) };
}

/** The lines for a text, best first, of equals the recent ones; all of them for no text. */
export function find(options: readonly Option[], text: string, recent: readonly string[] = []): Match[] {
  const wanted = fold(text.trim());
  const parts = wanted.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  const age = ({ value }: Option) => (recent.includes(value) ? recent.indexOf(value) : recent.length);
  // Of lines that match alike, the one with the typed letters as they stand goes first: `Huế` is not `Hue`.
  let said: string[] | null = null;
  const asTyped = ({ option }: Line): number => {
    said ??=
      text
        .normalize()
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? [];
    const value = option.value.toLowerCase();
    return Number(said.every((part) => value.includes(part)));
  };
  return linesOf(options)
    .map((line) => ({ line, ...rankOf(line, wanted, parts), age: age(line.option) }))
    .filter((found) => found.rank < MISS)
    .sort((a, b) => a.rank - b.rank || a.age - b.age || asTyped(b.line) - asTyped(a.line))
    .map(({ line, alias }) => ({ option: line.option, hit: alias ? null : hit(line.label, wanted), alias }));
}

/** How many of the first lines were used recently: they stand under a head of their own. */
export function recentFirst(matches: readonly Match[], recent: readonly string[]): number {
  const other = matches.findIndex(({ option }) => !recent.includes(option.value));
  return other < 0 ? matches.length : other;
}

/** The line a text means without being chosen: its value, its label or an alias, whole. None where an alias is of two. */
export function exact(options: readonly Option[], text: string): Option | undefined {
  const wanted = fold(text.trim());
  if (!wanted) return undefined;
  const lines = linesOf(options);
  const whole = lines.find((line) => line.value === wanted) ?? lines.find(({ label }) => label.folded === wanted);
  if (whole) return whole.option;
  const others = lines.filter(({ aliases }) => aliases.some((alias) => alias.folded === wanted));
  return others.length === 1 ? others[0]?.option : undefined;
}

const MISS = 9;
/** How much worse an alias is than a label that matches alike. */
const OF_ALIAS = 0.2;

function rankOf(line: Line, wanted: string, parts: string[]): { rank: number; alias: string | null } {
  if (!wanted || line.value === wanted) return { rank: 0, alias: null };
  let best = rankOfWord(line.label, wanted, parts);
  let by: Word | null = null;
  for (const alias of line.aliases) {
    const rank = rankOfWord(alias, wanted, parts) + OF_ALIAS;
    if (rank < best) [best, by] = [rank, alias];
  }
  return { rank: best, alias: by?.raw ?? null };
}

function rankOfWord({ folded: word, starts }: Word, wanted: string, parts: string[]): number {
  const at = word.indexOf(wanted);
  if (at === 0) return word.length === wanted.length ? 0.5 : 1;
  if (at > 0) return starts.some((start) => word.startsWith(wanted, start)) ? 2 : 3;
  return parts.length > 1 && wanted.length <= word.length && hasAll(word, starts, parts) ? 4 : MISS;
}

/** Whether each part begins a word of its own. */
function hasAll(word: string, starts: readonly number[], parts: readonly string[]): boolean {
  const free = [...starts];
  return parts.every((part) => {
    const at = free.findIndex((start) => word.startsWith(part, start));
    if (at >= 0) free.splice(at, 1);
    return at >= 0;
  });
}

function hit({ raw, folded: word, starts }: Word, wanted: string): Match['hit'] {
  // Where folding changes the length, its places are not those of the label: nothing is marked then.
  if (!wanted || word.length !== raw.length) return null;
  const at = starts.find((start) => word.startsWith(wanted, start)) ?? word.indexOf(wanted);
  return at < 0 ? null : { start: at, end: at + wanted.length };
}
