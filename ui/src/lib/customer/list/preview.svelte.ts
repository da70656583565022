import type { CustomerRef, CustomerView, IpcError } from '$lib/ipc';
import { keyOf } from './customer-list.svelte';

/** Rows that are passed over quickly are not asked for. */
const QUIET_MS = 60;

/** What the preview needs from the outside. */
export interface PreviewOutside {
  open(ref: CustomerRef): Promise<CustomerView>;
  toError(thrown: unknown): IpcError;
}

/** What the preview shows: one customer at a time, never the one before under the name of the next. */
export class Preview {
  view = $state.raw<CustomerView | null>(null);
  error = $state.raw<IpcError | null>(null);

  #key: string | null = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly outside: PreviewOutside) {}

  /** Shows another customer, or none; the same one only where `newer` says that its reading is another. */
  show(ref: CustomerRef | null, newer: string = ''): void {
    const key = ref && `${keyOf(ref)} ${newer}`;
    if (key === this.#key) return;
    this.#key = key;
    this.#asked += 1;
    clearTimeout(this.#timer);
    if (!ref || this.view === null || keyOf(refOf(this.view)) !== keyOf(ref)) this.view = null;
    this.error = null;
    if (ref) this.#timer = setTimeout(() => void this.#ask(ref, this.#asked), QUIET_MS);
  }

  /** Asks again for the same one. */
  again(ref: CustomerRef): void {
    this.#key = null;
    this.show(ref);
  }

  async #ask(ref: CustomerRef, number: number): Promise<void> {
    try {
      const view = await this.outside.open(ref);
      if (number === this.#asked) this.view = view;
    } catch (thrown) {
      if (number === this.#asked) this.error = this.outside.toError(thrown);
    }
  }
}

/** How a customer is named. */
export function refOf(view: CustomerView): CustomerRef {
  return { connection: view.connection.id, customer_id: view.customer_id };
}
