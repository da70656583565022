import { asIpcError, call } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { draft as words } from '$lib/words/draft';
import { errorText } from '$lib/words/errors';
import { DraftList, type DraftListOutside } from './draft-list.svelte';

const outside: DraftListOutside = {
  list: (request) => call('draft_list', request),
  remove: (draft) => call('draft_delete', { draft }),
  restore: (draft) => call('draft_restore', { draft }),
  toError: asIpcError,
  heard: (what, row, { total }) => {
    const name = row ? row.name.trim() || row.local_name.trim() : '';
    if (what === 'count') announcer.say(words.matches(total));
    else announcer.say(what === 'deleted' ? words.deletedSaid(name) : words.restoredSaid(name));
    // What came back among the deleted ones is no longer to be undone.
    if (what === 'restored') list.removed = list.removed.filter((each) => each.id !== row?.id);
    if (what !== 'count') void app.refresh();
  },
  failed: (error) => announcer.alert(errorText(error)),
};

/** The one list of the window: who comes back from a draft finds it as it was. */
export const list = new DraftList(outside);
/** Those that were deleted and can be brought back. */
export const deletedList = new DraftList(outside, true);
