// What a row of the list says in words: its problems, and what is to be done next.
import { shortId } from '$lib/customer/short-id';
import type { DraftRowView, Kind } from '$lib/ipc/bindings';
import { MARK as DELIVERY_MARK } from '$lib/outbox/waiting.svelte';
import { draft as words } from '$lib/words/draft';
import { fieldName, sectionTitle } from '$lib/words/fields';
import { list } from '$lib/words/format';
import { update } from '$lib/words/update';

/** Fields that are named; the rest are counted. */
const NAMED = 2;

/** What is typed is whole: it can be submitted. */
export function isReady(row: DraftRowView): boolean {
  return row.state === 'editing' && row.errors === 0 && row.filled >= row.required;
}

/** The mark of a state that is no longer being written. */
export const MARK = { ...DELIVERY_MARK, accepted: 'active', rejected: 'stopped' } as const;

/** `1 error, 1 warning`; none where there is nothing. */
export function problemsWords({ errors, warnings }: DraftRowView): string {
  const parts = [errors > 0 ? words.errors(errors) : '', warnings > 0 ? words.warnings(warnings) : ''];
  return parts.filter((part) => part !== '').join(words.separator) || words.none;
}

/** What is to be done next, or what the program does by itself; `now` as `Date.now()`. */
export function nextStep(row: DraftRowView, now = Date.now(), kind?: Kind): string {
  if (row.delivery) {
    const { next, next_at, reason, state } = row.delivery;
    const why = reason?.code ?? '';
    if (next === 'decision' && why === 'queue.tired') return words.nextSteps.tired;
    if (state === 'conflict' && row.purpose === 'update') return update.review.choose;
    if (next === 'connection' && why.startsWith('keyring.')) return words.nextSteps.keyring;
    const due = next_at === null || Date.parse(next_at) <= now;
    return words.nextSteps.by[next](due ? words.nextSteps.now : words.nextSteps.at(next_at));
  }
  switch (row.state) {
    case 'rejected':
      return fixes(row.rejected);
    case 'accepted':
      return row.customer_id === null ? words.nextSteps.done : words.nextSteps.acceptedAs(shortId(row.customer_id));
    case 'editing':
      if (row.sections.length > 0)
        return row.sections.map((section) => sectionTitle(section, kind)).join(words.separator);
      return row.errors > 0 ? words.nextSteps.problems : words.nextSteps.submit;
    default:
      return '';
  }
}

function fixes(paths: readonly string[]): string {
  // The same field of two persons is one name.
  const names = [...new Set(paths.map(fieldName))];
  if (names.length === 0) return words.nextSteps.fix;
  const rest = names.length - NAMED;
  return words.nextSteps.fixThe(list(rest > 0 ? [...names.slice(0, NAMED), words.more(rest)] : names));
}
