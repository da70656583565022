import { isKey, type KeyId } from '$lib/shell/keys';

/** What a key asks of the editor (UX B0). */
export type DraftKey =
  | { does: 'section'; at: number }
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
  if (isKey(event, 'section')) return { does: 'section', at: Number(event.key) - 1 };
  return ROWS.find(([id]) => isKey(event, id))?.[1] ?? null;
}
