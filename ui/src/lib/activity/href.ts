import { connectionHref } from '$lib/connections/href';
import type { ActivityRowView } from '$lib/ipc';
import { customerHref, draftHref } from '$lib/shell/routes';

/** The screen of what a row is about; none where there is none. */
export function hrefOf(row: ActivityRowView): string | null {
  switch (row.kind) {
    case 'customer':
      return row.connection ? customerHref(row.connection, row.id) : null;
    case 'draft':
      return draftHref(row.id);
    case 'connection':
      return connectionHref(row.id);
    default:
      return null;
  }
}
