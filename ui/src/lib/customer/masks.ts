import { onMount } from 'svelte';
import { beforeNavigate } from '$app/navigation';
import { asIpcError, call, type CustomerRef } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { isKey } from '$lib/shell/keys';
import { customer as words } from '$lib/words/customer';
import { errorText } from '$lib/words/errors';
import { fieldLabel } from '$lib/words/fields';
import { Reveal } from './reveal.svelte';

/** Stands between a path and the reading it is of; in no key of an answer that can be masked. */
const OF = '\n';

/** What `Reveal` knows a value of another reading than the newest by. */
export function placeOf(path: string, reading: string): string {
  return path + OF + reading;
}

/**
 * Hides everything on Esc, and where the window, its view or the page is left. Call it while the component is made. Esc
 * does nothing else as long as something is shown: what a window hears (the way back) comes after the document.
 */
export function hideWhenLeft(reveal: Reveal): Reveal {
  const hide = () => reveal.hideAll();
  const keydown = (event: KeyboardEvent) => {
    if (!reveal.any || event.defaultPrevented || document.querySelector('dialog[open]') || !isKey(event, 'hide'))
      return;
    hide();
    event.preventDefault();
    event.stopPropagation();
  };
  beforeNavigate(hide);
  onMount(() => {
    document.addEventListener('keydown', keydown);
    window.addEventListener('blur', hide);
    document.addEventListener('visibilitychange', hide);
    return () => {
      document.removeEventListener('keydown', keydown);
      window.removeEventListener('blur', hide);
      document.removeEventListener('visibilitychange', hide);
      hide();
    };
  });
  return reveal;
}

/**
 * The masked values of the customer on the screen, hidden where it is left; `shown` hears of each that was shown. Call it
 * while the component is made, and put the `ReasonDialog` of its reason on the screen.
 */
export function masksOf(customer: () => CustomerRef, shown?: () => void): Reveal {
  const reveal = new Reveal({
    reveal: (place, reason) => {
      const [path = '', reading = null] = place.split(OF);
      return call('customer_reveal', { ...customer(), path, reading, reason });
    },
    toError: asIpcError,
    heard: (what, place, seconds, error) => {
      if (what === 'shown') {
        announcer.say(words.shownSaid(fieldLabel(place.split(OF)[0] ?? ''), seconds));
        shown?.();
      } else if (what === 'hidden') announcer.say(words.hiddenSaid);
      else if (error) announcer.alert(words.showFailed(errorText(error)));
    },
  });
  return hideWhenLeft(reveal);
}
