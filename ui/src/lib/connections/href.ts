import { CONNECTIONS } from '$lib/shell/routes';

/** The detail of a connection. */
export function connectionHref(connection: string): string {
  return `${CONNECTIONS}?id=${encodeURIComponent(connection)}`;
}
