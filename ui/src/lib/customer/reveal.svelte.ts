import { SvelteMap } from 'svelte/reactivity';
import type { IpcError, RevealedView } from '$lib/ipc/bindings';
import { Reason } from './reason.svelte';

/** What revealing needs from the outside. */
export interface RevealOutside {
  reveal(path: string, reason: string | null): Promise<RevealedView>;
  toError(thrown: unknown): IpcError;
  heard(what: 'shown' | 'hidden' | 'failed', path: string, seconds: number, error: IpcError | null): void;
  now?: () => number;
}

interface Shown {
  value: string;
  until: number;
}

const TICK_MS = 1_000;

/** Values that are shown for a while: they hide by themselves, and when the window or the page is left (UX B3). */
export class Reveal {
  /** Asked for where the policy wants to know; its dialog stands on the screen (`ReasonDialog`). */
  readonly reason = new Reason();
  readonly #shown = new SvelteMap<string, Shown>();
  #now = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Grows when everything is hidden: an answer that was asked for before is not shown any more. */
  #age = 0;

  constructor(private readonly outside: RevealOutside) {
    this.#now = this.#clock();
  }

  value(path: string): string | null {
    return this.#shown.get(path)?.value ?? null;
  }

  /** Seconds until a value hides. */
  left(path: string): number {
    const shown = this.#shown.get(path);
    return shown ? Math.max(0, Math.ceil((shown.until - this.#now) / TICK_MS)) : 0;
  }

  get any(): boolean {
    return this.#shown.size > 0;
  }

  async show(path: string): Promise<void> {
    let age = this.#age;
    try {
      const view = await this.reason.with((reason) => {
        // The window may be left to look for the reason: what counts is that nobody left since it was given.
        age = this.#age;
        return this.outside.reveal(path, reason);
      });
      if (view === null || age !== this.#age) return;
      this.#now = this.#clock();
      this.#shown.set(path, { value: view.value, until: this.#now + view.hides_after_s * TICK_MS });
      this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
      this.outside.heard('shown', path, view.hides_after_s, null);
    } catch (thrown) {
      this.outside.heard('failed', path, 0, this.outside.toError(thrown));
    }
  }

  hide(path: string): void {
    if (!this.#shown.delete(path)) return;
    this.outside.heard('hidden', path, 0, null);
    this.#rest();
  }

  /** Hides everything: Esc, another window, another page. */
  hideAll(): void {
    this.#age += 1;
    const [first] = this.#shown.keys();
    this.#shown.clear();
    this.#rest();
    if (first !== undefined) this.outside.heard('hidden', first, 0, null);
  }

  #tick(): void {
    this.#now = this.#clock();
    for (const [path, shown] of [...this.#shown]) if (shown.until <= this.#now) this.hide(path);
  }

  #rest(): void {
    if (this.#shown.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #clock(): number {
    return this.outside.now?.() ?? Date.now();
  }
}
