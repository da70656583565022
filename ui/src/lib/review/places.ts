// Where the links of the review lead, and what is said when sending has ended.
import { SECTIONS, sectionOf } from '$lib/draft/paths';
import type { Said } from '$lib/draft/editor/shown-problems.svelte';
import type { DraftView, IpcError, OutcomeView } from '$lib/ipc/bindings';
import { draftHref } from '$lib/shell/routes';
import { draft as words } from '$lib/words/draft';
import { errorText, errorWords } from '$lib/words/errors';
import { isOffline } from '$lib/draft/outcome';

/** The editor on one field. */
export function fieldHref(draft: string, path: string): string {
  return `${draftHref(draft)}&field=${encodeURIComponent(path)}`;
}

/** Everything the review says of a draft: it hides nothing, unlike the form while it is typed. */
export function reviewSaid(draft: DraftView): Said[] {
  const said: Said[] = draft.check.problems.map((problem) => ({
    from: 'rule',
    path: problem.path,
    problem,
    severity: problem.severity,
  }));
  if (draft.outcome?.outcome === 'rejected' && draft.state === 'rejected') {
    for (const { path, message } of draft.outcome.fields) {
      // What was changed since was another text when the platform spoke of it.
      if (draft.changed.includes(path)) continue;
      if (!said.some((one) => one.path === path)) said.push({ from: 'platform', path, message, severity: 'error' });
    }
  }
  for (const { path, section, requirement } of draft.check.missing) {
    // What the house requires can be sent without: a tick, not an error.
    said.push({ from: 'missing', path, section, severity: requirement === 'platform' ? 'error' : 'warning' });
  }
  return said.sort((a, b) => placeOf(a) - placeOf(b));
}

function placeOf(said: Said): number {
  return SECTIONS.indexOf(said.path === null ? 'business_person_list' : sectionOf(said.path));
}

/** What is announced when sending or looking up has ended. */
export function endedWords(outcome: OutcomeView | null, error: IpcError | null): string {
  if (error) return errorText(error);
  switch (outcome?.outcome) {
    case 'accepted':
      return words.outcome.acceptedSaid(outcome.customer_id);
    case 'rejected':
      return words.outcome.rejectedSaid(outcome.fields.length);
    case 'unknown':
      return `${words.outcome.unknown} ${errorWords(outcome.reason).says}`;
    case 'conflict':
      return words.outcome.conflict;
    case 'not_sent':
      return isOffline(outcome.reason.code)
        ? words.outcome.offline
        : `${words.outcome.notSent} ${errorText(outcome.reason)}`;
    default:
      return '';
  }
}
