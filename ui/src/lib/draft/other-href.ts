import { customerHref, draftHref } from '$lib/shell/routes';

/** Where the other record of a `duplicate.*` problem is; none where its params name no record. */
export function otherHref({ what, draft, connection, customer }: Partial<Record<string, string>>): string | null {
  if (what === 'draft') return draft ? draftHref(draft) : null;
  return connection && customer ? customerHref(connection, customer) : null;
}
