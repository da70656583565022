// The letter forms of a text in local script: Han is drawn differently in Taiwan, Japan and China.

const TRADITIONAL = new Set(['TW', 'HK', 'MO']);

/** A whole name in local script as it is written there: family name first and joined in Han, kana and hangul. */
export function localName(first: string, last: string): string {
  const [given, family] = [first.trim(), last.trim()];
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(family))
    return `${family}${given}`;
  return [given, family].filter((part) => part !== '').join(' ');
}

/** The language tag that picks the right letter forms; none for Latin letters. `country` decides where only Han stands. */
export function langOf(text: string, country: string = ''): string | undefined {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja';
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  if (/\p{Script=Arabic}/u.test(text)) return 'ar';
  if (!/\p{Script=Han}/u.test(text)) return undefined;
  if (country === 'JP') return 'ja';
  return TRADITIONAL.has(country) ? 'zh-Hant' : 'zh-Hans';
}
