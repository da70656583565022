import { asIpcError, call, type CustomerRef } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { customer as words } from '$lib/words/customer';
import { errorText } from '$lib/words/errors';
import { fieldLabel } from '$lib/words/fields';
import { Reveal } from './reveal.svelte';

/** The masked values of the customer on the screen; `shown` hears of each that was shown. */
export function masksOf(customer: () => CustomerRef, shown?: () => void): Reveal {
  return new Reveal({
    reveal: (path) => call('customer_reveal', { ...customer(), path }),
    toError: asIpcError,
    heard: (what, path, seconds, error) => {
      if (what === 'shown') {
        announcer.say(words.shownSaid(fieldLabel(path), seconds));
        shown?.();
      } else if (what === 'hidden') announcer.say(words.hiddenSaid);
      else if (error) announcer.alert(words.showFailed(errorText(error)));
    },
  });
}
