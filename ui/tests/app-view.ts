// A state of the program for tests of what stands around the screens.
import type { AppView } from '$lib/ipc';
import { connections } from '$lib/ipc/fake-records';

/** Ready, on the test connection, nothing changed from how it is delivered. */
export const READY: AppView = {
  phase: { state: 'ready' },
  version: '0.1.0',
  actor: 'staff',
  connections,
  current_connection: 'c-test',
  theme: 'system',
  density: 'compact',
  date_order: 'ask',
  language: 'en',
  zoom_percent: 100,
  welcome: false,
  network: { online: true, offline_since: null },
  drafts: 0,
  outbox: { waiting: 0, paused: 0, unknown: 0, conflict: 0 },
  when_offline: 'ask',
  first_start: false,
  notify: false,
  changed_customers: 0,
  policy: { reveal_reason: false },
};
