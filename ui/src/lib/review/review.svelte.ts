import { SvelteSet } from 'svelte/reactivity';
import { isOpen } from '$lib/draft/outcome';
import type { DraftState, DraftSubmit, IpcError, Missing, OutcomeView, Problem, ReviewView } from '$lib/ipc/bindings';

/** Work under way, as `job` gives it. */
export interface Work {
  done: Promise<OutcomeView>;
  cancel(): Promise<void>;
}

/** What the review needs from the outside; the screen gives the real thing, tests a fake. */
export interface ReviewOutside {
  submit(request: DraftSubmit): Work;
  reload(draft: string): Promise<ReviewView>;
  toError(thrown: unknown): IpcError;
  /** Sending began or ended, the draft has come somewhere else by itself, or was read again after it was accepted. */
  heard(what: 'submitting' | 'ended' | 'moved' | 'read', outcome: OutcomeView | null, error: IpcError | null): void;
}

/** Why the button cannot be used now; the words are the screen's. */
export type Why =
  | { why: 'problems' | 'required' | 'warnings' | 'files'; count: number }
  | { why: 'nothing' | 'incomplete' }
  | { why: 'house' | 'blocked' | 'done' | 'sending' | 'queued' | 'paused' | 'unknown' | 'conflict' };

/** The review of a draft: what is ticked, what stands in the way, and what became of sending it. */
export class Review {
  view = $state.raw() as ReviewView;
  sendAnyway = $state(false);
  readonly confirmed = new SvelteSet<string>();
  running = $state(false);
  error = $state.raw<IpcError | null>(null);
  /** How what is shown came: with the screen, as the answer to its button, or by itself while it is open. */
  came = $state<'opened' | 'asked' | 'followed'>('opened');

  #work: Work | null = null;
  /** What the program answered without keeping it: nothing of the draft has changed. */
  #held = $state.raw<OutcomeView | null>(null);
  /** What the user was told last. */
  #told: DraftState;
  #asked = 0;

  constructor(
    view: ReviewView,
    private readonly outside: ReviewOutside,
  ) {
    this.view = view;
    this.#told = view.draft.state;
  }

  get outcome(): OutcomeView | null {
    return this.#held ?? this.view.draft.outcome;
  }

  /** This screen asked for what is shown; else it was so before, or came by itself. */
  get fresh(): boolean {
    return this.came === 'asked';
  }

  get errors(): Problem[] {
    return this.view.draft.check.problems.filter((problem) => problem.severity === 'error');
  }

  get warnings(): Problem[] {
    return this.view.draft.check.problems.filter((problem) => problem.severity === 'warning');
  }

  /** Empty fields that the platform requires: they block whatever is ticked. */
  get required(): Missing[] {
    return this.view.draft.check.missing.filter((missing) => missing.requirement === 'platform');
  }

  /** Empty fields that the house requires: one tick sends without them. */
  get houseMissing(): Missing[] {
    return this.view.house_missing
      ? this.view.draft.check.missing.filter((missing) => missing.requirement !== 'platform')
      : [];
  }

  get openWarnings(): Problem[] {
    return this.warnings.filter((warning) => !this.confirmed.has(tick(warning)));
  }

  /** Everything that stands in the way of the button; none where it can be used. */
  get whys(): Why[] {
    const { state } = this.view.draft;
    if (this.running) return [{ why: 'sending' }];
    if (state === 'accepted') return [{ why: 'done' }];
    if (!isOpen(state)) return [{ why: state }];
    const whys: Why[] = [];
    if (this.errors.length > 0) whys.push({ why: 'problems', count: this.errors.length });
    if (this.required.length > 0) whys.push({ why: 'required', count: this.required.length });
    if (this.openWarnings.length > 0) whys.push({ why: 'warnings', count: this.openWarnings.length });
    if (this.view.house_missing && !this.sendAnyway) whys.push({ why: 'house' });
    if (this.view.uploads > 0) whys.push({ why: 'files', count: this.view.uploads });
    const problem = this.view.update?.problem;
    if (problem === 'update.nothing') whys.unshift({ why: 'nothing' });
    else if (problem === 'update.incomplete' && whys.length === 0) whys.push({ why: 'incomplete' });
    if (whys.length === 0 && (this.view.blocked || problem)) whys.push({ why: 'blocked' });
    return whys;
  }

  get canSubmit(): boolean {
    return this.whys.length === 0;
  }

  confirm(warning: Problem, on: boolean): void {
    if (on) this.confirmed.add(tick(warning));
    else this.confirmed.delete(tick(warning));
  }

  /** Sends what this review shows; `mayWait` lets it wait for the network. A second press while it runs does nothing. */
  async submit(mayWait = false): Promise<void> {
    if (!this.canSubmit) return;
    const confirmed = this.warnings.map(tick).filter((one) => this.confirmed.has(one));
    const { id, seq } = this.view.draft;
    const send_anyway = this.sendAnyway && this.view.house_missing;
    this.running = true;
    this.error = null;
    this.#held = null;
    this.came = 'opened';
    this.outside.heard('submitting', null, null);
    let answer: OutcomeView | null = null;
    try {
      this.#work = this.outside.submit({ draft: id, seq, send_anyway, confirmed, may_wait: mayWait });
      answer = await this.#work.done;
    } catch (thrown) {
      this.error = this.outside.toError(thrown);
    }
    this.#work = null;
    // The state of the draft, its problems and the outcome come from one place, also after a cancel.
    try {
      await this.#reload();
    } catch (thrown) {
      this.error ??= this.outside.toError(thrown);
    }
    if (answer?.outcome === 'not_sent' && isOpen(this.view.draft.state)) this.#held = answer;
    this.running = false;
    this.came = 'asked';
    this.#told = this.view.draft.state;
    this.outside.heard('ended', this.error ? null : this.outcome, this.error);
  }

  async cancel(): Promise<void> {
    await this.#work?.cancel();
  }

  /**
   * Follows a draft that is on the way: something of the outbox has changed. True where it stands elsewhere now, which
   * was said then. That it is just being sent is not said: what it becomes is.
   */
  async follow(): Promise<boolean> {
    const { delivery, outcome, update } = this.view.draft;
    const isReadBack = update === null || outcome?.outcome !== 'accepted' || outcome.read_back !== null;
    if (this.running || (delivery === null && isReadBack)) return false;
    this.came = 'followed';
    try {
      await this.#reload();
    } catch {
      // Nobody asked: the next news brings it.
      return false;
    }
    const { state, outcome: now } = this.view.draft;
    if (this.running || state === 'sending') return false;
    const isRead = !isReadBack && now?.outcome === 'accepted' && now.read_back !== null;
    if (state === this.#told && !isRead) return false;
    this.#told = state;
    this.error = null;
    this.outside.heard(isRead ? 'read' : 'moved', this.outcome, null);
    return true;
  }

  async #reload(): Promise<void> {
    const number = ++this.#asked;
    const view = await this.outside.reload(this.view.draft.id);
    // An answer that was overtaken brings no older state back.
    if (number === this.#asked) this.view = view;
  }
}

/** How a ticked warning is named to the program. */
export function tick(problem: Problem): string {
  return `${problem.path} ${problem.code}`;
}
