// Made-up connections and network settings for fake-desk.ts. `?fake=test:<code>` lets every test end so (`test:ok` for
// one that works), `?fake=archive:<code>` refuses to archive, `?fake=connections:one` leaves a single connection.
import type {
  ApiErrorView,
  AppView,
  AuthorityView,
  ConnectionTestView,
  ConnectionView,
  IpcError,
  NetworkSave,
  SettingsView,
  TestStep,
  TestStepView,
} from './bindings';
import { fake } from './fake';
import { CAN } from './fake-platform';

const at = (hoursAgo: number) => new Date(Date.now() - hoursAgo * 3_600_000).toISOString();

export const answer401: ApiErrorView = {
  status: 401,
  code: 'UNAUTHORIZED',
  message: 'invalid credentials',
  fields: [],
  raw: '{\n  "code": "UNAUTHORIZED",\n  "message": "invalid credentials"\n}',
  trace_id: '7f21-c09e',
};

function step(step: TestStep, ok: boolean, more: Partial<TestStepView> = {}): TestStepView {
  return { step, ok, millis: null, expires_at: null, ahead_ms: null, status: null, ...more };
}

const reached = step('address', true, { millis: 38 });
const encrypted = step('encryption', true, { millis: 61, expires_at: '2027-03-04T09:30:00Z' });
const token = step('token', true, { millis: 52 });
const agrees = step('clock', true, { ahead_ms: 400 });

/** Where each outcome stops. */
function stepsOf(code: string): TestStepView[] {
  if (code.startsWith('token.'))
    return [reached, encrypted, step('token', false, { millis: 52, status: STATUS[code] ?? null })];
  if (code === 'ok') return [reached, encrypted, agrees, step('sign_in', true, { millis: 44, status: 404 })];
  if (code.startsWith('credentials.') || code.startsWith('keyring.')) return [];
  if (/^network\.(name|refused|timeout|other|proxy)$/.test(code)) return [step('address', false, { millis: 15_000 })];
  if (code.startsWith('tls.')) {
    const expires_at = code === 'tls.expired' ? '2026-03-04T09:30:00Z' : null;
    return [reached, step('encryption', false, { expires_at })];
  }
  if (code.startsWith('clock.')) return [reached, encrypted, step('clock', false, { ahead_ms: -754_000 })];
  const status = STATUS[code] ?? null;
  return [reached, encrypted, agrees, step('sign_in', false, { millis: 44, status })];
}

const STATUS: Record<string, number> = {
  'auth.refused': 401,
  'auth.forbidden': 403,
  'token.refused': 401,
  'token.scope': 400,
  'answer.redirect': 302,
  'answer.html': 200,
  'answer.unreadable': 200,
  'answer.error': 503,
  'rate.limited': 429,
};

const PARAMS: Record<string, Record<string, string>> = {
  'answer.redirect': { status: '302', host: 'login.wifi.example' },
  'answer.error': { status: '503' },
  'rate.limited': { retry_after_s: '30' },
  'token.unreached': { host: 'auth.bultra.example', reason: 'network.name' },
  'clock.off': { minutes: '13', way: 'behind' },
};

/** The result of a test that ended with this code. */
export function tested(code: string, when: string): ConnectionTestView {
  const works = code === 'ok';
  const status = STATUS[code];
  const raw = code === 'answer.html' ? '<!doctype html>\n<title>Sign in to the network</title>' : answer401.raw;
  return {
    works,
    at: when,
    millis: works ? 143 : 61,
    steps: stepsOf(code),
    problem: works ? null : { code, params: PARAMS[code] ?? {} },
    answer: status ? { ...answer401, status, raw } : null,
  };
}

const base: ConnectionView = {
  id: '',
  name: '',
  kind: 'axisfi',
  revision: 'typed',
  environment: 'test',
  base_url: '',
  host: '',
  practice: false,
  host_fixed: false,
  api_key: { tail: '3f9a', set_at: at(1900) },
  api_secret: { tail: '71c0', set_at: at(1900) },
  tested: null,
  archived_at: null,
  upload: { encoding: 'multipart', limit_mb: 10 },
  token_url: null,
  token_scope: null,
  capabilities: CAN.axisfi,
};

const BULTRA = { kind: 'bultra', revision: null, capabilities: CAN.bultra } as const;

export const connections: ConnectionView[] = [
  {
    ...base,
    id: 'c-prod',
    name: 'AxisFI Hong Kong',
    environment: 'production',
    base_url: 'https://api.axisfi.example',
    host: 'api.axisfi.example',
    host_fixed: true,
    tested: tested('ok', at(3)),
  },
  {
    ...base,
    id: 'c-test',
    name: 'AxisFI test account',
    base_url: 'https://api.test.axisfi.example',
    host: 'api.test.axisfi.example',
    tested: tested('auth.refused', at(0.2)),
  },
  { ...base, id: 'c-test2', name: 'AxisFI test, without types', revision: 'untyped', base_url: 'https://t2.example' },
  {
    ...base,
    id: 'c-typed',
    name: 'Practice',
    environment: 'sandbox',
    base_url: 'sandbox:',
    practice: true,
    tested: {
      ...tested('ok', at(1)),
      steps: [reached, agrees, step('sign_in', true, { millis: 3, status: 404 })],
    },
  },
  {
    ...base,
    id: 'c-untyped',
    name: 'Practice, without type fields',
    revision: 'untyped',
    environment: 'sandbox',
    base_url: 'sandbox:',
    practice: true,
  },
  {
    ...base,
    ...BULTRA,
    id: 'c-btest',
    name: 'Bultra test account',
    base_url: 'https://api.bultra.example/v1',
    host: 'api.bultra.example',
    token_url: 'https://auth.bultra.example/oauth2/token',
    token_scope: 'customers',
    tested: {
      ...tested('ok', at(2)),
      steps: [reached, encrypted, token, agrees, step('sign_in', true, { millis: 44, status: 200 })],
    },
  },
  {
    ...base,
    ...BULTRA,
    id: 'c-bpractice',
    name: 'Practice (Bultra)',
    environment: 'sandbox',
    base_url: 'sandbox:',
    token_url: 'sandbox:',
    practice: true,
    tested: {
      ...tested('ok', at(1)),
      steps: [reached, token, agrees, step('sign_in', true, { millis: 3, status: 200 })],
    },
  },
];

export const archivedConnections: ConnectionView[] = [
  {
    ...base,
    id: 'c-old',
    name: 'AxisFI Singapore',
    environment: 'production',
    base_url: 'https://sg.axisfi.example',
    host: 'sg.axisfi.example',
    host_fixed: true,
    archived_at: '2026-09-02T08:00:00Z',
  },
  { ...base, id: 'c-old2', name: 'Test of the spring', base_url: 'https://t1.example', archived_at: at(700) },
];

const authorities: AuthorityView[] = [
  { name: 'Harbour Bank Internal Root CA', expires_at: '2031-05-12T12:00:00Z', fingerprint: print('8f') },
  { name: 'Harbour Bank Proxy CA 2', expires_at: '2026-01-09T12:00:00Z', fingerprint: print('2c') },
];

/** Thirty-two pairs. */
function print(first: string): string {
  return [first, ...Array.from({ length: 31 }, (_, at) => ((at * 37 + 11) % 256).toString(16).padStart(2, '0'))]
    .join(':')
    .toUpperCase();
}

function fail(code: string, field?: string): IpcError {
  const fields = field ? [{ path: field, code, params: {} }] : [];
  return { code: field ? 'request.unreadable' : code, params: {}, fields, trace_id: null, answer: null };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Answers the commands about connections and the network. `state` is the window's, whose list of connections it keeps. */
export function answerConnections(state: AppView, wish: string[]): void {
  const wanted = (start: string) => wish.find((word) => word.startsWith(`${start}:`))?.slice(start.length + 1);
  const outcome = wanted('test');
  let archived = wish.includes('empty') ? [] : archivedConnections;
  const settings: SettingsView = {
    proxy: wanted('proxy') ?? null,
    authorities: wish.includes('empty') ? [] : authorities,
    folder: '~/.local/share/customer-desk',
    actor: 'staff',
  };
  const put = (next: ConnectionView) =>
    (state.connections = state.connections.map((each) => (each.id === next.id ? next : each)));
  const get = (id: string) => {
    const found = state.connections.find((each) => each.id === id);
    if (!found) throw fail('connection.gone');
    return found;
  };
  if (outcome && state.connections.length > 0) put({ ...get('c-test'), tested: tested(outcome, at(0.2)) });
  if (wanted('connections') === 'one') state.connections = [get('c-test')];

  fake
    .on('connection_add', (add) => {
      const wrong = (['name', 'base_url', 'api_key', 'api_secret'] as const).find((field) => !add[field]);
      if (wrong) throw fail('field.required', wrong);
      if (!add.base_url.startsWith('https://')) throw fail('field.url_insecure', 'base_url');
      if (add.kind === 'bultra' && !add.token_url?.startsWith('https://'))
        throw fail(add.token_url ? 'field.url_insecure' : 'field.required', 'token_url');
      const set_at = at(0);
      const made: ConnectionView = {
        ...base,
        id: `c-${state.connections.length}`,
        name: add.name,
        kind: add.kind,
        capabilities: CAN[add.kind],
        token_url: add.token_url,
        token_scope: add.token_scope || null,
        revision: add.revision,
        environment: add.environment,
        base_url: add.base_url,
        host: new URL(add.base_url).host,
        api_key: { tail: add.api_key.slice(-4), set_at },
        api_secret: { tail: add.api_secret.slice(-4), set_at },
      };
      state.connections = [...state.connections, made];
      return made;
    })
    .on('connection_save', async (save) => {
      await wait(300);
      const old = get(save.connection);
      if (save.name?.trim() === '') throw fail('field.required', 'name');
      if (save.base_url && !save.base_url.startsWith('https://')) throw fail('field.url_insecure', 'base_url');
      const secret = (typed: string | null, before: ConnectionView['api_key']) =>
        typed ? { tail: typed.slice(-4), set_at: at(0) } : before;
      const next: ConnectionView = {
        ...old,
        name: save.name ?? old.name,
        base_url: save.base_url ?? old.base_url,
        revision: save.revision ?? old.revision,
        token_url: save.token_url ?? old.token_url,
        token_scope: save.token_scope ?? old.token_scope,
        upload: save.upload ?? old.upload,
        api_key: secret(save.api_key, old.api_key),
        api_secret: secret(save.api_secret, old.api_secret),
        tested: (save.base_url ?? save.revision ?? save.api_key ?? save.api_secret) ? null : old.tested,
      };
      put(next);
      return next;
    })
    .on('connection_test', async ({ connection }) => {
      await wait(900);
      const old = get(connection);
      const code = outcome ?? (old.practice || old.environment === 'production' ? 'ok' : 'auth.refused');
      const result = tested(code, at(0));
      put({ ...old, tested: result });
      return result;
    })
    .on('connection_archived', () => ({ connections: archived }))
    .on('connection_archive', ({ connection }) => {
      const code = wanted('archive');
      if (code) throw fail(code);
      if (state.connections.length === 1) throw fail('connection.last');
      archived = [...archived, { ...get(connection), archived_at: at(0) }];
      state.connections = state.connections.filter((each) => each.id !== connection);
      if (state.current_connection === connection) state.current_connection = state.connections[0]?.id ?? null;
      return state;
    })
    .on('connection_restore', ({ connection }) => {
      const found = archived.find((each) => each.id === connection);
      if (!found) throw fail('connection.gone');
      archived = archived.filter((each) => each !== found);
      state.connections = [...state.connections, { ...found, archived_at: null }];
      return state;
    })
    .on('settings_open', () => settings)
    .on('network_save', async (save) => {
      await wait(300);
      return saveNetwork(settings, save);
    });
}

function saveNetwork(settings: SettingsView, save: NetworkSave): SettingsView {
  if (save.proxy !== null) {
    if (save.proxy && !/^https?:\/\/[^/]+/.test(save.proxy)) throw fail('field.proxy', 'proxy');
    settings.proxy = save.proxy || null;
  }
  if (save.authorities_pem !== null) {
    if (!save.authorities_pem.includes('-----BEGIN CERTIFICATE-----')) throw fail('field.authority', 'authorities_pem');
    const added = { name: 'Added Root CA', expires_at: '2030-01-01T00:00:00Z', fingerprint: print('d1') };
    settings.authorities = [...settings.authorities, added];
  }
  settings.authorities = settings.authorities.filter((each) => each.fingerprint !== save.remove_authority);
  return settings;
}
