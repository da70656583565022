import { SvelteSet } from 'svelte/reactivity';
import type { DraftSubmit, IpcError, Missing, OutcomeView, Problem, ReviewView } from '$lib/ipc/bindings';

/** Work under way, as `job` gives it. */
export interface Work {
  done: Promise<OutcomeView>;
  cancel(): Promise<void>;
}

/** What the review needs from the outside; the screen gives the real thing, tests a fake. */
export interface ReviewOutside {
  submit(request: DraftSubmit): Work;
  lookUp(draft: string): Work;
  reload(draft: string): Promise<ReviewView>;
  toError(thrown: unknown): IpcError;
  /** Work began or ended. */
  heard(what: 'submitting' | 'looking_up' | 'ended', outcome: OutcomeView | null, error: IpcError | null): void;
}

/** Why the button cannot be used now; the words are the screen's. */
export type Why =
  | { why: 'problems' | 'required' | 'warnings'; count: number }
  | { why: 'house' | 'blocked' | 'done' | 'sending' | 'unknown' | 'conflict' };

/** The review of a draft: what is ticked, what stands in the way, and what became of sending it. */
export class Review {
  view = $state.raw() as ReviewView;
  sendAnyway = $state(false);
  readonly confirmed = new SvelteSet<string>();
  running = $state<'submitting' | 'looking_up' | null>(null);
  error = $state.raw<IpcError | null>(null);
  /** This screen saw the outcome arrive; else it is one of before. */
  fresh = $state(false);

  #work: Work | null = null;

  constructor(
    view: ReviewView,
    private readonly outside: ReviewOutside,
  ) {
    this.view = view;
  }

  get outcome(): OutcomeView | null {
    return this.view.draft.outcome;
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
    if (this.running === 'submitting' || state === 'sending') return [{ why: 'sending' }];
    if (state === 'accepted') return [{ why: 'done' }];
    if (state === 'unknown' || state === 'conflict') return [{ why: state }];
    const whys: Why[] = [];
    if (this.errors.length > 0) whys.push({ why: 'problems', count: this.errors.length });
    if (this.required.length > 0) whys.push({ why: 'required', count: this.required.length });
    if (this.openWarnings.length > 0) whys.push({ why: 'warnings', count: this.openWarnings.length });
    if (this.view.house_missing && !this.sendAnyway) whys.push({ why: 'house' });
    if (whys.length === 0 && this.view.blocked) whys.push({ why: 'blocked' });
    return whys;
  }

  get canSubmit(): boolean {
    return this.whys.length === 0 && this.running === null;
  }

  confirm(warning: Problem, on: boolean): void {
    if (on) this.confirmed.add(tick(warning));
    else this.confirmed.delete(tick(warning));
  }

  /** Sends what this review shows. A second press while it runs does nothing. */
  async submit(): Promise<void> {
    if (!this.canSubmit) return;
    const confirmed = this.warnings.map(tick).filter((one) => this.confirmed.has(one));
    const { id, seq } = this.view.draft;
    await this.#run('submitting', () =>
      this.outside.submit({ draft: id, seq, send_anyway: this.sendAnyway && this.view.house_missing, confirmed }),
    );
  }

  /** Asks the platform whether it has it, without sending anything. */
  async lookUp(): Promise<void> {
    if (this.running !== null) return;
    await this.#run('looking_up', () => this.outside.lookUp(this.view.draft.id));
  }

  async cancel(): Promise<void> {
    await this.#work?.cancel();
  }

  async reload(): Promise<void> {
    try {
      this.view = await this.outside.reload(this.view.draft.id);
    } catch (thrown) {
      this.error = this.outside.toError(thrown);
    }
  }

  async #run(what: 'submitting' | 'looking_up', start: () => Work): Promise<void> {
    this.running = what;
    this.error = null;
    this.fresh = false;
    this.outside.heard(what, null, null);
    try {
      this.#work = start();
      await this.#work.done;
    } catch (thrown) {
      this.error = this.outside.toError(thrown);
    }
    this.#work = null;
    // The state of the draft, its problems and the outcome come from one place, also after a cancel.
    await this.reload();
    this.running = null;
    this.fresh = true;
    this.outside.heard('ended', this.error ? null : this.outcome, this.error);
  }
}

/** How a ticked warning is named to the program. */
export function tick(problem: Problem): string {
  return `${problem.path} ${problem.code}`;
}
