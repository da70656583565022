// Where the links of the review lead.
import { SECTIONS, sectionOf } from '$lib/draft/paths';
import type { Said } from '$lib/draft/editor/shown-problems.svelte';
import type { DraftView } from '$lib/ipc/bindings';
import { draftHref } from '$lib/shell/routes';

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
