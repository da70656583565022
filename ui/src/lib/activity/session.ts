import { call } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { activity as words } from '$lib/words/activity';
import { ActivityTrail } from './activity-trail.svelte';

/** The one trail of the window: who comes back to it finds it as it was. */
export const trail = new ActivityTrail(
  (request) => call('activity_list', request),
  (rows, more) => announcer.say(words.heard(rows, more)),
);
