import { capsOf, isKey } from '$lib/shell/keys';
import { RECORD_TABS, type RecordTab } from '../session.svelte';

/** The caps of the row say whether Ctrl or Cmd is the key here. */
const CMD = capsOf('record_tab')[0]?.startsWith('Cmd') ?? false;

/** The tab that a key press goes to: Ctrl with its number. */
export function tabOf(event: KeyboardEvent): RecordTab | null {
  if (event.isComposing || event.keyCode === 229 || event.shiftKey || event.altKey) return null;
  if (CMD ? !event.metaKey || event.ctrlKey : !event.ctrlKey || event.metaKey) return null;
  return /^[1-9]$/.test(event.key) ? (RECORD_TABS[Number(event.key) - 1] ?? null) : null;
}

/** Where a key press goes in the list that the record was opened from; nowhere while something is typed. */
export function stepOf(event: KeyboardEvent): 1 | -1 | null {
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return null;
  if (isKey(event, 'record_before')) return -1;
  return isKey(event, 'record_next') ? 1 : null;
}
