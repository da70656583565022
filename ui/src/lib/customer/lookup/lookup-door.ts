import type { LookupBy } from '$lib/ipc';
import { overlays } from '$lib/shell/overlays.svelte';

/** What the look-up begins with. */
export const door: { value: string; by: LookupBy } = { value: '', by: 'customer_id' };

/** Opens the look-up over wherever one is, with an id already in it where there is one. */
export async function openLookup(value: string = '', by: LookupBy = 'customer_id'): Promise<void> {
  door.value = value;
  door.by = by;
  await overlays.open('look_up');
}
