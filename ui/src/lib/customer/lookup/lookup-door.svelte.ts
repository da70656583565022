import { goto } from '$app/navigation';
import { page } from '$app/state';
import type { LookupBy } from '$lib/ipc';
import { CUSTOMERS } from '$lib/shell/routes';

/** Screens that have the dialog themselves. */
const HAVE_IT = /^\/customers?\/?$/;

/** Whether the look-up stands open, and what it began with. */
class LookupDoor {
  open = $state(false);
  value = $state('');
  by = $state<LookupBy>('customer_id');
}

export const door = new LookupDoor();

/** Opens the look-up from wherever one is, with an id already in it where there is one. */
export async function openLookup(value: string = '', by: LookupBy = 'customer_id'): Promise<void> {
  door.value = value;
  door.by = by;
  door.open = true;
  if (!HAVE_IT.test(page.url.pathname)) await goto(CUSTOMERS);
}
