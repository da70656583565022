import type { DeliveryView, DraftState, DraftView, IpcError, OutcomeView } from '$lib/ipc/bindings';
import { draft as words } from '$lib/words/draft';
import { errorText } from '$lib/words/errors';
import { individualOf, platform } from '$lib/words/individual';
import { outbox } from '$lib/words/outbox';

/** It can be changed; otherwise it is on the way, or the platform has it. */
export function isOpen(state: DraftState): state is 'editing' | 'rejected' {
  return state === 'editing' || state === 'rejected';
}

/** The platform was not reached, so that nothing was sent (DECISIONS 12). */
export function isOffline(code: string): boolean {
  return /^(network\.|(queue\.offline|token\.unreached)$)/.test(code);
}

/** Sending waits until somebody has mended the connection. */
export function isPaused(code: string): boolean {
  return code.startsWith('tls.') || code === 'credentials.missing' || areKeysRefused(code);
}

/** The platform, or who gives its tokens, does not take what the connection has. */
export function areKeysRefused(code: string): boolean {
  return /^(auth\.|token\.(refused|scope)$)/.test(code);
}

/** What happened to it, and what the program does next. */
export function deliveryText(delivery: DeliveryView, now: number = Date.now()): string {
  return `${outbox.happened(delivery)} ${outbox.next(delivery, 0, now)}`;
}

/** The id of what the platform accepted, and what it is called: an individual has one of its own. */
export function acceptedId(draft: DraftView | null, answered: string): [id: string, label: string] {
  const one = individualOf(draft?.update?.customer_id ?? '');
  return one ? [one.individual, platform.id] : [answered, words.outcome.customerId];
}

/** What is announced when a draft has come somewhere else. */
export function endedWords(draft: DraftView | null, outcome: OutcomeView | null, error: IpcError | null): string {
  if (error) return errorText(error);
  // That one outcome is known and another is not yet: where it stands is the newest.
  if (draft?.delivery) return deliveryText(draft.delivery);
  switch (outcome?.outcome) {
    case 'accepted':
      return words.outcome.acceptedSaid(...acceptedId(draft, outcome.customer_id));
    case 'rejected':
      return words.outcome.rejectedSaid(outcome.fields.length);
    case 'not_sent': {
      const { code } = outcome.reason;
      if (code === 'cancelled') return words.outcome.stopped;
      return isOffline(code) ? words.outcome.offline : `${words.outcome.notSent} ${errorText(outcome.reason)}`;
    }
    default:
      return '';
  }
}
