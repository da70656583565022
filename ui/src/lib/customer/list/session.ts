import { asIpcError } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { components } from '$lib/words/components';
import { customer as words } from '$lib/words/customer';
import { CustomerList } from './customer-list.svelte';
import { readPage } from './first-page';

/** The one list of the window: who comes back from a record finds it as it was. */
export const list = new CustomerList({
  list: readPage,
  toError: asIpcError,
  heard: (what, { view, offset, rows, sort, reversed }) => {
    const total = view?.total ?? 0;
    if (what === 'count') announcer.say(words.matches(total));
    else if (what === 'sorted') announcer.say(words.sortedSaid(words.order[sort][reversed ? 1 : 0]));
    else announcer.say(components.pageOf(offset + 1, offset + rows.length, total));
  },
});
