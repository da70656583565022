// What a person does to something that is on the way, and what came of it.
import { SvelteMap } from 'svelte/reactivity';
import type {
  DeliveryState,
  DeliveryView,
  DraftView,
  IpcError,
  OutboxRowView,
  OutcomeView,
  StatusGroup,
} from '$lib/ipc';
import type { KeyId } from '$lib/shell/keys';
import { outbox as words } from '$lib/words/outbox';

/** What can be done to a row by one command. */
export type Act = 'send' | 'look' | 'take';

/** What acting needs from the outside; the screen gives the real thing, tests a fake. */
export interface WaitingOutside {
  send(draft: string): Promise<unknown>;
  look(draft: string): Promise<OutcomeView>;
  take(draft: string): Promise<DraftView>;
  /** Reads the rows again. */
  refresh(): Promise<void>;
  toError(thrown: unknown): IpcError;
  say(text: string): void;
  alert(error: IpcError): void;
}

/** The mark of a state. */
export const MARK: Record<DeliveryState, StatusGroup> = {
  queued: 'waiting',
  sending: 'waiting',
  paused: 'attention',
  unknown: 'unknown',
  conflict: 'attention',
};

/** The key of an act on the row that has the focus. */
export const KEY_OF: Record<Act, KeyId> = { send: 'send_now', look: 'look_up', take: 'take_out' };

/** What can be done to a row now: sending is hurried only where it would not happen at once, or after others, anyway. */
export function actsOf({ delivery: { state, next } }: Pick<OutboxRowView, 'delivery'>): Act[] {
  if (state === 'unknown') return ['look'];
  if (state === 'conflict') return [];
  const waits = state === 'paused' || next === 'try_again' || next === 'send_after_limit';
  return waits ? ['send', 'take'] : ['take'];
}

/** Whether somebody can let it go on at its connection: a locked keyring, and what was sent too often, are elsewhere. */
export function waitsForConnection({ next, reason }: DeliveryView): boolean {
  return next === 'connection' && !/^keyring\./.test(reason?.code ?? '');
}

/** How many of its connection are sent before a row: what is being sent or paused, and what was queued before it. */
export function before(row: OutboxRowView, rows: readonly OutboxRowView[]): number {
  const at = rows.indexOf(row);
  return rows.filter(({ connection, delivery: { state, next } }, place) => {
    if (place === at || connection.id !== row.connection.id) return false;
    // What was sent too often waits for a person, and nothing waits for it.
    const holds = state === 'sending' || (state === 'paused' && next !== 'decision');
    return holds || (state === 'queued' && place < at);
  }).length;
}

/** What a row is called. */
export function nameOf(row: OutboxRowView): string {
  return row.name.trim() || row.local_name.trim() || words.unnamed;
}

export class Waiting {
  /** What is being done, by the draft. */
  readonly busy = new SvelteMap<string, Act>();
  /** What could not be done last. */
  failed = $state.raw<{ name: string; error: IpcError } | null>(null);

  constructor(private readonly outside: WaitingOutside) {}

  /** Does it, once at a time for a row. What the row does not offer is not done. */
  async act(act: Act, row: OutboxRowView): Promise<void> {
    const { draft } = row;
    if (this.busy.has(draft) || !actsOf(row).includes(act)) return;
    this.busy.set(draft, act);
    this.failed = null;
    const name = nameOf(row);
    try {
      await this[act](draft, name);
    } catch (thrown) {
      const error = this.outside.toError(thrown);
      this.failed = { name, error };
      this.outside.alert(error);
    }
    await this.outside.refresh();
    this.busy.delete(draft);
  }

  private async send(draft: string): Promise<void> {
    await this.outside.send(draft);
  }

  private async look(draft: string, name: string): Promise<void> {
    const { outcome } = await this.outside.look(draft);
    // What was accepted is said by the window (shell/outbox.svelte.ts).
    if (outcome === 'unknown') this.outside.say(words.stillUnknown(name));
    else if (outcome === 'conflict') this.outside.say(words.nowConflict(name));
  }

  private async take(draft: string, name: string): Promise<void> {
    const { state } = await this.outside.take(draft);
    // It was being sent, and may have ended meanwhile as anything else can.
    if (state === 'unknown') this.outside.say(words.tooLate(name));
    else if (state === 'editing') this.outside.say(words.takenOut(name));
  }
}
