import { isKey } from '$lib/shell/keys';
import { RECORD_TABS, type RecordTab } from '../session.svelte';

/** The tab that a key press goes to: Ctrl with its number. */
export function tabOf(event: KeyboardEvent): RecordTab | null {
  return isKey(event, 'record_tab') ? (RECORD_TABS[Number(event.key) - 1] ?? null) : null;
}

/** What a key press does with the record; nothing where something is typed or chosen. */
export function workOf(event: KeyboardEvent): 'compare_readings' | 'record_update' | null {
  if (event.target instanceof Element && event.target.closest('input, textarea, select, [role="menu"]')) return null;
  return (['compare_readings', 'record_update'] as const).find((id) => isKey(event, id)) ?? null;
}

/** Where a key press goes in the list that the record was opened from; nowhere while something is typed. */
export function stepOf(event: KeyboardEvent): 1 | -1 | null {
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return null;
  if (isKey(event, 'record_before')) return -1;
  return isKey(event, 'record_next') ? 1 : null;
}
