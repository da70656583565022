import { country } from '../format';

/** What a code's words may need: numbers, codes and dates as text. One that is not known is left out. */
export type Params = Partial<Record<string, string>>;

/** The words of a code: `label` begins a sentence, `name` follows “the”. */
export type Sentence = (label: string, name: string, params: Params) => string;

/** The words of a section's codes. */
export type Sentences = Record<string, Sentence>;

/** A label inside a sentence: its first letter is small. */
export const inner = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

const WITH_ARTICLE =
  /^(United|Bahamas|Comoros|Congo|Gambia|Maldives|Netherlands|Philippines|Seychelles)|(Islands|Republic|Territories)$/;

/** A country inside a sentence: `Japan`, `the United States`. */
export function inSentence(code: string): string {
  const name = country(code);
  return WITH_ARTICLE.test(name) ? `the ${name}` : name;
}
