// A made-up program to look at the page without the real one: `npm run dev:fake`. `?fake=` picks a state:
// `starting`, `blocked:<code>`, `empty`, `offline`, `dark`, `light`.
import { checkOf, FIELDS } from '$lib/draft/fixture';
import type { AppView, ConnectionView, DraftView, IpcError, Phase } from './bindings';
import { answer401, connections, customerRows, customerView, draftRows, draftTexts, lists } from './fake-records';
import { fake } from './fake';

export { Channel, invoke } from './fake';

const KEY = 'fake';
const asked = new URLSearchParams(location.search).get('fake');
if (asked !== null) sessionStorage.setItem(KEY, asked);
const wish = (sessionStorage.getItem(KEY) ?? '').split(' ');

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
  current_connection: wish.includes('empty') ? null : 'c-test',
  theme: wish.includes('dark') ? 'dark' : wish.includes('light') ? 'light' : 'system',
  network: wish.includes('offline')
    ? { online: false, offline_since: new Date(Date.now() - 900_000).toISOString() }
    : { online: true, offline_since: null },
  drafts: wish.includes('empty') ? 0 : 4,
  unsettled: 0,
  first_start: false,
};

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function connection(id: string): ConnectionView {
  const found = state.connections.find((each) => each.id === id);
  if (!found) throw fail('connection.gone');
  return found;
}

function fail(code: string, field?: string): IpcError {
  const fields = field ? [{ path: field, code, params: {} }] : [];
  return { code, params: {}, fields, trace_id: null, answer: null };
}

let seq = 12;

function draft(id: string): DraftView {
  return {
    id,
    connection: connection(state.current_connection ?? ''),
    state: 'editing',
    seq,
    saved_at: new Date().toISOString(),
    texts: id === 'new' ? [] : draftTexts,
    persons: id === 'new' ? [] : ['p1'],
    position: null,
    id_frozen: false,
    restored: false,
    fields: FIELDS,
    check: checkOf(),
    outcome: null,
  };
}

fake
  .on('app_status', () => state)
  .on('app_retry', async () => {
    await wait(600);
    return state;
  })
  .on('settings_save', ({ theme, current_connection }) => {
    if (theme) state.theme = theme;
    if (current_connection) state.current_connection = current_connection;
    return state;
  })
  .on('code_lists', () => lists)
  .on('connection_add', (add) => {
    if (!add.name) throw fail('field.required', 'name');
    if (!add.base_url) throw fail('field.required', 'base_url');
    if (!add.base_url.startsWith('https://')) throw fail('field.url_insecure', 'base_url');
    if (!add.api_secret) throw fail('field.required', 'api_secret');
    const set_at = new Date().toISOString();
    const made: ConnectionView = {
      id: `c-${state.connections.length}`,
      name: add.name,
      kind: add.kind,
      revision: add.revision,
      environment: add.environment,
      base_url: add.base_url,
      host: new URL(add.base_url).host,
      practice: false,
      host_fixed: false,
      api_key: { tail: add.api_key.slice(-4), set_at },
      api_secret: { tail: add.api_secret.slice(-4), set_at },
      tested: null,
    };
    state.connections = [...state.connections, made];
    return made;
  })
  .on('connection_save', (save) => {
    const old = connection(save.connection);
    if (save.name === '') throw fail('field.required', 'name');
    const made = { ...old, name: save.name ?? old.name, base_url: save.base_url ?? old.base_url };
    state.connections = state.connections.map((each) => (each.id === old.id ? made : each));
    return made;
  })
  .on('connection_test', async ({ connection: id }) => {
    await wait(900);
    const old = connection(id);
    const works = old.practice || old.environment === 'production';
    const tested = {
      works,
      at: new Date().toISOString(),
      millis: 120,
      problem: works ? null : { code: 'auth.refused', params: {} },
      answer: works ? null : answer401,
    };
    state.connections = state.connections.map((each) => (each.id === id ? { ...each, tested } : each));
    return tested;
  })
  .on('draft_list', () => ({ drafts: wish.includes('empty') ? [] : draftRows }))
  .on('draft_create', () => draft('new'))
  .on('draft_open', ({ draft: id }) => draft(id))
  .on('draft_save', ({ edits }) => {
    seq += edits.length;
    return { seq, saved_at: new Date().toISOString(), check: checkOf() };
  })
  .on('draft_review', ({ draft: id }) => ({
    draft: draft(id),
    sends: draftTexts,
    not_sent: [],
    blocked: false,
    house_missing: true,
    network: state.network,
  }))
  .on('draft_submit', async () => {
    await wait(1200);
    return {
      outcome: 'accepted',
      customer_id: '8423317705',
      partner_customer_id: 'cd-0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b',
      status: { group: 'waiting', raw: 'Processing' },
      at: new Date().toISOString(),
    };
  })
  .on('customer_list', () => ({ customers: wish.includes('empty') ? [] : customerRows }))
  .on('customer_open', () => customerView(connection(state.current_connection ?? '')))
  .on('customer_lookup', async ({ value }) => {
    await wait(500);
    if (value.startsWith('0')) throw fail('not_found');
    return customerView(connection(state.current_connection ?? ''));
  })
  .on('customer_reveal', ({ path }) => ({ path, value: '51 824 753 556', hides_after_s: 30 }))
  .on('job_cancel', () => ({}));

// A script that takes pictures can say other answers.
Object.assign(window, { fake });
