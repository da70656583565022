import type { Option } from '$lib/components/combobox';
import type { FieldKind } from '$lib/ipc/bindings';
import type { DraftTexts } from '../editor/draft-texts.svelte';
import { keyOf } from '../paths';

/** Lines of "Used recently": more would push the list itself out of sight. */
const SHOWN_MAX = 3;
/** Lists of the standards. */
const KINDS: readonly FieldKind[] = ['country', 'currency'];
/** Lines of a list that is seen whole: what was used recently needs no place of its own. */
const SHORT_MAX = 20;

const has = (options: readonly Option[], code: string) => options.some(({ value }) => value === code);

/** Which list a field takes its codes from; none where its list is short. */
function listOf(kind: FieldKind, path: string, options: readonly Option[]): string | null {
  if (KINDS.includes(kind)) return kind;
  return kind === 'choice' && options.length > SHORT_MAX ? keyOf(path) : null;
}

/** The codes used recently: those chosen since the program started, then those that stand in the open draft. */
export class RecentCodes {
  /** By list, the newest first. No text that somebody typed is ever kept here. */
  readonly #chosen = $state<Record<string, string[]>>({});

  /** A field was left with this text, which may be a line of its list. */
  took(kind: FieldKind, path: string, text: string, options: readonly Option[]): void {
    const list = listOf(kind, path, options);
    if (list === null || !has(options, text)) return;
    const before = this.#chosen[list] ?? [];
    this.#chosen[list] = [text, ...before.filter((other) => other !== text)].slice(0, SHOWN_MAX);
  }

  /** The codes for a field, the newest first. What stands in the field itself is no suggestion for it. */
  of(kind: FieldKind, path: string, form: DraftTexts, options: readonly Option[]): string[] {
    const list = listOf(kind, path, options);
    if (list === null) return [];
    const others = KINDS.includes(kind) ? form.paths(kind).filter((other) => other !== path) : [];
    const all = [...(this.#chosen[list] ?? []), ...others.map((other) => form.get(other))];
    return all.filter((code, at) => all.indexOf(code) === at && has(options, code)).slice(0, SHOWN_MAX);
  }
}

export const recentCodes = new RecentCodes();
