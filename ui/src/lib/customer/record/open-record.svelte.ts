import { goto } from '$app/navigation';
import {
  asIpcError,
  call,
  type ComparisonView,
  type CustomerRef,
  type CustomerView,
  type DraftView,
  type IpcError,
} from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { draftHref } from '$lib/shell/routes';
import { errorText } from '$lib/words/errors';
import { ChangeMarks } from '../changes.svelte';
import { masksOf } from '../masks';
import { ReadAgain } from '../read-again.svelte';

/** The record on the screen: what is known of it, what of it is shown, and what is done with it. Make it with its component. */
export class OpenRecord {
  view: CustomerView;
  /** Why no draft could be made of it. */
  failure = $state.raw<IpcError | null>(null);
  readonly again = new ReadAgain();
  /** Its screen is another one now: no late answer leads away from there. */
  left = false;
  readonly marks: ChangeMarks;
  // The trail has a row more: what was shown today is read again, not counted here.
  readonly reveal = masksOf(
    () => this.ref,
    () => void this.refresh(),
  );
  #saying = false;
  #beginning = false;

  constructor(opened: CustomerView) {
    this.view = $state.raw(opened);
    this.marks = new ChangeMarks(opened);
  }

  get ref(): CustomerRef {
    return { connection: this.view.connection.id, customer_id: this.view.customer_id };
  }

  /** Nothing can be done with it on the platform. */
  get archived(): boolean {
    return this.view.connection.archived_at !== null;
  }

  /** Hears what the program knows by now: what was shown, and what it read by itself. */
  async refresh(): Promise<void> {
    try {
      // Not opened again: the trail would hear of it.
      const newest = await call('customer_preview', this.ref);
      if (JSON.stringify(newest.changed) !== JSON.stringify(this.view.changed)) this.#take(newest);
      else if (newest.read_at === this.view.read_at) this.view = { ...this.view, shown: newest.shown };
    } catch {
      // The rail is only a help; the trail itself has the row.
    }
  }

  /** Asks the platform. */
  async readAgain(): Promise<void> {
    const newest = await this.again.start(this.ref);
    if (newest) this.#take(newest);
  }

  /** Readings were compared: where that is all that changed, it is looked at now, which is said once. */
  async compared(comparison: ComparisonView, covers: (reading: string) => boolean): Promise<void> {
    if (!this.view.changed || !covers(this.view.changed.reading)) return;
    this.marks.learn(comparison);
    await this.lookedAt(comparison.after.id);
  }

  /** What changed was looked at, up to a reading: the newest where no reading says what it was. */
  async lookedAt(reading = this.view.changed?.reading): Promise<void> {
    if (this.#saying || reading === undefined) return;
    this.#saying = true;
    try {
      this.#take(await call('customer_seen', { ...this.ref, reading }));
      void app.refresh();
    } catch {
      // It stays what it is: changed, and said so.
    }
    this.#saying = false;
  }

  /** Goes to the draft of its update, which is made where there is none. */
  async update(): Promise<void> {
    if (this.view.update !== null) await goto(draftHref(this.view.update));
    else await this.#begin(() => call('update_begin', this.ref));
  }

  /** Makes a new application of it: what is copied is shown there, so that the policy may want to know why. */
  async copy(): Promise<void> {
    await this.#begin(() => this.reveal.reason.with((reason) => call('draft_from_customer', { ...this.ref, reason })));
  }

  /** Makes a draft of it and goes there. */
  async #begin(make: () => Promise<DraftView | null>): Promise<void> {
    if (this.#beginning || this.archived) return;
    this.#beginning = true;
    this.failure = null;
    try {
      const draft = await make();
      if (draft && !this.left) await goto(draftHref(draft.id));
      void app.refresh();
    } catch (thrown) {
      this.failure = asIpcError(thrown);
      announcer.alert(errorText(this.failure));
    }
    this.#beginning = false;
  }

  #take(newest: CustomerView): void {
    // What is shown belongs to the reading before.
    if (newest.read_at !== this.view.read_at) this.reveal.hideAll();
    this.marks.take(newest);
    this.view = newest;
  }
}
