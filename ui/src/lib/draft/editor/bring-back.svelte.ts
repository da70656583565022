import { SvelteMap } from 'svelte/reactivity';
import type { DraftView } from '$lib/ipc/bindings';
import type { SaveQueue } from './save-queue.svelte';

/** What bringing back needs from the editor. */
export interface BringBackOutside {
  queue: SaveQueue;
  /** The program alone knows what was read. */
  keep?: (path: string) => Promise<DraftView>;
  /** A field stands as it was read. */
  came(path: string, view: DraftView): void;
  failed(thrown: unknown): void;
}

/** Fields that are to be brought back as they were read, and who waits for it. What is typed in one takes it out. */
export class BringBack {
  readonly #waiting = new SvelteMap<string, (came: boolean) => void>();
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly outside: BringBackOutside) {}

  has(path: string): boolean {
    return this.#waiting.has(path);
  }

  get any(): boolean {
    return this.#waiting.size > 0;
  }

  get paths(): string[] {
    return [...this.#waiting.keys()];
  }

  /** Brings fields back, and says whether all came: not before the answer is there, however late. */
  async ask(paths: readonly string[]): Promise<boolean> {
    const came = paths.map((path) => new Promise<boolean>((done) => this.#waiting.set(path, done)));
    void this.go();
    return (await Promise.all(came)).every(Boolean);
  }

  /** Goes on with all that wait. */
  go(): Promise<void> {
    return (this.#running = this.#running.then(() => this.#each()));
  }

  /** Something else takes the place of a field that waits. */
  drop(path: string): void {
    this.#waiting.get(path)?.(false);
    this.#waiting.delete(path);
  }

  /** The program brings each back, and nothing is sent meanwhile. */
  async #each(): Promise<void> {
    for (const [path, done] of [...this.#waiting]) {
      // What was typed meanwhile is newer, also than what was asked while the rest was being saved.
      const stands = () => this.#waiting.get(path) === done;
      const { queue, keep } = this.outside;
      try {
        const view = await queue.between(() => (stands() && keep ? keep(path) : Promise.resolve(null)));
        if (!stands()) continue;
        // What is not saved is saved later, and then this goes on.
        if (!view) return;
        this.#waiting.delete(path);
        this.outside.came(path, view);
        done(true);
      } catch (thrown) {
        if (stands()) this.drop(path);
        this.outside.failed(thrown);
      }
    }
  }
}
