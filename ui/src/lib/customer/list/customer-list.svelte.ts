import type {
  CustomerListRequest,
  CustomerListView,
  CustomerRowView,
  CustomerSort,
  Environment,
  IpcError,
  StatusGroup,
} from '$lib/ipc';

/** Rows of a page: a table of more takes longer than a page may (UX "First things"). */
export const PAGE_ROWS = 100;
/** While somebody types, the list is asked for once in this time; the first key after a pause asks at once. */
export const SEARCH_QUIET_MS = 80;
/** The count is said when typing has paused for so long (UX B2 "Announced"). */
export const COUNT_QUIET_MS = 500;

/** What the list needs from the outside. */
export interface ListOutside {
  list(request: CustomerListRequest): Promise<CustomerListView>;
  toError(thrown: unknown): IpcError;
  heard(what: 'count' | 'sorted' | 'page', list: CustomerList): void;
}

/** Names a row among those of all connections. */
export function keyOf(row: { connection: string; customer_id: string }): string {
  return `${row.connection} ${row.customer_id}`;
}

/** What is left of the list beside the search and the group; the words of the last two are the platform's. */
export type Filter = Pick<CustomerListRequest, 'connection' | 'party' | 'status'>;
export const NO_FILTER: Filter = { connection: null, party: null, status: null };

/** What a row is called: what is not read yet has no name, and a masked address tells nobody from another. */
export function nameOf(row: CustomerRowView): string {
  return row.name || row.local_name || row.customer_id;
}

/** Where a record stands in the list that it was opened from. */
export interface Place {
  /** From 1. */
  at: number;
  of: number;
}

/** The customers as they were last looked at: search, group, order, page, row and scroll outlive the screen. */
export class CustomerList {
  query = $state('');
  group = $state<StatusGroup | null>(null);
  filter = $state.raw<Filter>(NO_FILTER);
  sort = $state<CustomerSort>('read_at');
  reversed = $state(false);
  offset = $state(0);
  /** The last answer; none before the first. */
  view = $state.raw<CustomerListView | null>(null);
  /** The question that it answers. */
  answered = $state.raw<CustomerListRequest | null>(null);
  error = $state.raw<IpcError | null>(null);
  loading = $state(false);
  /** The row that Tab comes to and the preview shows. */
  current = $state<string | null>(null);
  preview = $state(true);
  scrollTop = 0;

  #environment: Environment | null = null;
  /** Questions are numbered: an answer that was overtaken is dropped. */
  #asked = 0;
  #askedFor = '';
  #staying = false;
  #running: Promise<void> = Promise.resolve();
  #searching: ReturnType<typeof setTimeout> | undefined;
  #counting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly outside: ListOutside) {}

  rows: CustomerRowView[] = $derived(this.view?.customers ?? []);
  total: number = $derived(this.view?.total ?? 0);
  /** The place of the current row on this page; the first where there is none. */
  at: number = $derived(Math.max(0, this.#indexOf(this.current)));
  row: CustomerRowView | null = $derived(this.rows[this.at] ?? null);

  /** Data of two environments never shares a list (DECISIONS 1): another one begins anew. */
  enter(environment: Environment | null): void {
    if (environment === this.#environment) return;
    this.#environment = environment;
    this.#asked += 1;
    this.view = null;
    this.error = null;
    this.query = '';
    this.group = null;
    this.filter = NO_FILTER;
    this.#begin();
  }

  /** Asks for the page anew. */
  load(): Promise<void> {
    clearTimeout(this.#searching);
    this.#searching = undefined;
    this.#running = this.#load();
    return this.#running;
  }

  /** Asks anew because rows came or went: the place in the page stays, even where its row moved to another one. */
  refresh(): Promise<void> {
    this.#staying = true;
    return this.load();
  }

  /** The text of the search changed. */
  typed(text: string): void {
    this.query = text;
    this.#begin();
    if (this.#searching === undefined && !this.loading) void this.load();
    else clearTimeout(this.#searching);
    this.#searching = setTimeout(() => {
      this.#searching = undefined;
      if (this.query !== this.#askedFor) void this.load();
    }, SEARCH_QUIET_MS);
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => void this.#say('count'), COUNT_QUIET_MS);
  }

  choose(group: StatusGroup | null): Promise<void> {
    this.group = group;
    this.#begin();
    return this.load().then(() => this.#say('count'));
  }

  /** Leaves out what a filter does not name; what is not said of it stays. */
  narrow(part: Partial<Filter>): Promise<void> {
    this.filter = { ...this.filter, ...part };
    return this.choose(this.group);
  }

  /** Sorts by a column; by the same one the other way round. */
  sortBy(sort: CustomerSort): Promise<void> {
    this.reversed = sort === this.sort && !this.reversed;
    this.sort = sort;
    this.#begin();
    return this.load().then(() => this.#say('sorted'));
  }

  clear(): Promise<void> {
    this.query = '';
    this.filter = NO_FILTER;
    return this.choose(null);
  }

  get hasBefore(): boolean {
    return this.offset > 0;
  }

  /** Of what is here: a page of the platform is read by who asks for that, never by going on. */
  get hasNext(): boolean {
    return this.view !== null && this.offset + this.rows.length < this.view.total;
  }

  /** Goes a page on or back; its first row, or its last, is the current one then. False where there is no such page. */
  async turn(by: 1 | -1, land: 'first' | 'last' = 'first'): Promise<boolean> {
    if (by > 0 ? !this.hasNext : !this.hasBefore) return false;
    this.offset = Math.max(0, this.offset + by * PAGE_ROWS);
    await this.load();
    const row = land === 'first' ? this.rows[0] : this.rows.at(-1);
    this.current = row ? keyOf(row) : null;
    this.scrollTop = 0;
    if (this.error === null) void this.#say('page');
    return row !== undefined;
  }

  /** Where a record stands in the list; nothing where it is not on this page. */
  placeOf(key: string): Place | null {
    const at = this.#indexOf(key);
    return at < 0 || !this.view ? null : { at: this.offset + at + 1, of: this.view.total };
  }

  /** The record after or before one of this page, over the end of the page too. */
  async neighbour(key: string, by: 1 | -1): Promise<CustomerRowView | null> {
    const at = this.#indexOf(key);
    if (at < 0) return null;
    let row = this.rows[at + by] ?? null;
    if (!row && (await this.turn(by, by > 0 ? 'first' : 'last'))) row = this.row;
    if (row) this.current = keyOf(row);
    return row;
  }

  /** Another question: from its first row on. */
  #begin(): void {
    this.offset = 0;
    this.current = null;
    this.scrollTop = 0;
  }

  #indexOf(key: string | null): number {
    return key === null ? -1 : this.rows.findIndex((row) => keyOf(row) === key);
  }

  /** Where the current row is not among those that come, the one in its place is. Before they are shown: focus follows. */
  #stay(rows: readonly CustomerRowView[]): void {
    const { at, current } = this;
    const lost = current !== null && !rows.some((row) => keyOf(row) === current);
    const row = rows[Math.min(at, rows.length - 1)];
    if (this.#staying && lost && row) this.current = keyOf(row);
    this.#staying = false;
  }

  async #load(): Promise<void> {
    const number = ++this.#asked;
    const { query, group, sort, reversed, offset } = this;
    this.#askedFor = query;
    const request = { query: query.trim(), group, ...this.filter, sort, reversed, offset, limit: PAGE_ROWS };
    this.loading = true;
    try {
      const view = await this.outside.list(request);
      if (number !== this.#asked) return;
      this.#stay(view.customers);
      this.view = view;
      this.answered = { ...request, query };
      this.error = null;
    } catch (thrown) {
      if (number !== this.#asked) return;
      this.error = this.outside.toError(thrown);
    }
    this.loading = false;
    // The last rows of the page went meanwhile: the page that is the last now.
    const total = this.view?.total ?? 0;
    if (!this.error && this.rows.length === 0 && offset > 0 && total > 0) {
      this.offset = Math.floor((total - 1) / PAGE_ROWS) * PAGE_ROWS;
      await this.#load();
    }
  }

  async #say(what: 'count' | 'sorted' | 'page'): Promise<void> {
    await this.#running;
    if (this.view && !this.error) this.outside.heard(what, this);
  }
}
