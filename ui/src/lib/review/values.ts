// What a field of the review shows: the value in words, and beside it what is sent, where that differs.
import type { FieldKind } from '$lib/ipc/bindings';
import { amount, calendarDate, country } from '$lib/words/format';

/** A value in words, and the spelling that is sent where it is another. */
export interface Shown {
  words: string;
  sent: string | null;
}

/** How a value that is sent reads. `currency` is the code sent beside an amount. */
export function shownValue(kind: FieldKind, sent: string, currency: string): Shown {
  const words = inWords(kind, sent, currency);
  return { words, sent: words === sent ? null : sent };
}

function inWords(kind: FieldKind, sent: string, currency: string): string {
  switch (kind) {
    case 'country':
      return country(sent);
    case 'date':
      return calendarDate(sent);
    case 'amount':
      return amount(currency, sent);
    default:
      return sent;
  }
}
