import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Check, OutcomeView, Problem, Section } from '$lib/ipc/bindings';
import { sectionOf } from '../paths';

/** What a field says below itself: a rule's words, the platform's own, or that it is empty. */
export type Said =
  | { from: 'rule'; path: string; problem: Problem; severity: Problem['severity'] }
  | { from: 'platform'; path: string; message: string; severity: 'error' }
  | { from: 'missing'; path: string | null; section: Section; severity: 'error' | 'warning' };

/**
 * Which problems are shown (UX P4): nothing before a field was left; a problem of format once a changed field with
 * something in it was left, then rechecked with every answer; an empty required field only after "Check section".
 */
export class ShownProblems {
  readonly #left = new SvelteSet<string>();
  readonly #rules = new SvelteMap<string, Problem>();
  readonly #asked = new SvelteSet<string>();
  readonly #said = new SvelteMap<string, string>();
  #noPerson = $state(false);

  constructor(
    private readonly text: (path: string) => string,
    /** The platform has it and cannot clear it: that it is empty is wrong at once. */
    private readonly isNeeded: (path: string) => boolean = () => false,
  ) {}

  /** A draft was opened: what stands in it was left before, except where the user still was. */
  open(
    paths: Iterable<string>,
    position: string | null,
    outcome: OutcomeView | null,
    changed: readonly string[] = [],
  ): void {
    for (const path of paths) if (path !== position) this.#left.add(path);
    if (outcome?.outcome !== 'rejected') return;
    // What was changed since was another text when the platform spoke of it.
    for (const said of outcome.fields) if (!changed.includes(said.path)) this.#said.set(said.path, said.message);
  }

  /** A field was left. Only a changed one with something in it may speak from now on. */
  leave(path: string, changed: boolean): void {
    if (changed && this.text(path) !== '') this.#left.add(path);
  }

  /** The text of a field changed: the platform's words were about the old one. */
  changed(path: string): void {
    this.#said.delete(path);
    if (this.text(path) === '') this.#rules.delete(path);
  }

  /** The rules answered. A text they have not seen yet keeps what is shown for it. */
  answer(check: Check, unseen: (path: string) => boolean): void {
    for (const path of this.#left) {
      if (unseen(path)) continue;
      const problem = check.problems.find((one) => one.path === path);
      if (problem && this.text(path) !== '') this.#rules.set(path, problem);
      else this.#rules.delete(path);
    }
    // What was required may not be any more: another country does without a postcode.
    for (const path of this.#asked) {
      if (unseen(path) || this.text(path).trim() !== '') continue;
      if (!check.missing.some((one) => one.path === path)) this.#asked.delete(path);
    }
  }

  /** "Check section": its empty required fields are errors from now on, and all its texts count as left. */
  ask(section: Section, check: Check, paths: Iterable<string>): void {
    for (const missing of check.missing) {
      if (missing.section !== section) continue;
      if (missing.path === null) this.#noPerson = true;
      else this.#asked.add(missing.path);
    }
    for (const path of paths) if (sectionOf(path) === section && this.text(path) !== '') this.#left.add(path);
  }

  /** A problem of this field is on the screen: it is rechecked without waiting. */
  speaks(path: string): boolean {
    return this.#rules.has(path);
  }

  /** What a field says now. */
  at(path: string): Said | null {
    const message = this.#said.get(path);
    if (message !== undefined) return { from: 'platform', path, message, severity: 'error' };
    const problem = this.#rules.get(path);
    if (problem) return { from: 'rule', path, problem, severity: problem.severity };
    if (this.text(path).trim() === '' && (this.#asked.has(path) || this.isNeeded(path))) {
      return { from: 'missing', path, section: sectionOf(path), severity: 'error' };
    }
    return null;
  }

  /** All that is shown, in this order of paths. `persons` tells whether there is any. */
  list(order: readonly string[], persons: number): Said[] {
    const shown = order.flatMap((path) => this.at(path) ?? []);
    const none: Said[] =
      this.#noPerson && persons === 0
        ? [{ from: 'missing', path: null, section: 'business_person_list', severity: 'error' }]
        : [];
    return [...shown, ...none];
  }
}

/** How far a section is (VISUAL: one of four). */
export type SectionStatus =
  | { is: 'not_started' }
  | { is: 'in_progress' }
  | { is: 'complete' }
  | { is: 'problems'; count: number; gravest: Problem['severity'] };

/** The state of a section out of what is shown and the rules' tally. */
export function sectionStatus(section: Section, check: Check, shown: readonly Said[]): SectionStatus {
  const here = shown.filter(
    (said) =>
      said.severity !== 'note' && (said.path === null ? 'business_person_list' : sectionOf(said.path)) === section,
  );
  if (here.length > 0) {
    const gravest = here.some((said) => said.severity === 'error') ? 'error' : 'warning';
    return { is: 'problems', count: here.length, gravest };
  }
  const tally = check.sections.find((one) => one.section === section);
  if (!tally) return { is: 'not_started' };
  if (tally.required > 0 && tally.filled >= tally.required) return { is: 'complete' };
  return tally.started ? { is: 'in_progress' } : { is: 'not_started' };
}
