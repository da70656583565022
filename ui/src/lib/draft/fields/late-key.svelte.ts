import { announcer } from '$lib/shell/announcer.svelte';
import { update } from '$lib/words/update';

/** How long after it hid a key is still meant for the value that was shown. */
const LATE_MS = 1_000;

/**
 * A shown value can hide under the user's hands: what they do to it then does not replace what they cannot see. Call it
 * while the field is made; `shown` gives what is shown, `hidden` whether it is hidden.
 */
export function lateKey(shown: () => string | null, hidden: () => boolean) {
  let until = 0;
  let byHand = false;
  $effect(() => {
    if (shown() === null) return;
    byHand = false;
    return () => (until = byHand ? 0 : Date.now() + LATE_MS);
  });
  return {
    /** The user hides it themselves, and knows. */
    escaped(): void {
      byHand = true;
    },
    /** Takes what came too late, and says why. */
    takes(event: Event): boolean {
      if (!hidden() || !event.cancelable || Date.now() >= until) return false;
      until = 0;
      event.preventDefault();
      announcer.say(update.hidAgain);
      return true;
    },
  };
}
