import type { Option } from '$lib/components/combobox';
import type { FieldKind } from '$lib/ipc/bindings';
import type { DraftTexts } from '../editor/draft-texts.svelte';

/** Lines of "Used recently": more would push the list itself out of sight. */
const SHOWN_MAX = 3;
/** Long lists of codes. A short list is seen whole, and no text that somebody typed is ever kept here. */
const KINDS: readonly FieldKind[] = ['country', 'currency'];

const has = (options: readonly Option[], code: string) => options.some(({ value }) => value === code);

/** The codes used recently: those chosen since the program started, then those that stand in the open draft. */
export class RecentCodes {
  /** By kind, the newest first. */
  readonly #chosen = $state<Partial<Record<FieldKind, string[]>>>({});

  /** A field was left with this text, which may be a line of its list. */
  took(kind: FieldKind, text: string, options: readonly Option[]): void {
    if (!KINDS.includes(kind) || !has(options, text)) return;
    const before = this.#chosen[kind] ?? [];
    this.#chosen[kind] = [text, ...before.filter((other) => other !== text)].slice(0, SHOWN_MAX);
  }

  /** The codes for a field, the newest first. What stands in the field itself is no suggestion for it. */
  of(kind: FieldKind, path: string, form: DraftTexts, options: readonly Option[]): string[] {
    if (!KINDS.includes(kind)) return [];
    const others = form.paths(kind).filter((other) => other !== path);
    const all = [...(this.#chosen[kind] ?? []), ...others.map((other) => form.get(other))];
    return all.filter((code, at) => all.indexOf(code) === at && has(options, code)).slice(0, SHOWN_MAX);
  }
}

export const recentCodes = new RecentCodes();
