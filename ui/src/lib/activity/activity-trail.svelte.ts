// The trail as the screen shows it: read from the newest on, piece by piece, with a window of rows that are drawn.
import { SvelteSet } from 'svelte/reactivity';
import {
  asIpcError,
  type ActivityListRequest,
  type ActivityListView,
  type ActivityObjectKind,
  type ActivityRowView,
  type Environment,
  type IpcError,
} from '$lib/ipc';

/** Rows that are asked for at once. */
export const PIECE_ROWS = 100;
/** Rows that are drawn at once: more cost more time than a page may take (UX "First things"). */
export const DRAWN_MAX = 200;
/** A pause in the typing before the program is asked. */
const QUIET_MS = 200;

type List = (request: ActivityListRequest) => Promise<ActivityListView>;

/** Outlives the screen: who comes back from what a row is about finds it as it was. */
export class ActivityTrail {
  query = $state('');
  kind = $state<ActivityObjectKind | null>(null);
  /** Read, newest first. None before the first answer. */
  #rows = $state.raw<readonly ActivityRowView[] | null>(null);
  /** The first row that is drawn. */
  #from = $state(0);
  /** Where to ask on; none at the oldest row. */
  #next = $state<number | null>(null);
  loading = $state(false);
  error = $state.raw<IpcError | null>(null);
  /** The numbers of the rows whose details are shown. */
  readonly open = new SvelteSet<number>();
  /** The number of the row that Tab comes to. */
  current = $state<number | null>(null);
  #environment: Environment | null | undefined;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly list: List,
    /** Hears how many rows there are when an answer came. */
    private readonly heard: (rows: number, more: boolean) => void = () => undefined,
  ) {}

  read: boolean = $derived(this.#rows !== null);
  rows: readonly ActivityRowView[] = $derived((this.#rows ?? []).slice(this.#from, this.#from + DRAWN_MAX));
  /** There are rows below those that are drawn. */
  hasOlder: boolean = $derived(this.#next !== null || this.#from + DRAWN_MAX < (this.#rows?.length ?? 0));
  hasNewer: boolean = $derived(this.#from > 0);
  filtered: boolean = $derived(this.kind !== null || this.query.trim() !== '');

  /** Goes on where it was left. Rows belong to an environment: another one begins anew (DECISIONS 1). */
  async enter(environment: Environment | null): Promise<void> {
    if (environment === this.#environment) return this.#catchUp();
    this.#environment = environment;
    this.#rows = null;
    this.query = '';
    this.kind = null;
    this.current = null;
    this.open.clear();
    await this.restart();
  }

  /** Reads the newest piece again; the rows below it and the place among them stay. */
  async #catchUp(): Promise<void> {
    const had = this.#rows ?? [];
    const answer = await this.#ask(null);
    if (!answer) return;
    const known = answer.rows.findIndex((row) => row.seq === had[0]?.seq);
    if (known < 0) return this.#take(answer);
    this.#rows = [...answer.rows, ...had.slice(answer.rows.length - known)];
    if (this.#from > 0) this.#from += known;
  }

  /** Reads from the newest row on. */
  async restart(): Promise<void> {
    clearTimeout(this.#timer);
    const answer = await this.#ask(null);
    if (!answer) return;
    this.#take(answer);
    this.heard(answer.rows.length, answer.next !== null);
  }

  #take(answer: Pick<ActivityListView, 'rows' | 'next'>): void {
    this.#rows = answer.rows;
    this.#next = answer.next;
    this.#from = 0;
  }

  /** Takes a new text, and reads when the typing pauses. */
  type(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.restart(), QUIET_MS);
  }

  /** Shows only one kind, or all. */
  choose(kind: ActivityObjectKind | null): void {
    this.kind = kind;
    void this.restart();
  }

  /** Everything again. */
  clear(): void {
    this.query = '';
    this.choose(null);
  }

  /** Draws the next piece of older rows, reading it where it was not. Gives the first of them. */
  async older(): Promise<ActivityRowView | undefined> {
    const all = this.#rows ?? [];
    const end = Math.min(this.#from + DRAWN_MAX, all.length);
    if (end === all.length && this.#next !== null) {
      const answer = await this.#ask(this.#next);
      if (!answer) return undefined;
      this.#rows = [...all, ...answer.rows];
      this.#next = answer.next;
      this.heard(this.#rows.length, answer.next !== null);
    }
    const last = Math.min(end + PIECE_ROWS, this.#rows?.length ?? 0);
    this.#from = Math.max(0, last - DRAWN_MAX);
    return this.#rows?.[end];
  }

  /** Draws the piece of newer rows again. Gives the last of them. */
  newer(): ActivityRowView | undefined {
    const first = this.#from;
    this.#from = Math.max(0, first - PIECE_ROWS);
    return this.#rows?.[first - 1];
  }

  /** One piece. A search answers what it found in its share of the rows, which may be nothing: then it is asked on. */
  async #ask(before: number | null): Promise<Pick<ActivityListView, 'rows' | 'next'> | null> {
    const number = ++this.#asked;
    this.loading = true;
    try {
      let answer: ActivityListView;
      do {
        answer = await this.list({ before, kind: this.kind, query: this.query.trim(), limit: PIECE_ROWS });
        // Another question was asked meanwhile: this is no answer to it.
        if (number !== this.#asked) return null;
        before = answer.next;
      } while (answer.rows.length === 0 && before !== null);
      this.error = null;
      return answer;
    } catch (thrown) {
      if (number === this.#asked) this.error = asIpcError(thrown);
      return null;
    } finally {
      if (number === this.#asked) this.loading = false;
    }
  }
}
