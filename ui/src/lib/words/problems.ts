import type { Problem } from '$lib/ipc';
import { fieldLabel, fieldName, isSelected } from './fields';
import { calendarDate } from './format';

type Params = Record<string, string>;
/** `label` begins a sentence, `name` follows “the”. */
type Sentence = (label: string, name: string, params: Params) => string;

/** Every code of desk-domain's codes.rs. */
const SENTENCES: Record<string, Sentence> = {
  'age.minor': (_label, _name, { age }) => `Person must be at least ${age ?? 18}`,
  'age.over': (label, _name, { age }) => `${label} must be less than ${age ?? 120} years ago`,
  'amount.ambiguous': (label, _name, { a, b }) =>
    a && b
      ? `${label} can be ${a} or ${b}. Enter one of them`
      : `${label} can be read in two ways. Enter it without separators`,
  'amount.digits': (label, _name, { currency: code, digits }) =>
    digits === '0'
      ? `${label} in ${code ?? 'this currency'} must be a whole number`
      : `${label}${code ? ` in ${code}` : ''} must have ${digits ?? 'fewer'} digits after the point at most`,
  'amount.not_positive': (label) => `${label} must be more than 0`,
  'amount.unreadable': (label) => `${label} must be a number, like 12,000`,
  'choice.other': () => 'Not in the list. Check it is right',
  'country.unknown': (_label, name) => `Select the ${name}. The text is kept, and names no country`,
  'currency.unknown': (_label, name) => `Select the ${name}. The text is kept, and names no currency`,
  'date.ambiguous': (label, _name, { first, second }) =>
    first && second
      ? `${label} can be ${calendarDate(first)} or ${calendarDate(second)}. Enter the month as a word`
      : `${label} can be read in two ways. Enter the month as a word`,
  'date.expired': (label, _name, { date }) =>
    `${label} must be today or later${date ? `. It was ${calendarDate(date)}` : ''}`,
  'date.future': (label) => `${label} must be today or in the past`,
  'date.order': (label, _name, { date, other }) =>
    `${label} must be after the ${other ? fieldLabel(other).toLowerCase() : 'other date'}${date ? `, ${calendarDate(date)}` : ''}`,
  'date.unreadable': (label) => `${label} must be a real date, like 3 Apr 2021`,
  'email.format': (label) => `${label} must be an address like name@example.com`,
  'file_id.repeated': (label, _name, { other }) =>
    other ? `${label} must be another file than the ${fieldName(other)}` : `${label} must be another file`,
  'name.script': (label) => `${label} should be in Latin letters. Check it`,
  'partner_customer_id.characters': (label) =>
    `${label} has more than letters, digits, dot, dash and underscore. Check it`,
  'partner_customer_id.length': (label, _name, { min, max, found }) =>
    `${label} must be ${min ?? 20} to ${max ?? 64} characters${found ? `. It has ${found}` : ''}`,
  'phone.country_code': () => 'Enter the phone number with its country code, like +852 2123 4567',
  'phone.length': (label, _name, { min, max }) =>
    `${label} must be ${min ?? 6} to ${max ?? 15} digits with its country code`,
  'phone.letters': (label) => `${label} must use digits only`,
  'text.controls': (label) => `${label} has a line break or a character that cannot be seen. Check it`,
  'text.long': (label, _name, { max, found }) =>
    max && found ? `${label} may be cut: it has ${found} characters of ${max}` : `${label} is long and may be cut`,
  'website.format': (label) => `${label} must be an address like example.com`,
};

/** What is wrong at a field and how to fix it, in the words of its label; the same everywhere (UX.md P9). */
export function problemText(problem: Pick<Problem, 'path' | 'code' | 'params'>): string {
  const label = fieldLabel(problem.path);
  const sentence = SENTENCES[problem.code];
  // A rule of another version: its code is shown rather than nothing.
  if (!sentence) return `${label}: ${problem.code}`;
  return sentence(label, fieldName(problem.path), problem.params as Params);
}

/** What to do at an empty field that somebody requires. Without a field a whole person is missing. */
export function missingText(path: string | null): string {
  if (path === null) return 'Add at least one person';
  return `${isSelected(path) ? 'Select' : 'Enter'} the ${fieldName(path)}`;
}

/** The codes that have words. */
export const PROBLEM_CODES: readonly string[] = Object.keys(SENTENCES);
