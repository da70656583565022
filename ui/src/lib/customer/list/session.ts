import { asIpcError, call } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { customer as words } from '$lib/words/customer';
import { CustomerList } from './customer-list.svelte';

/** The one list of the window: who comes back from a record finds it as it was. */
export const list = new CustomerList({
  list: (request) => call('customer_list', request),
  toError: asIpcError,
  heard: (what, { view, offset, rows, sort, reversed }) => {
    const total = view?.total ?? 0;
    if (what === 'count') announcer.say(words.matches(total));
    else if (what === 'sorted') announcer.say(words.sortedSaid(words.order[sort][reversed ? 1 : 0]));
    else announcer.say(words.pageOf(offset + 1, offset + rows.length, total));
  },
});
