import type { DraftGroup, DraftListRequest, DraftListView, DraftRowView, Environment, IpcError } from '$lib/ipc';

/** Rows of a page: a table of more takes longer than a page may (UX "First things"). */
export const PAGE_ROWS = 200;
/** While somebody types, the list is asked for once in this time. */
export const SEARCH_QUIET_MS = 120;

/** What the list needs from the outside; the screen gives the real thing, tests a fake. */
export interface DraftListOutside {
  list(request: DraftListRequest): Promise<DraftListView>;
  remove(draft: string): Promise<unknown>;
  restore(draft: string): Promise<unknown>;
  toError(thrown: unknown): IpcError;
  heard(what: 'count' | 'deleted' | 'restored', row: DraftRowView | null, list: DraftList): void;
  failed(error: IpcError): void;
}

/** The drafts as they were last looked at: search, tab, page and row outlive the screen. */
export class DraftList {
  query = $state('');
  group = $state<DraftGroup | null>(null);
  offset = $state(0);
  /** The last answer; none before the first. */
  view = $state.raw<DraftListView | null>(null);
  /** The question that it answers. */
  answered = $state.raw<DraftListRequest | null>(null);
  error = $state.raw<IpcError | null>(null);
  /** The row that Tab comes to. */
  current = $state<string | null>(null);
  /** Deleted here and not yet out of reach of undo; the newest last. */
  removed = $state.raw<readonly DraftRowView[]>([]);

  #environment: Environment | null = null;
  /** Questions are numbered: an answer that was overtaken is dropped. */
  #asked = 0;
  #searching: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly outside: DraftListOutside,
    /** Lists the deleted ones. */
    private readonly deleted = false,
  ) {}

  rows: DraftRowView[] = $derived(this.view?.drafts ?? []);
  total: number = $derived(this.view?.total ?? 0);
  /** The place of the current row; the first where there is none. */
  at: number = $derived(
    Math.max(
      0,
      this.rows.findIndex((row) => row.id === this.current),
    ),
  );
  /** Those of every group, whatever is shown. */
  all: number = $derived((this.view?.groups ?? []).reduce((sum, each) => sum + each.count, 0));

  count(group: DraftGroup): number {
    return this.view?.groups.find((each) => each.group === group)?.count ?? 0;
  }

  /** The rows under their groups, in the order they came. */
  get grouped(): { group: DraftGroup; rows: DraftRowView[] }[] {
    const groups = this.rows.map((row) => row.group).filter((group, at, all) => all.indexOf(group) === at);
    return groups.map((group) => ({ group, rows: this.rows.filter((row) => row.group === group) }));
  }

  get hasBefore(): boolean {
    return this.offset > 0;
  }

  get hasNext(): boolean {
    return this.offset + this.rows.length < this.total;
  }

  /** Data of two environments never shares a list (DECISIONS 1): another one begins anew. */
  enter(environment: Environment | null): void {
    if (environment === this.#environment) return;
    this.#environment = environment;
    this.#asked += 1;
    this.view = null;
    this.error = null;
    this.query = '';
    this.group = null;
    this.offset = 0;
    this.current = null;
    this.removed = [];
  }

  /** Asks for the page anew. */
  async load(): Promise<void> {
    clearTimeout(this.#searching);
    this.#searching = undefined;
    const number = ++this.#asked;
    const { query, group, offset } = this;
    const request = { query: query.trim(), group, deleted: this.deleted, offset, limit: PAGE_ROWS };
    try {
      const view = await this.outside.list(request);
      if (number !== this.#asked) return;
      this.view = view;
      this.answered = request;
      this.error = null;
    } catch (thrown) {
      if (number !== this.#asked) return;
      this.error = this.outside.toError(thrown);
      return;
    }
    // The last rows of the page went meanwhile: the page that is the last now.
    if (this.rows.length === 0 && offset > 0 && this.total > 0) {
      this.offset = Math.floor((this.total - 1) / PAGE_ROWS) * PAGE_ROWS;
      await this.load();
    }
  }

  /** The text of the search changed. */
  typed(text: string): void {
    this.query = text;
    this.offset = 0;
    this.current = null;
    clearTimeout(this.#searching);
    this.#searching = setTimeout(() => void this.load().then(() => this.#say()), SEARCH_QUIET_MS);
  }

  async choose(group: DraftGroup | null): Promise<void> {
    this.group = group;
    this.offset = 0;
    this.current = null;
    await this.load();
    this.#say();
  }

  /** The whole list again. */
  clear(): Promise<void> {
    this.query = '';
    return this.choose(null);
  }

  async turn(by: 1 | -1): Promise<void> {
    if (by > 0 ? !this.hasNext : !this.hasBefore) return;
    this.offset = Math.max(0, this.offset + by * PAGE_ROWS);
    await this.load();
    this.current = this.rows[0]?.id ?? null;
  }

  /** Deletes a draft; the row after it, or the one before, is the current one then. False where it stays. */
  async remove(row: DraftRowView): Promise<boolean> {
    return this.#change(row, () => this.outside.remove(row.id), 'deleted', [...this.removed, row]);
  }

  /** Brings back what was deleted last. */
  async undo(): Promise<DraftRowView | null> {
    const row = this.removed.at(-1);
    if (!row) return null;
    const rest = this.removed.slice(0, -1);
    if (!(await this.#change(row, () => this.outside.restore(row.id), 'restored', rest))) return null;
    this.current = row.id;
    return row;
  }

  /** Brings back a row of the deleted ones. */
  restore(row: DraftRowView): Promise<boolean> {
    return this.#change(row, () => this.outside.restore(row.id), 'restored', this.removed);
  }

  async #change(
    row: DraftRowView,
    work: () => Promise<unknown>,
    what: 'deleted' | 'restored',
    removed: readonly DraftRowView[],
  ): Promise<boolean> {
    const at = this.rows.findIndex((each) => each.id === row.id);
    const near = this.rows[at + 1] ?? this.rows[at - 1];
    try {
      await work();
    } catch (thrown) {
      this.outside.failed(this.outside.toError(thrown));
      return false;
    }
    this.removed = removed;
    if (at >= 0) this.current = near?.id ?? null;
    await this.load();
    this.outside.heard(what, row, this);
    return true;
  }

  #say(): void {
    if (this.view && !this.error) this.outside.heard('count', null, this);
  }
}
