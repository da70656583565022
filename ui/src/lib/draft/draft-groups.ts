import type { DraftRowView, DraftState } from '$lib/ipc/bindings';

/** What a draft needs, in the order of the list (VISUAL "Drafts"). */
export type DraftGroup = 'needs' | 'writing' | 'way' | 'sent';

const GROUP_OF: Record<DraftState, DraftGroup> = {
  rejected: 'needs',
  conflict: 'needs',
  unknown: 'needs',
  editing: 'writing',
  sending: 'way',
  accepted: 'sent',
};

const ORDER: DraftGroup[] = ['needs', 'writing', 'way', 'sent'];

/** The drafts under what they need; groups without any are left out. */
export function grouped(rows: readonly DraftRowView[]): { group: DraftGroup; rows: DraftRowView[] }[] {
  return ORDER.map((group) => ({ group, rows: rows.filter((row) => GROUP_OF[row.state] === group) })).filter(
    (one) => one.rows.length > 0,
  );
}

/** The next step of a draft, as a key of the words. */
export function nextStep(
  row: DraftRowView,
): 'fix' | 'problems' | 'fill' | 'submit' | 'wait' | 'lookUp' | 'compare' | 'done' {
  switch (row.state) {
    case 'rejected':
      return 'fix';
    case 'conflict':
      return 'compare';
    case 'unknown':
      return 'lookUp';
    case 'sending':
      return 'wait';
    case 'accepted':
      return 'done';
    case 'editing':
      if (row.errors > 0) return 'problems';
      return row.filled < row.required ? 'fill' : 'submit';
  }
}
