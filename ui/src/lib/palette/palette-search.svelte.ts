// What the palette finds for a query: customers and drafts from the program, commands from the screens.
import type { CustomerListView, CustomerRowView, DraftListView, DraftRowView } from '$lib/ipc';
import type { Command } from '$lib/shell/commands.svelte';
import { KEYS, type KeyId } from '$lib/shell/keys';
import { distance } from './match';

/** A pause in the typing before the program is asked: every letter would be a question. */
const QUIET_MS = 120;
/** Rows of customers and of drafts. */
export const FOUND_MAX = 5;

/** What the palette needs of the rest. */
export interface PaletteSource {
  customers: (query: string) => Promise<CustomerListView>;
  drafts: (query: string) => Promise<DraftListView>;
  commands: () => readonly Command[];
  /** What a query itself can be used for: a look-up, a new draft. */
  withQuery: (query: string) => readonly Command[];
}

/** One line that can be taken. */
export type Line =
  | { kind: 'customer'; id: string; row: CustomerRowView }
  | { kind: 'draft'; id: string; row: DraftRowView }
  | { kind: 'command'; id: string; command: Command; keys: KeyId | null };

export class PaletteSearch {
  query = $state('');
  /** An answer is awaited. */
  searching = $state(false);
  failed = $state(false);
  #customers = $state.raw<readonly CustomerRowView[]>([]);
  #drafts = $state.raw<readonly DraftRowView[]>([]);
  /** The line that arrows went to; the first one until they were used. */
  #moved = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(private readonly source: PaletteSource) {}

  lines: Line[] = $derived.by(() => [
    ...this.#customers.map((row) => ({ kind: 'customer' as const, id: `${row.connection}/${row.customer_id}`, row })),
    ...this.#drafts.map((row) => ({ kind: 'draft' as const, id: row.id, row })),
    ...this.#commands().map((command) => ({
      kind: 'command' as const,
      id: command.id,
      command,
      keys: command.keys ?? (command.id in KEYS ? (command.id as KeyId) : null),
    })),
  ]);
  /** The line that Enter takes. */
  active: number = $derived(
    Math.max(
      0,
      this.lines.findIndex((line) => line.id === this.#moved),
    ),
  );

  /** Takes a new text. */
  type(query: string): void {
    this.query = query;
    this.#moved = null;
    clearTimeout(this.#timer);
    const wanted = query.trim();
    const number = ++this.#asked;
    if (!searchable(wanted)) {
      this.#customers = [];
      this.#drafts = [];
      this.searching = this.failed = false;
      return;
    }
    this.searching = true;
    this.#timer = setTimeout(() => void this.#ask(wanted, number), QUIET_MS);
  }

  /** Goes to another line, round the ends. */
  move(by: number): void {
    const { length } = this.lines;
    if (length > 0) this.#moved = this.lines[(this.active + by + length) % length]?.id ?? null;
  }

  /** Goes to the first or the last line. */
  moveTo(place: number): void {
    this.#moved = this.lines.at(place)?.id ?? null;
  }

  /** Forgets everything: nothing that was found stays behind a closed palette. */
  clear(): void {
    this.type('');
  }

  async #ask(query: string, number: number): Promise<void> {
    const [customers, drafts] = await Promise.allSettled([this.source.customers(query), this.source.drafts(query)]);
    // A text that was changed meanwhile has asked again.
    if (number !== this.#asked) return;
    this.#customers = customers.status === 'fulfilled' ? customers.value.customers.slice(0, FOUND_MAX) : [];
    this.#drafts = drafts.status === 'fulfilled' ? drafts.value.drafts.slice(0, FOUND_MAX) : [];
    this.failed = customers.status === 'rejected' || drafts.status === 'rejected';
    this.searching = false;
  }

  #commands(): Command[] {
    const query = this.query.trim();
    const found = this.source
      .commands()
      .map((command) => ({ command, far: distance(query, command.title, command.aliases) }))
      .filter((one): one is { command: Command; far: number } => one.far !== null);
    if (query) found.sort((a, b) => a.far - b.far);
    return [...found.map(({ command }) => command), ...(query ? this.source.withQuery(query) : [])];
  }
}

/** Two letters find something; one does where a letter is a word. */
function searchable(query: string): boolean {
  return (
    [...query].length >= 2 || /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(query)
  );
}
