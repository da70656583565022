import type { Section } from '$lib/ipc/bindings';
import { isKey, type KeyId } from '$lib/shell/keys';
import { SECTIONS } from '../paths';

/** What a key asks of the editor (UX B0). */
export type DraftKey =
  | { does: 'section'; section: Section }
  | {
      does:
        'review' | 'check' | 'save' | 'add_person' | 'copy' | 'undo' | 'redo' | 'escape' | 'show' | 'keep' | 'choose';
    }
  | { does: 'problem' | 'empty'; by: 1 | -1 };

const ROWS: [KeyId, DraftKey][] = [
  ['problem_next', { does: 'problem', by: 1 }],
  ['problem_before', { does: 'problem', by: -1 }],
  ['empty_next', { does: 'empty', by: 1 }],
  ['empty_before', { does: 'empty', by: -1 }],
  ['close', { does: 'escape' }],
  ['undo', { does: 'undo' }],
  ['redo', { does: 'redo' }],
  ['add_person', { does: 'add_person' }],
  ['check', { does: 'check' }],
  ['save', { does: 'save' }],
  ['copy_down', { does: 'copy' }],
  ['to_review', { does: 'review' }],
  ['choose_file', { does: 'choose' }],
  ['show_field', { does: 'show' }],
  ['keep_field', { does: 'keep' }],
];

/** Reads a key press. None where it belongs to the field, the input method, or nobody. */
export function draftKey(event: KeyboardEvent): DraftKey | null {
  const section = isKey(event, 'section') ? SECTIONS[Number(event.key) - 1] : undefined;
  return section ? { does: 'section', section } : (ROWS.find(([id]) => isKey(event, id))?.[1] ?? null);
}
