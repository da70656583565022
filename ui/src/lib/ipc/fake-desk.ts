// A made-up program to look at the page without the real one: `npm run dev:fake`. `?fake=` picks a state:
// `starting`, `blocked:<code>`, `empty`, `offline`, `dark`, `light`, `comfortable`, `production`, `test`, `sandbox`,
// `welcome`, `broken`, `waiting`, `changed`, `reason`, `bultra`.
import type { AppView, Phase } from './bindings';
import { connections, lists } from './fake-records';
import { fake } from './fake';
import { answerAddresses } from './fake-addresses';
import { answerBultra } from './fake-bultra';
import { answerConnections } from './fake-connections';
import { answerCustomers } from './fake-customers';
import { answerDocuments } from './fake-documents';
import { answerDrafts } from './fake-drafts';
import { answerOutbox } from './fake-outbox';
import { answerPlatform } from './fake-platform';
import { answerShell } from './fake-shell';
import { answerUpdates } from './fake-updates';

export { Channel, invoke } from './fake';

const KEY = 'fake';
const asked = new URLSearchParams(globalThis.location?.search).get('fake');
if (asked !== null) globalThis.sessionStorage?.setItem(KEY, asked);
const wish = (globalThis.sessionStorage?.getItem(KEY) ?? '').split(' ');

function phase(): Phase {
  if (wish.includes('starting')) return { state: 'starting' };
  const code = wish.find((word) => word.startsWith('blocked:'))?.slice('blocked:'.length);
  if (!code) return { state: 'ready' };
  const params: Record<string, string> = code === 'database.newer' ? { found: '7', known: '3' } : {};
  return { state: 'blocked', reason: { code, params }, folder: '~/.local/share/customer-desk' };
}

const state: AppView = {
  phase: phase(),
  version: '0.1.0',
  actor: 'staff',
  connections: wish.includes('empty') ? [] : connections,
  current_connection: wish.includes('empty')
    ? null
    : wish.includes('bultra')
      ? 'c-bpractice'
      : (connections.find((one) => wish.includes(one.environment))?.id ?? 'c-test'),
  theme: wish.includes('dark') ? 'dark' : wish.includes('light') ? 'light' : 'system',
  density: wish.includes('comfortable') ? 'comfortable' : 'compact',
  date_order: 'ask',
  language: 'en',
  zoom_percent: 100,
  welcome: wish.includes('welcome'),
  network: wish.includes('offline')
    ? { online: false, offline_since: new Date(Date.now() - 900_000).toISOString() }
    : { online: true, offline_since: null },
  drafts: wish.includes('empty') ? 0 : 4,
  outbox: { waiting: 0, paused: 0, unknown: 0, conflict: 0 },
  when_offline: 'ask',
  first_start: false,
  notify: false,
  changed_customers: wish.includes('changed') ? 3 : 0,
  policy: { reveal_reason: wish.includes('reason') },
};

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

answerConnections(state, wish);
answerAddresses();
const rows = answerCustomers(state, wish);
answerPlatform(rows, wish);
answerDocuments(wish);
answerDrafts(state, wish);
answerOutbox(state, wish);
answerUpdates(state, wish);
answerShell(state, wish);
answerBultra(state, wish);

fake
  .on('app_status', () => state)
  .on('app_retry', async () => {
    await wait(600);
    return state;
  })
  .on('code_lists', () => lists);

// A script that takes pictures can say other answers.
Object.assign(globalThis, { fake });
