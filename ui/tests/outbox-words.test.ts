import { describe, expect, test } from 'vitest';
import type { ApiErrorView, DeliveryState, DeliveryView, Message, NextStep } from '$lib/ipc';
import { outbox as words } from '$lib/words/outbox';
import { shell } from '$lib/words/shell';
import { delivery } from './outbox-rows';

const NOW = Date.parse('2026-11-21T14:31:00Z');
const local = (at: number) => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at);
const after = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();
const because = (code: string): Message => ({ code, params: {} });
const answered = (status: number) => ({ status }) as ApiErrorView;

describe('what comes next', () => {
  // Of the type of all steps: one without a row does not compile.
  const STEPS: Record<NextStep, [part: Partial<DeliveryView>, before: number, says: string]> = {
    send: [{}, 0, 'Is sent now.'],
    try_again: [
      { next_at: after(540) },
      0,
      `Tries again at ${local(NOW + 540_000)} (in 9 min), or as soon as the platform is reached.`,
    ],
    send_after_limit: [
      { next_at: after(30) },
      0,
      `Is sent at ${local(NOW + 30_000)} (in 30 s): the platform asked for this pause.`,
    ],
    send_in_turn: [{}, 2, 'Is sent after 2 others.'],
    send_again: [{}, 0, 'Is sent again under the same ID: the platform proved not to have it.'],
    answer: [{ state: 'sending' }, 0, 'Waits for the answer.'],
    look_up: [
      { state: 'unknown', next_at: after(25) },
      0,
      `Looks it up at ${local(NOW + 25_000)} (in 25 s). Not finding it so early proves nothing, so nothing is sent again then.`,
    ],
    look_up_for_proof: [
      { state: 'unknown', next_at: after(60), misses: 1 },
      0,
      `Looks it up at ${local(NOW + 60_000)} (in 1 min), and sends it again only once the platform proves not to have it (1 of 2 look-ups without it).`,
    ],
    connection: [{ state: 'paused', reason: because('auth.refused') }, 0, 'Waits until the connection works.'],
    decision: [{ state: 'conflict' }, 0, 'Does nothing by itself until you have compared both.'],
  };

  test.each(Object.entries(STEPS) as [NextStep, (typeof STEPS)[NextStep]][])('%s', (next, [part, before, says]) => {
    expect(words.next(delivery({ ...part, next }), before, NOW)).toBe(says);
  });

  test.each<[name: string, part: Partial<DeliveryView>, before: number, says: string]>([
    ['what is due is looked up now', { next: 'look_up', next_at: after(0) }, 0, 'Looks it up now.'],
    ['what is overdue too', { next: 'try_again', next_at: after(-9) }, 0, 'Tries again now,'],
    ['a time that is not known is now', { next: 'try_again' }, 0, 'Tries again now,'],
    [
      'what is hours away has no seconds',
      { next: 'send_after_limit', next_at: after(3_600) },
      0,
      `${local(NOW + 3_600_000)}:`,
    ],
    ['one before it is one other', { next: 'send_in_turn' }, 1, 'after 1 other.'],
    ['how many are before it may not be known', { next: 'send_in_turn' }, 0, 'Is sent in turn.'],
    ['an update is read again', { next: 'look_up', purpose: 'update', next_at: after(9) }, 0, 'Reads it again at'],
    ['an update is the change', { next: 'send_again', purpose: 'update' }, 0, 'not to have the change.'],
    ['a locked keyring is no connection', { next: 'connection', reason: because('keyring.locked') }, 0, 'keyring'],
    [
      'what was sent too often waits for a person',
      { state: 'paused', next: 'decision', reason: because('queue.tired') },
      0,
      'until you send it',
    ],
  ])('%s', (_name, part, before, says) => expect(words.next(delivery(part), before, NOW)).toContain(says));
});

describe('what happened', () => {
  const sent_at = after(-60);
  const at = local(NOW - 60_000);
  test.each<[name: string, part: Partial<DeliveryView>, says: RegExp]>([
    ['queued and never sent', {}, /^Not sent yet, waits since/],
    ['that others are before it is said as what comes next', { reason: because('queue.turn') }, /^Not sent yet/],
    [
      'not reached',
      { reason: because('network.refused') },
      /^Nothing answers at the address of the platform\. Not sent yet/,
    ],
    ['being sent', { state: 'sending', sent_at }, /^Sent [^.]+\.$/],
    [
      'broken off',
      { state: 'unknown', sent_at, reason: because('network.reset') },
      /^Sent [^.]+\. The platform broke off/,
    ],
    ['sent once, proven absent, not sent again yet', { next: 'send_again', sent_at, absences: 1 }, /^Sent (?!again)/],
    ['sent again', { state: 'unknown', next: 'look_up', sent_at, absences: 1 }, /^Sent again /],
    ['another customer', { state: 'conflict', sent_at }, /another customer under the same ID\.$/],
    ['another state of it', { state: 'conflict', purpose: 'update', sent_at }, /something else than was sent\.$/],
    [
      'gone',
      { state: 'conflict', purpose: 'update', error: answered(404) },
      /^The platform has no such customer any more\.$/,
    ],
  ])('%s', (_name, part, says) => {
    expect(words.happened(delivery(part))).toMatch(says);
    expect(words.happened(delivery(part))).not.toMatch(/undefined|null|NaN| {2}/);
  });

  test('a sending says when', () => {
    expect(words.happened(delivery({ state: 'sending', sent_at }))).toContain(at);
  });

  test('every state has its word', () => {
    const states: DeliveryState[] = ['queued', 'sending', 'paused', 'unknown', 'conflict'];
    expect(states.map((state) => words.states[state]).filter((word) => !/^[A-Z]/.test(word))).toEqual([]);
  });
});

describe('the strip', () => {
  const none = { waiting: 0, paused: 0, unknown: 0, conflict: 0 };
  test.each([
    [none, false, ''],
    [{ ...none, waiting: 2 }, false, '2 waiting to send'],
    [{ ...none, unknown: 1 }, false, '1 outcome unknown'],
    [{ ...none, conflict: 1, unknown: 2 }, false, '1 conflict, 2 outcomes unknown'],
    [{ ...none, paused: 1 }, true, '1 paused: keys refused'],
    [{ ...none, paused: 3, waiting: 1_200 }, false, '3 paused, 1,200 waiting to send'],
  ])('%o', (counts, refused, says) => expect(words.strip(counts, refused)).toBe(says));

  const online = { online: true, offline_since: null };
  const offline = { online: false, offline_since: '2026-11-21T14:05:00Z' };
  test.each([
    ['all is sent', online, 0, '', /^Online\. All sent\.$/],
    ['an open draft is not sent', online, 1, '', /^Online\. 1 draft open\.$/],
    ['what waits follows', online, 1, '1 conflict', /^Online\.$/],
    ['offline, nothing waits', offline, 1, '', /^Offline since .+\. Drafts are saved on this computer\.$/],
    ['offline, something waits', offline, 1, '3 waiting to send', /^Offline since [^.]+\.$/],
  ])('%s', (_name, network, drafts, outbox, says) => expect(shell.network(network, drafts, outbox)).toMatch(says));

  test('back online it says what is sent now', () => {
    expect([shell.announceOnline(0), shell.announceOnline(3)]).toEqual(['Online.', 'Online. Sending 3 drafts.']);
  });

  test.each([
    [['Acme'], 'Draft for Acme sent.'],
    [[''], 'Draft without a name sent.'],
    [['Acme', 'Bolt'], '2 drafts sent: Acme and Bolt.'],
    [['Acme', ''], '2 drafts sent.'],
  ])('what was sent: %j', (names, says) => expect(words.sentSaid(names)).toBe(says));
});
