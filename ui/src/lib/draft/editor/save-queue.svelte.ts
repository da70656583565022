import type { DraftSave, DraftSavedView, Edit, IpcError } from '$lib/ipc/bindings';

/** Quiet time after the first key press that is not yet kept (DECISIONS 24: acknowledged within 500 ms). */
export const AUTOSAVE_QUIET_MS = 250;
/** Pause before a failed save is tried again by itself; a full disk is not asked thirty times a minute. */
export const RETRY_MS = 5_000;

/** Errors that no second try mends: the draft cannot take this any more. What was typed stays on the screen. */
const FINAL = new Set(['draft.read_only', 'draft.gone', 'draft.id_frozen']);

/** How saving stands. */
export type SaveState = 'saved' | 'saving' | 'failed';

/** What the queue needs from the outside. */
export interface SaveOutside {
  save(request: DraftSave): Promise<DraftSavedView>;
  /** The answer came: `kept` are the edits it acknowledges. */
  saved(view: DraftSavedView, kept: readonly Edit[]): void;
  /** A save failed for the first time, or the first one after failing worked. */
  announce(what: 'failed' | 'recovered', error: IpcError | null): void;
  toError(thrown: unknown): IpcError;
  now(): number;
}

/**
 * Keeps the edits of one draft in order until the program has acknowledged them. One request at a time; what fails
 * goes back to the front and is tried again, so that nothing typed is ever dropped.
 */
export class SaveQueue {
  state = $state<SaveState>('saved');
  savedAt = $state('');
  error = $state<IpcError | null>(null);

  #pending: Edit[] = [];
  #inFlight: Edit[] = [];
  #dueAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | undefined;
  #held = false;
  #urgent = false;

  position: string | null = null;
  /** Something was changed since the draft was opened. */
  edited = false;

  constructor(
    private readonly draft: string,
    private readonly outside: SaveOutside,
  ) {}

  /** What failed will fail again. */
  get #final(): boolean {
    return this.error !== null && FINAL.has(this.error.code);
  }

  /** Something is not yet on the disk that still can be. */
  get unsaved(): boolean {
    return !this.#final && (this.#pending.length > 0 || this.#running !== undefined);
  }

  /** Edits of these paths are not yet acknowledged. */
  isPending(path: string): boolean {
    const is = (edit: Edit): boolean => edit.op === 'set' && edit.path === path;
    return this.#pending.some(is) || this.#inFlight.some(is);
  }

  /** Takes an edit. A burst of one field is one edit, whatever followed it: the newest text counts. */
  add(edit: Edit, delay: number = AUTOSAVE_QUIET_MS): void {
    this.edited = true;
    const same = edit.op === 'set' ? this.#setOf(edit.path) : undefined;
    if (same && edit.op === 'set') {
      same.text = edit.text;
      this.#dueAt = Math.min(this.#dueAt, this.outside.now() + delay);
    } else {
      const due = this.outside.now() + delay;
      this.#dueAt = this.#pending.length === 0 ? due : Math.min(this.#dueAt, due);
      this.#pending.push(edit);
    }
    if (this.state === 'saved') this.state = 'saving';
    this.#schedule();
  }

  /** The text of a field that waits. Persons come and go in their order, so none from before that. */
  #setOf(path: string): Extract<Edit, { op: 'set' }> | undefined {
    for (const edit of this.#pending.toReversed()) {
      if (edit.op !== 'set') return undefined;
      if (edit.path === path) return edit;
    }
    return undefined;
  }

  /** While an input method composes, nothing is sent (B0). */
  hold(held: boolean): void {
    this.#held = held;
    if (held) this.#clear();
    else this.#schedule();
  }

  /** The user went to another field; kept with the next save. */
  moveTo(position: string | null): void {
    if (position !== null) this.position = position;
  }

  /** Sends what is pending at once. Resolves to whether everything is kept. */
  async flush(closing = false): Promise<boolean> {
    this.#clear();
    // What can never be kept holds nobody back: it was said when it failed.
    if (this.#final) return true;
    while (this.#running) {
      this.#urgent = true;
      await this.#running;
    }
    if (this.#pending.length === 0 && !closing && this.state !== 'failed') return true;
    return this.#send(closing);
  }

  /** Does something after all that is pending, while nothing is sent. None where what is pending could not be kept. */
  async between<T>(work: () => Promise<T>): Promise<T | null> {
    do if (!(await this.flush())) return null;
    while (this.#running);
    const done = work();
    const running = done.then(
      () => true,
      () => false,
    );
    this.#running = running;
    await running;
    this.#running = undefined;
    this.#schedule();
    return done;
  }

  /** Stops all timers. What is pending stays in memory. */
  stop(): void {
    this.#clear();
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    if (this.#held || this.#running || this.#final || this.#pending.length === 0) return;
    this.#clear();
    const wait = this.#urgent ? 0 : Math.max(0, this.#dueAt - this.outside.now());
    this.#timer = setTimeout(() => void this.#send(false), wait);
  }

  #send(closing: boolean): Promise<boolean> {
    this.#clear();
    const edits = this.#pending;
    this.#pending = [];
    this.#inFlight = edits;
    this.#urgent = false;
    if (this.state !== 'failed') this.state = 'saving';
    const request = { draft: this.draft, edits, position: this.position, closing };
    const running = this.outside.save(request).then(
      (view) => this.#done(view, edits),
      (thrown: unknown) => this.#failed(thrown, edits),
    );
    this.#running = running;
    return running;
  }

  #done(view: DraftSavedView, edits: Edit[]): boolean {
    this.#running = undefined;
    this.#inFlight = [];
    const recovered = this.state === 'failed';
    this.error = null;
    this.savedAt = view.saved_at;
    this.state = this.#pending.length > 0 ? 'saving' : 'saved';
    this.outside.saved(view, edits);
    if (recovered) this.outside.announce('recovered', null);
    this.#schedule();
    return true;
  }

  #failed(thrown: unknown, edits: Edit[]): boolean {
    this.#running = undefined;
    this.#inFlight = [];
    this.#pending = [...edits, ...this.#pending];
    this.#urgent = false;
    this.error = this.outside.toError(thrown);
    const first = this.state !== 'failed';
    this.state = 'failed';
    if (first) this.outside.announce('failed', this.error);
    this.#clear();
    if (!this.#held && !this.#final && this.#pending.length > 0)
      this.#timer = setTimeout(() => void this.#send(false), RETRY_MS);
    return false;
  }
}
