// The first page of the list is asked for before its screen is there (hooks.client.ts): one round trip less to wait for.
import { call, type CustomerListRequest, type CustomerListView } from '$lib/ipc';
import { PAGE_ROWS } from './customer-list.svelte';

/** What the list asks when the program starts. */
export const FIRST_PAGE: CustomerListRequest = {
  query: '',
  group: null,
  connection: null,
  party: null,
  status: null,
  sort: 'read_at',
  reversed: false,
  offset: 0,
  limit: PAGE_ROWS,
};

let answer: Promise<CustomerListView> | null = null;

/** Asks for the first page. */
export function askFirstPage(): void {
  answer = call('customer_list', FIRST_PAGE);
  // Who needs the page asks again; who does not need it has nothing to hear.
  answer.catch(() => undefined);
}

/** Drops the answer: it is older than what the list is to show. */
export function dropFirstPage(): void {
  answer = null;
}

/** The page that a request asks for: what was asked before, once, where that is the same; asked for now otherwise. */
export function readPage(request: CustomerListRequest): Promise<CustomerListView> {
  const asked = JSON.stringify(request) === JSON.stringify(FIRST_PAGE) ? answer : null;
  answer = null;
  const ask = () => call('customer_list', request);
  // It may have been asked before the store was open.
  return asked ? asked.catch(ask) : ask();
}
