import { DRAWN_MAX, type Match } from './combobox';

/** How far the keys move in it. */
export const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** The list of a combobox: whether it is open, the line that Enter takes, and which lines of a long list are drawn. */
export class ComboboxLines {
  open = $state(false);
  /** It is made when it is first opened: a form has a dozen of them, and most are never looked at. */
  listed = $state(false);
  /** The line that Enter takes, of all that match. */
  index = $state(0);
  /** The first line that is drawn, of all that match. */
  from = $state(0);

  /** All lines that match, while it is open. */
  readonly matches: readonly Match[] = $derived.by(() => (this.open ? this.find() : []));
  readonly drawn: readonly Match[] = $derived.by(() => this.matches.slice(this.from, this.from + DRAWN_MAX));
  readonly active: Match | undefined = $derived.by(() => this.matches[this.index]);

  constructor(private readonly find: () => readonly Match[]) {}

  /** Opens it, at the line of a value or at its first. */
  show(value?: string): void {
    this.open = true;
    this.listed = true;
    this.go(value === undefined ? 0 : this.matches.findIndex((match) => match.option.value === value));
  }

  /** Goes to a line; of a long list those around it are drawn. */
  go(to: number): void {
    this.index = Math.max(0, Math.min(to, this.matches.length - 1));
    if (this.index < this.from || this.index >= this.from + DRAWN_MAX)
      this.from = Math.max(0, Math.min(this.index - DRAWN_MAX / 2, this.matches.length - DRAWN_MAX));
  }
}
