// How each kind of field is typed: the keyboard of a touch screen, short words that stand for a text, what stands beside
// the text in the box.
import type { FieldKind, Problem } from '$lib/ipc/bindings';
import { amount, calendarDate } from '$lib/words/format';
import { addressForms, countryCode } from '../address/address-forms.svelte';
import type { DraftEditor } from '../editor/draft-editor.svelte';
import { keyOf } from '../paths';
import { currencyOf } from '../speech';

/** Which keys a kind of text needs. None of them is an input of that type: those change or hide what is typed. */
export const INPUT_MODE: Partial<Record<FieldKind, 'decimal' | 'tel' | 'email' | 'url'>> = {
  amount: 'decimal',
  phone: 'tel',
  email: 'email',
  website: 'url',
};

/** A text of an expiry field that the rules read as no expiry (desk-domain, value/never.rs). */
export const NO_EXPIRY = 'No expiry';

const EXPIRES = new Set(['business_identifier_expiry_date', 'id_expiration_date']);

/** Whether a field may hold that there is no expiry. */
export function expires(path: string): boolean {
  return EXPIRES.has(keyOf(path));
}

/** What a short word in a field of a kind stands for: the day of today, which must not move with the days. */
export function meant(kind: FieldKind, text: string, today: string): string | null {
  return kind === 'date' && text.length <= 9 && /^(t|today)$/i.test(text.normalize('NFKC').trim()) ? today : null;
}

/** One of the ways to read a text: what to type instead, and how it is called. */
export interface Reading {
  text: string;
  words: string;
}

/** The two ways to read an ambiguous text; none for another problem. */
export function readings({ code, params }: Pick<Problem, 'code' | 'params'>): Reading[] {
  const { first, second, a, b } = params;
  const both = (texts: (string | undefined)[], words: (text: string) => string) =>
    texts.flatMap((text) => (text === undefined ? [] : [{ text, words: words(text) }]));
  if (code === 'date.ambiguous') return both([first, second], calendarDate);
  if (code === 'amount.ambiguous') return both([a, b], (text) => amount('', text));
  return [];
}

const REGISTERED = 'registration_address/registration_address_country_code';

/** The country that a phone number without a country code is taken to be of; empty where none is known. */
export function phoneCountry(editor: DraftEditor): string {
  return countryCode(editor.text(REGISTERED), editor.echo(REGISTERED)?.params['code']);
}

/** What a national number begins with when it is dialled from abroad, like `+61`. */
export function callingCode(editor: DraftEditor): string | null {
  return addressForms.of(phoneCountry(editor))?.calling_code ?? null;
}

/** What stands before and after the text: the currency of an amount, the country of a national number. */
export function beside(editor: DraftEditor, kind: FieldKind, text: string): { before?: string; after?: string } {
  if (kind === 'amount') return { before: currencyOf(editor) || undefined };
  if (kind !== 'phone' || text.trim() === '' || /^\s*(\+|＋|00)/.test(text)) return {};
  return callingCode(editor) === null ? {} : { after: phoneCountry(editor) };
}
