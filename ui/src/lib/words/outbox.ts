import type { ConflictView, DeliveryState, DeliveryView, NextStep, OutboxCounts } from '$lib/ipc';
import { errorWords } from './errors';
import { count, counted, isToday, list, moment, time } from './format';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** `at 14:32 (in 25 s)`; `now` once it is due. What is hours away has only its time. */
function when(at: string | null, now: number): string {
  const left = at === null ? 0 : Date.parse(at) - now;
  if (at === null || left <= 0) return 'now';
  if (left >= HOUR_MS) return `at ${moment(at, new Date(now))}`;
  const soon = left < MINUTE_MS ? `${Math.ceil(left / SECOND_MS)} s` : `${Math.ceil(left / MINUTE_MS)} min`;
  return `at ${moment(at, new Date(now))} (in ${soon})`;
}

const verb = ({ purpose }: DeliveryView) => (purpose === 'update' ? 'Reads it again' : 'Looks it up');

/** What the program does by itself; `before` is how many of its connection are sent first. */
const NEXT: Record<NextStep, (delivery: DeliveryView, before: number, now: number) => string> = {
  send: () => 'Is sent now.',
  try_again: ({ next_at }, _, now) => `Tries again ${when(next_at, now)}, or as soon as the platform is reached.`,
  send_after_limit: ({ next_at }, _, now) => `Is sent ${when(next_at, now)}: the platform asked for this pause.`,
  send_in_turn: (_, before) =>
    before > 0 ? `Is sent after ${counted(before, 'other', 'others')}.` : 'Is sent in turn.',
  send_again: ({ purpose }) =>
    purpose === 'update'
      ? 'Is sent again: the platform proved not to have the change.'
      : 'Is sent again under the same ID: the platform proved not to have it.',
  answer: () => 'Waits for the answer.',
  look_up: (delivery, _, now) =>
    `${verb(delivery)} ${when(delivery.next_at, now)}. Not finding it so early proves nothing, so nothing is sent again then.`,
  look_up_for_proof: (delivery, _, now) =>
    `${verb(delivery)} ${when(delivery.next_at, now)}, and sends it again only once the platform proves not to have it (${delivery.misses} of ${counted(delivery.misses_needed, 'look-up', 'look-ups')} without it).`,
  connection: ({ reason }) =>
    reason?.code.startsWith('keyring.')
      ? 'Waits until the keyring of this computer can be read.'
      : 'Waits until the connection works.',
  decision: ({ state }) =>
    state === 'paused'
      ? 'Does nothing by itself until you send it.'
      : 'Does nothing by itself until you have compared both.',
};

/** Words of the strip, and of the screens “Waiting and unknown” and “Conflict”. */
export const outbox = {
  title: 'Waiting and unknown',
  go: 'Go to waiting and unknown',
  back: 'Back to drafts',
  columns: { customer: 'Customer', state: 'State', next: 'What happened, and what comes next', actions: 'Actions' },
  caption: (rows: number) => `${counted(rows, 'draft', 'drafts')} on the way, those that need you first`,
  states: {
    queued: 'Waiting to send',
    sending: 'Sending',
    paused: 'Paused',
    unknown: 'Outcome unknown',
    conflict: 'Conflict',
  } satisfies Record<DeliveryState, string>,
  purposes: { create: 'New customer', update: 'Update' },
  unnamed: 'Draft without a name',
  empty: 'Nothing waits, and no outcome is unknown',
  toDrafts: 'Go to the drafts',
  loadFailed: 'What waits could not be read.',
  actFailed: (name: string) => `It could not be done for ${name}.`,

  /** What of the outbox the strip says; nothing where there is nothing. */
  strip: ({ conflict, paused, unknown, waiting }: OutboxCounts, keysRefused: boolean) =>
    [
      conflict > 0 ? counted(conflict, 'conflict', 'conflicts') : '',
      paused > 0 ? `${count(paused)} paused${keysRefused ? ': keys refused' : ''}` : '',
      unknown > 0 ? counted(unknown, 'outcome unknown', 'outcomes unknown') : '',
      waiting > 0 ? `${count(waiting)} waiting to send` : '',
    ]
      .filter(Boolean)
      .join(', '),
  /** What was accepted while the user was elsewhere. */
  sentSaid: (names: string[]) =>
    names.length === 1
      ? `Draft ${names[0] ? `for ${names[0]}` : 'without a name'} sent.`
      : `${count(names.length)} drafts sent${names.every(Boolean) ? `: ${list(names)}` : ''}.`,

  /** What happened to it so far. */
  happened: (delivery: DeliveryView) => {
    const { state, purpose, next, sent_at, absences, reason, error, since } = delivery;
    // Each proof that the platform does not have it lets it be sent once more; the last of them may still wait for that.
    const again = absences > (next === 'send_again' ? 1 : 0);
    const sent = sent_at === null ? '' : `Sent ${again ? 'again ' : ''}${moment(sent_at)}.`;
    if (state === 'conflict') {
      if (purpose === 'create') return `${sent} The platform holds another customer under the same ID.`.trim();
      const gone = error?.status === 404;
      return `${sent} The platform ${gone ? 'has no such customer any more' : 'holds something else than was sent'}.`.trim();
    }
    // That others are before it is what comes next.
    const why = reason && !/^queue\.(turn|paused)$/.test(reason.code) ? errorWords(reason).says : '';
    if (sent === '') return `${why} Not sent yet, waits since ${moment(since)}.`.trim();
    return `${sent} ${why}`.trim();
  },
  next: (delivery: DeliveryView, before: number, now: number) => NEXT[delivery.next](delivery, before, now),
  /** After “waits until the connection works”. */
  toConnection: 'Test it or replace its keys',

  sendNow: 'Send now',
  lookUp: 'Look up now',
  takeOut: 'Take out of the queue',
  stop: 'Stop waiting',
  compare: 'Compare',
  busy: { send: 'Sending…', look: 'Looking it up…', take: 'Stopping…' },
  of: (what: string, name: string) => `${what}: ${name}`,
  takenOut: (name: string) => `${name} is out of the queue. Its draft can be changed again.`,
  tooLate: (name: string) => `${name} was already on the way. It is looked up before anything is sent again.`,
  stillUnknown: (name: string) => `${name} was not found yet.`,
  nowConflict: (name: string) => `The platform holds something else for ${name}.`,
};

/** Words of the screen “Conflict”. */
export const conflict = {
  title: 'Conflict',
  loadFailed: 'The conflict could not be opened.',
  yourId: 'Your ID',
  customerId: 'Customer ID',
  readAt: (at: string) => (isToday(at) ? `Platform read today ${time(at)}` : `Platform read ${moment(at)}`),
  says: {
    create: 'The platform holds another customer under the same ID. Nothing was sent again.',
    update: 'The platform holds something else than what was sent. Nothing was sent again.',
    gone: 'The platform has no such customer any more.',
    refused: 'The platform says that it has a customer under this ID, and does not show it.',
  },
  differ: (rows: number, same: number) =>
    `${counted(rows, 'value differs', 'values differ')}, ${same === 1 ? '1 is' : `${count(same)} are`} the same.`,
  columns: { field: 'Field', before: 'Sent', after: 'On the platform', change: 'Difference' },
  differs: 'Differs',
  onlyOurs: 'Only sent',
  onlyTheirs: 'Only on the platform',
  notProvided: 'Not provided',
  person: (number: number) => `Person ${number}`,
  scrolls: 'What differs',

  ask: { create: 'Whose is it?', update: 'Which one stays?', gone: 'What now?', refused: 'Whose is it?' },
  theirs: {
    create: {
      is: 'It is our customer',
      then: 'The draft counts as accepted, and the record is what the platform has. What differs can be changed there by an update.',
      does: 'Count the draft as accepted',
      sure: 'Is it our customer?',
      text: (name: string) => `The draft for ${name} counts as accepted and cannot be changed any more.`,
    },
    update: {
      is: 'What the platform has stays',
      then: 'Nothing is sent. The draft is deleted, and can be brought back for 30 days.',
      does: 'Keep what the platform has',
    },
    gone: {
      is: 'There is nothing left to update',
      then: 'Nothing is sent. The draft is deleted, and can be brought back for 30 days.',
      does: 'Delete the draft',
    },
  },
  newId: {
    is: 'It is another customer',
    then: 'It stays as it is. The draft gets a new ID of yours, and nothing is sent before you submit it again.',
    does: 'Open the draft under a new ID',
  },
  open: {
    is: 'Choose for each value',
    then: 'The draft opens again beside what the platform has now. Nothing is sent before you submit it again.',
    does: 'Compare and choose',
  },
  settling: 'Settling it…',
  settled: {
    accepted: (name: string) => `Settled. The draft for ${name} counts as accepted.`,
    theirs: (name: string) => `Settled. The draft for ${name} is deleted.`,
    new_id: (name: string) => `The draft for ${name} is open under a new ID.`,
    open: (name: string) => `The draft for ${name} is open again.`,
  },
  settleFailed: 'It could not be settled.',
  /** Which of the sentences above fits. */
  kind: ({ purpose, read_at, error }: Pick<ConflictView, 'purpose' | 'read_at' | 'error'>) => {
    if (read_at !== null) return purpose;
    return purpose === 'create' || (error !== null && error.status !== 404) ? 'refused' : 'gone';
  },
};
