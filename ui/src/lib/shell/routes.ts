// Where the screens are. Ids stand in the query, so that every address is a file of the built page.

export const CUSTOMERS = '/customers';
export const DRAFTS = '/drafts';
/** What waits to be sent, is unknown or in conflict. */
export const WAITING = '/waiting';
export const CONNECTIONS = '/connections';
export const ACTIVITY = '/activity';
export const SETTINGS = '/settings';
export const ABOUT = '/about';
/** The connections with the form of a new one open. */
export const ADD_CONNECTION = '/connections?add';

/** The editor of a draft. */
export function draftHref(draft: string): string {
  return `/draft?id=${encodeURIComponent(draft)}`;
}

/** The review of a draft. */
export function reviewHref(draft: string): string {
  return `/review?id=${encodeURIComponent(draft)}`;
}

/** Both sides of a draft's conflict. */
export function conflictHref(draft: string): string {
  return `/conflict?draft=${encodeURIComponent(draft)}`;
}

/** A customer of a connection. */
export function customerHref(connection: string, customerId: string): string {
  return `/customer?connection=${encodeURIComponent(connection)}&id=${encodeURIComponent(customerId)}`;
}
