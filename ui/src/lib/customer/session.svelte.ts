/** The tabs of a record, in the order of their keys. */
export const RECORD_TABS = ['details', 'persons', 'history', 'raw'] as const;
export type RecordTab = (typeof RECORD_TABS)[number];

/** What outlives a record: going on to the next one keeps the tab. */
class RecordSession {
  tab = $state<RecordTab>('details');
}

export const session = new RecordSession();
