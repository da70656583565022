import { redirect } from '@sveltejs/kit';
import { CUSTOMERS } from '$lib/shell/routes';

// The first screen is the customers.
export function load(): never {
  redirect(307, CUSTOMERS);
}
