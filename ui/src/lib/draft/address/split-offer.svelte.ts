import { call } from '$lib/ipc';
import type { AddressSplitView } from '$lib/ipc/bindings';
import { announcer } from '$lib/shell/announcer.svelte';
import { draft as words } from '$lib/words/draft';
import type { DraftEditor } from '../editor/draft-editor.svelte';
import { domId } from '../paths';
import { partPath, type Part } from './parts';
import { asLine, isBlock, putInto } from './pasted';

/** Offers to split an address that was pasted into its first line (UX B5). */
export class SplitOffer {
  /** What was found, and the text that it was found in: another text is no longer meant. */
  #found = $state.raw<{ text: string; split: AddressSplitView } | null>(null);
  readonly #line: string;

  constructor(
    private readonly editor: DraftEditor,
    private readonly address: string,
  ) {
    this.#line = partPath(address, 'line1');
  }

  get stands(): boolean {
    return this.#found !== null && this.#found.text === this.editor.text(this.#line) && !this.editor.readOnly;
  }

  pasted = (event: ClipboardEvent): void => {
    const input = event.target;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!this.#isLine(input) || event.defaultPrevented || this.editor.isFixed(this.#line) || !isBlock(text)) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = input;
    const rest = value.slice(0, selectionStart ?? 0) + value.slice(selectionEnd ?? value.length);
    if (!putInto(input, asLine(text))) return;
    // What stood there already belongs to the address as well.
    void this.#ask(rest.trim() === '' ? text : input.value);
  };

  keydown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229 || !this.stands || !this.#isLine(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') this.accept();
    else this.#found = null;
  };

  /** Puts each part into its field. What the block does not name stays as it is. */
  accept = (): void => {
    const split = this.#found?.split;
    if (!split || !this.stands) return;
    const parts: [Part, string][] = [
      ['country_code', split.country],
      ['city', split.city],
      ['state', split.state],
      ['postcode', split.postcode],
    ];
    const named = parts.filter(([part, text]) => text !== '' && this.editor.form.has(partPath(this.address, part)));
    this.#found = null;
    document.getElementById(domId(this.#line))?.focus();
    this.editor.split(
      this.#line,
      [...named, ['line1', split.line1] as const].map(([part, text]) => [partPath(this.address, part), text]),
    );
    announcer.say(words.splitDone);
  };

  async #ask(text: string): Promise<void> {
    const stood = this.editor.text(this.#line);
    try {
      const country = this.editor.addresses.country(partPath(this.address, 'country_code'));
      const split = await call('address_split', { text, country });
      if (!split.found || this.editor.text(this.#line) !== stood) return;
      this.#found = { text: stood, split };
      announcer.say(words.canSplitSaid);
    } catch {
      // Nothing is offered: the block stands as it was pasted.
    }
  }

  #isLine(target: EventTarget | null): target is HTMLInputElement {
    return target instanceof HTMLInputElement && target.id === domId(this.#line);
  }
}
