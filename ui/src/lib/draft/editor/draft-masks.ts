import { hideWhenLeft } from '$lib/customer/masks';
import { Reveal } from '$lib/customer/reveal.svelte';
import { asIpcError, call } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { customer as words } from '$lib/words/customer';
import { errorText } from '$lib/words/errors';
import { fieldLabel } from '$lib/words/fields';

/**
 * The hidden values of an update: shown for a while in their fields, to be changed (DECISIONS 14). Call it while the
 * component is made, and put the `ReasonDialog` of its reason on the screen. What was changed meanwhile is not hidden.
 */
export function draftMasks(draft: string, isHidden: (path: string) => boolean): Reveal {
  const reveal: Reveal = new Reveal({
    reveal: (path, reason) => call('draft_reveal', { draft, path, reason }),
    toError: asIpcError,
    heard: (what, path, seconds, error) => {
      if (what === 'failed') {
        if (error) announcer.alert(words.showFailed(errorText(error)));
      } else if (!isHidden(path)) reveal.hide(path);
      else announcer.say(what === 'shown' ? words.shownSaid(fieldLabel(path), seconds) : words.hiddenSaid);
    },
  });
  return hideWhenLeft(reveal);
}
