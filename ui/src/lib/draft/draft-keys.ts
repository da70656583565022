import type { Section } from '$lib/ipc/bindings';
import { SECTIONS } from './paths';

/** What a key asks of the editor (UX B0). */
export type DraftKey =
  | { does: 'section'; section: Section }
  | { does: 'review' | 'check' | 'save' | 'add_person' | 'copy' | 'undo' | 'redo' | 'escape' }
  | { does: 'problem' | 'empty'; by: 1 | -1 };

/** Reads a key press. None where it belongs to the field, the input method, or nobody. */
export function draftKey(event: KeyboardEvent): DraftKey | null {
  if (event.isComposing || event.keyCode === 229) return null;
  const by = event.shiftKey ? -1 : 1;
  if (event.key === 'F8') return { does: 'problem', by };
  if (event.key === 'F9') return { does: 'empty', by };
  if (event.key === 'Escape') return { does: 'escape' };
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return { does: event.shiftKey ? 'redo' : 'undo' };
  if (event.shiftKey) return key === 'p' ? { does: 'add_person' } : null;
  if (key === 'enter') return { does: 'check' };
  if (key === 's') return { does: 'save' };
  if (key === 'd') return { does: 'copy' };
  const section = SECTIONS[Number(key) - 1];
  if (section) return { does: 'section', section };
  return key === String(SECTIONS.length + 1) ? { does: 'review' } : null;
}
