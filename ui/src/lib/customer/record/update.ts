// What can be done to a customer from its record (DECISIONS 13).
import type { CustomerView } from '$lib/ipc';
import { customer as words } from '$lib/words/customer';

/** The platform has refused it: it is corrected, or applied for anew under another ID. */
export function isRefused({ status }: CustomerView): boolean {
  return status?.group === 'stopped' && /^(failed|rejected)$/i.test(status.raw.trim());
}

/** The words of the button that changes it. */
export function updateLabel(view: CustomerView): string {
  if (view.update !== null) return words.goOn;
  return isRefused(view) ? words.correct : words.update;
}
