import { SvelteMap } from 'svelte/reactivity';
import type { ClashView, DraftView, IpcError, MergeView, PersonAskView, UpdateMerge, UpdateSettle } from '$lib/ipc';

/** What choosing needs from the outside; the screen gives the real thing, tests a fake. */
export interface MergeOutside {
  load(request: UpdateMerge): Promise<MergeView>;
  /** Nothing where the user did not say why. */
  settle(request: Omit<UpdateSettle, 'reason'>): Promise<DraftView | null>;
  toError(thrown: unknown): IpcError;
}

/** The customer came otherwise meanwhile: both sides are to be looked at again. */
const AGAIN = new Set(['update.changed', 'update.clash', 'update.persons']);

/** What of an update stays where both sides changed it: chosen line by line, nothing before somebody has chosen. */
export class Merge {
  view = $state.raw() as MergeView;
  /** Who was asked for, those who were said included: the view asks for the others only. */
  asks = $state.raw() as readonly PersonAskView[];
  /** Ends when both sides are compared with what was said of persons. */
  compared: Promise<void> = Promise.resolve();
  busy = $state(false);
  error = $state.raw<IpcError | null>(null);
  /** It was compared again: some choices may be gone. */
  again = $state(false);
  readonly #mine = new SvelteMap<string, boolean>();
  /** Places of persons in the newest reading; none for nobody. */
  readonly #places = new SvelteMap<string, number | null>();
  /** What of them the view was made with. */
  #with = '[]';
  #asked = 0;

  constructor(
    view: MergeView,
    private readonly outside: MergeOutside,
  ) {
    this.view = view;
    this.asks = view.persons;
  }

  /** Whether the draft's value goes on; none where it was not chosen yet. */
  isMine(path: string): boolean | null {
    return this.#mine.get(path) ?? null;
  }

  choose(path: string, mine: boolean): void {
    this.#mine.set(path, mine);
  }

  chooseAll(mine: boolean): void {
    for (const { path } of this.view.clashes) this.#mine.set(path, mine);
  }

  /** Who a person is: a place, `null` for nobody, `undefined` where it was not said yet. */
  placeOf(person: string): number | null | undefined {
    return this.#places.get(person);
  }

  say(person: string, place: number | null): void {
    this.#places.set(person, place);
    // Who somebody is makes more of them clash, or less.
    const open = this.asks.some((ask) => !this.#places.has(ask.person)) || this.isTwice;
    if (!open && JSON.stringify(this.#said()) !== this.#with) this.compared = this.#compare();
  }

  get all(): number {
    return this.view.clashes.length + this.asks.length;
  }

  get chosen(): number {
    return this.view.clashes.filter(({ path }) => this.#mine.has(path)).length + this.#said().length;
  }

  /** Two persons of the draft cannot be the same one. */
  get isTwice(): boolean {
    const places = this.#said().flatMap(({ place }) => place ?? []);
    return places.some((place, at) => places.indexOf(place) !== at);
  }

  #said() {
    return this.asks.flatMap(({ person }) => {
      const place = this.#places.get(person);
      return place === undefined ? [] : { person, place };
    });
  }

  /** Makes the draft of the newest reading and these choices. False where it could not be done. */
  async settle(): Promise<boolean> {
    if (this.busy || this.chosen < this.all || this.isTwice) return false;
    const { draft, reading, clashes } = this.view;
    this.busy = true;
    this.error = null;
    this.again = false;
    try {
      const settled = await this.outside.settle({
        draft,
        reading,
        choices: clashes.map(({ path }) => ({ path, mine: this.#mine.get(path) === true })),
        persons: this.#said(),
      });
      return settled !== null;
    } catch (thrown) {
      const error = this.outside.toError(thrown);
      if (AGAIN.has(error.code)) {
        await this.#compare();
        this.again = !this.error;
      } else this.error = error;
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Compares once more. What was chosen of a line that says the same stays chosen. */
  async #compare(): Promise<void> {
    const [before, persons, number] = [this.view, this.#said(), ++this.#asked];
    const load = (persons: UpdateMerge['persons']) => this.outside.load({ draft: before.draft, persons });
    this.error = null;
    let view: MergeView;
    let moved: boolean;
    try {
      view = await load(persons);
      moved = view.reading !== before.reading;
      // A place means something in one reading only.
      if (moved && persons.length > 0) view = await load([]);
    } catch (thrown) {
      if (number === this.#asked) this.error = this.outside.toError(thrown);
      return;
    }
    // An older answer than the newest question is none.
    if (number !== this.#asked) return;
    this.view = view;
    this.#with = JSON.stringify(moved ? [] : persons);
    if (moved) {
      this.again = true;
      this.#places.clear();
      this.asks = view.persons;
    } else {
      const isNew = ({ person }: PersonAskView) => this.asks.every((ask) => ask.person !== person);
      this.asks = [...this.asks, ...view.persons.filter(isNew)];
    }
    const said = ({ path, original, mine, theirs, theirs_path }: ClashView) =>
      JSON.stringify([path, original, mine, theirs, theirs_path]);
    const still = view.clashes.map(said);
    for (const clash of before.clashes) if (!still.includes(said(clash))) this.#mine.delete(clash.path);
  }
}
