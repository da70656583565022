import type { ConnectionRef, IpcError, JobEvent, PlatformListRef, PlatformListView } from '$lib/ipc';

/** A job as the page sees it. */
interface Running {
  done: Promise<PlatformListView>;
  cancel(): Promise<void>;
}
type Hear = (event: JobEvent<PlatformListView>) => void;

/** What the platform's list needs from the outside. */
export interface PlatformOutside {
  read(ref: PlatformListRef): Promise<PlatformListView>;
  more(ref: PlatformListRef, hear: Hear): Running;
  all(ref: PlatformListRef, hear: Hear): Running;
  details(ref: ConnectionRef, hear: Hear): Running;
  toError(thrown: unknown): IpcError;
  /** Rows came, or names of rows. */
  came(): unknown;
  heard(what: 'began' | 'ended' | 'cancelled' | 'failed', said: Said): void;
}

/** Work that began or ended, whatever is looked at meanwhile. */
export interface Said {
  work: PlatformWork;
  connection: string;
  /** What it has read: the rows of the page, those of the list, the customers. */
  count: number;
  error: IpcError | null;
}

/** What is being read: the next page, all pages, the customers that only the list has named. */
export type PlatformWork = 'more' | 'all' | 'details';

/** How far the list of a platform was read, and what reads on. */
export class PlatformList {
  /** How far it is; none before it was asked for, and where nothing here has a list. */
  view = $state.raw<PlatformListView | null>(null);
  error = $state.raw<IpcError | null>(null);
  work = $state<PlatformWork | null>(null);
  /** Whose work it is, or whose error: it may be another list than the one that is shown. */
  of = $state.raw<PlatformListRef | null>(null);
  /** What the work has done so far, and how much there is where that is known. */
  done = $state(0);
  total = $state(0);

  #ref: PlatformListRef | null = null;
  #job: Running | null = null;
  #stopped = false;

  constructor(private readonly outside: PlatformOutside) {}

  /** It has more than was read. */
  get further(): boolean {
    return this.view?.has_more === true;
  }

  /** Shows the list of a connection, or the part of it that filters leave. What is being read goes on by itself. */
  async show(ref: PlatformListRef | null): Promise<void> {
    if (ref && same(ref, this.#ref)) return this.#look();
    // An error of what was not shown has not been seen yet.
    if (this.of && same(this.of, this.#ref)) this.error = null;
    this.#ref = ref;
    this.view = null;
    if (ref) await this.#look();
  }

  /** Reads the next page. Gives what was answered, where it came. */
  more(): Promise<PlatformListView | null> {
    return this.#run('more', this.#ref);
  }

  /** Reads whatever is left, then every customer that only the list has named: of the part that filters leave, the list alone. */
  async all(): Promise<void> {
    const ref = this.#ref;
    const read = await this.#run('all', ref);
    if (read?.unread && ref?.party === null && ref.status === null) await this.#run('details', ref, read.unread);
  }

  /** Reads every customer that only the list has named. */
  async details(): Promise<void> {
    if (this.view?.unread) await this.#run('details', this.#ref, this.view.unread);
  }

  async cancel(): Promise<void> {
    this.#stopped = true;
    await this.#job?.cancel();
  }

  async #look(): Promise<void> {
    const ref = this.#ref;
    if (!ref || this.work) return;
    try {
      const view = await this.outside.read(ref);
      if (same(ref, this.#ref)) this.view = view;
    } catch (thrown) {
      if (!same(ref, this.#ref)) return;
      this.error = this.outside.toError(thrown);
      this.of = ref;
    }
  }

  async #run(work: PlatformWork, ref: PlatformListRef | null, total = 0): Promise<PlatformListView | null> {
    if (!ref || this.work) return null;
    const before = work === 'more' ? (this.view?.rows ?? 0) : 0;
    const say = (what: Parameters<PlatformOutside['heard']>[0], count = 0) =>
      this.outside.heard(what, { work, connection: ref.connection, count, error: this.error });
    this.error = null;
    this.work = work;
    this.of = ref;
    this.done = 0;
    // How long a list is nobody knows before its end.
    this.total = total;
    this.#stopped = false;
    say('began');
    try {
      this.#job = this.outside[work](ref, (event) => this.#hear(event));
      const view = await this.#job.done;
      // The answer about single customers says nothing of the part that a filter leaves.
      if (same(ref, this.#ref) && work !== 'details') this.view = view;
      // A list that began anew has no more rows than it had before.
      say('ended', work === 'details' ? this.done : view.rows > before ? view.rows - before : view.rows);
      return this.#stopped ? null : view;
    } catch (thrown) {
      const error = this.outside.toError(thrown);
      if (error.code !== 'cancelled') this.error = error;
      say(error.code === 'cancelled' ? 'cancelled' : 'failed');
      return null;
    } finally {
      this.work = null;
      this.#job = null;
      // What came before it ended stays.
      await this.#look();
      await this.outside.came();
    }
  }

  #hear(event: JobEvent<PlatformListView>): void {
    if (event.event !== 'advanced') return;
    this.done = event.done;
    void this.outside.came();
  }
}

function same(a: PlatformListRef, b: PlatformListRef | null): boolean {
  return b !== null && a.connection === b.connection && a.party === b.party && a.status === b.status;
}
