import type { CustomerLookup, CustomerView, IpcError, LookupBy } from '$lib/ipc/bindings';

/** What a look-up needs from the outside. */
export interface LookupOutside {
  start(request: CustomerLookup): { done: Promise<CustomerView>; cancel(): Promise<void> };
  toError(thrown: unknown): IpcError;
  found(view: CustomerView): void;
  heard(what: 'started' | 'failed', error: IpcError | null): void;
}

/** Asks the platform for one customer by one of its ids. */
export class Lookup {
  by = $state<LookupBy>('customer_id');
  value = $state('');
  /** The id of a person of that customer, where it is that one who is asked for. */
  individual = $state('');
  running = $state(false);
  /** Nothing was entered. */
  empty = $state(false);
  /** Why the last try failed; nothing where its user stopped it. */
  error = $state.raw<IpcError | null>(null);

  #work: { done: Promise<CustomerView>; cancel(): Promise<void> } | null = null;

  constructor(private readonly outside: LookupOutside) {}

  /** Opens anew, with an id where one is known already. */
  begin(value: string, by: LookupBy): void {
    this.value = value;
    this.by = by;
    this.individual = '';
    this.typed();
  }

  async start(connection: string): Promise<void> {
    if (this.running) return;
    const value = this.value.trim();
    this.empty = value === '';
    this.error = null;
    if (this.empty) return;
    this.running = true;
    this.outside.heard('started', null);
    try {
      this.#work = this.outside.start({ connection, by: this.by, value, individual: this.individual.trim() || null });
      const view = await this.#work.done;
      this.running = false;
      this.outside.found(view);
    } catch (thrown) {
      this.running = false;
      const error = this.outside.toError(thrown);
      this.error = error.code === 'cancelled' ? null : error;
      this.outside.heard('failed', error);
    }
  }

  /** The text changed: what was said of the old one goes. */
  typed(): void {
    this.empty = false;
    this.error = null;
  }

  async cancel(): Promise<void> {
    if (this.running) await this.#work?.cancel();
  }
}
