// Dates, numbers and names of codes in the language of the page. Instants come as RFC 3339 at UTC, calendar dates as
// YYYY-MM-DD; an instant is drawn in local time, a calendar date never moves (DECISIONS 10).

const LOCALE = 'en-GB';

/** What is made at its first use: the first format of dates alone takes ten milliseconds, which are the start's else. */
export function later<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const clock = later(() => new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' }));
const dayMonth = later(() => new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' }));
const dayMonthYear = later(() => new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' }));
const longDate = later(
  () =>
    new Intl.DateTimeFormat(LOCALE, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    }),
);
const plainDate = later(
  () => new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
);
const countries = later(() => new Intl.DisplayNames(LOCALE, { type: 'region' }));
const currencies = later(() => new Intl.DisplayNames(LOCALE, { type: 'currency' }));
const whole = later(() => new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 }));

/** The local time of an instant: `14:32`. */
export function time(instant: string): string {
  return clock().format(new Date(instant));
}

/** An instant as short as it can be told: `14:32` today, `18 Nov 17:44` before, with the year when it is another. */
export function moment(instant: string, now: Date = new Date()): string {
  const then = new Date(instant);
  if (then.toDateString() === now.toDateString()) return clock().format(then);
  const date = then.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear;
  return `${short(date(), then)} ${clock().format(then)}`;
}

/** Whether an instant is on the local day of now. */
export function isToday(instant: string, now: Date = new Date()): boolean {
  return new Date(instant).toDateString() === now.toDateString();
}

/** The local day of an instant: `2 Sep 2026`. */
export function day(instant: string): string {
  return short(dayMonthYear(), new Date(instant));
}

/** The local day of an instant, without the year where it is this one: `13 Nov`. */
export function dayShort(instant: string, now: Date = new Date()): string {
  const then = new Date(instant);
  return then.getFullYear() === now.getFullYear() ? short(dayMonth(), then) : day(instant);
}

/** Three letters for every month: the language has four for one of them. */
function short(format: Intl.DateTimeFormat, then: Date): string {
  return format.format(then).replace('Sept', 'Sep');
}

/** A calendar date with its weekday: `Sunday 3 April 1988`. What is no date comes back as it is. */
export function dateWithWeekday(date: string): string {
  return formatDate(longDate(), date).replace(',', '');
}

/** A calendar date: `3 April 1988`. What is no date comes back as it is. */
export function calendarDate(date: string): string {
  return formatDate(plainDate(), date);
}

function formatDate(format: Intl.DateTimeFormat, date: string): string {
  const parsed = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) ? date : format.format(parsed);
}

/** A country's name by its ISO 3166-1 code: `Hong Kong`. An unknown code comes back as it is. */
export function country(code: string): string {
  if (!/^[A-Za-z]{2}$/.test(code)) return code;
  return (COUNTRY_NAMES[code.toUpperCase()] ?? countries().of(code.toUpperCase()) ?? code).replace(/ SAR China$/, '');
}

/** Where the long name of CLDR is not what staff look for. */
const COUNTRY_NAMES: Record<string, string> = {
  CG: 'Congo (Brazzaville)',
  CD: 'Congo (Kinshasa)',
  MM: 'Myanmar',
};

/** A currency's name by its ISO 4217 code: `Hong Kong Dollar`. An unknown code comes back as it is. */
export function currency(code: string): string {
  return /^[A-Za-z]{3}$/.test(code) ? (currencies().of(code.toUpperCase()) ?? code) : code;
}

/** A decimal text with separators, every digit kept: `1,200,000.00`. It is never made a number (DECISIONS 11). */
export function decimal(text: string): string {
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  if (!parts) return text;
  const [, sign = '', digits = '', fraction = ''] = parts;
  return `${sign}${digits.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`;
}

/** An amount with its currency's code: `HKD 1,200,000.00`. */
export function amount(code: string, text: string): string {
  return code ? `${code} ${decimal(text)}` : decimal(text);
}

/** A count: `100,000`. */
export function count(number: number): string {
  return whole().format(number);
}

/** A text that somebody typed, at most so long, where only its beginning has room. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  // Half a character is none.
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Several words as one list: `a, b and c`. */
export function list(words: string[]): string {
  return new Intl.ListFormat(LOCALE, { type: 'conjunction' }).format(words);
}

/** One of two forms by a count, with the count: `1 problem`, `2 problems`. */
export function counted(number: number, one: string, many: string): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
