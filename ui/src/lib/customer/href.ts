import { customerHref } from '$lib/shell/routes';

/** The address of a record, without what it names. */
export const CUSTOMER = '/customer';

/** Two readings of a record side by side; without them the one that was last looked at and the newest. */
export function compareHref(connection: string, customerId: string, before = '', after = ''): string {
  return `${customerHref(connection, customerId)}&compare=${encodeURIComponent(before)},${encodeURIComponent(after)}`;
}

/** The two readings of an address; none where it compares nothing. */
export function comparedOf(query: URLSearchParams): { before: string | null; after: string | null } | null {
  const [before, after] = query.get('compare')?.split(',') ?? [];
  return before === undefined ? null : { before: before || null, after: after || null };
}
