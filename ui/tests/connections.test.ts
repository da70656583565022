// Long because: one file of cases for one screen, with the pieces they share.
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import AddConnection from '$lib/connections/AddConnection.svelte';
import { Archived } from '$lib/connections/archived.svelte';
import ConnectionDetail from '$lib/connections/detail/ConnectionDetail.svelte';
import { ConnectionEdit } from '$lib/connections/connection-edit.svelte';
import ConnectionList from '$lib/connections/ConnectionList.svelte';
import { ConnectionTest } from '$lib/connections/connection-test.svelte';
import { ConnectionWork } from '$lib/connections/connection-work';
import { linesOf } from '$lib/connections/detail/test-steps';
import { ERROR_CODES } from '$lib/ipc/bindings';
import { ipcError, type AppView, type ConnectionView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { answer401, archivedConnections, connections, tested } from '$lib/ipc/fake-connections';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { connections as words } from '$lib/words/connections';

const { goto } = vi.hoisted(() => ({ goto: vi.fn(() => Promise.resolve()) }));
vi.mock('$app/navigation', () => ({ goto, beforeNavigate: vi.fn(), afterNavigate: vi.fn() }));

const [production, account, untyped, practice] = connections as [
  ConnectionView,
  ConnectionView,
  ConnectionView,
  ConnectionView,
];

function detail(connection: ConnectionView) {
  const work = { edit: new ConnectionEdit(() => connection), test: new ConnectionTest(connection.id) };
  const onarchived = vi.fn();
  return { ...render(ConnectionDetail, { connection, work, onarchived }), onarchived };
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name, { selector: 'input' });
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));
/** jsdom shows no popover, so what is in one counts as hidden. */
const choose = (name: RegExp) => userEvent.click(screen.getByRole('menuitem', { name, hidden: true }));
const dialog = () => within(screen.getByRole('dialog'));

beforeEach(() => {
  fake.reset();
  goto.mockClear();
  app.refresh = vi.fn(() => Promise.resolve());
  app.view = { connections, current_connection: account.id } as AppView;
});

describe('the detail of a connection', () => {
  test('shows the tail of a secret and never a field that holds it', () => {
    detail(account);
    expect(screen.getByText('••••••••••71c0')).toBeTruthy();
    expect(screen.queryByLabelText('API secret', { selector: 'input' })).toBeNull();
  });

  test('saves only what was changed, and a new secret only when one was typed', async () => {
    fake.on('connection_save', () => account);
    detail(account);
    await press('Replace the API secret');
    expect(document.activeElement).toBe(field('API secret'));
    await userEvent.type(field('API secret'), 'new-secret');
    await press('Save changes');
    expect(fake.requests('connection_save')).toEqual([
      {
        connection: account.id,
        name: null,
        base_url: null,
        revision: null,
        api_key: null,
        api_secret: 'new-secret',
        upload: null,
        token_url: null,
        token_scope: null,
      },
    ]);
    await waitFor(() => expect(screen.queryByLabelText('API secret', { selector: 'input' })).toBeNull());
    expect(screen.getByText(/^Saved \d\d:\d\d$/)).toBeTruthy();
    expect(document.activeElement?.textContent?.trim()).toBe('Test connection');
  });

  test('keeps how files are sent, the largest as a number', async () => {
    fake.on('connection_save', () => account);
    detail(account);
    await userEvent.selectOptions(screen.getByLabelText('File upload'), 'json');
    await userEvent.clear(field('Largest file'));
    await userEvent.type(field('Largest file'), '25');
    await press('Save changes');
    expect(fake.requests('connection_save')[0]?.upload).toEqual({ encoding: 'json', limit_mb: 25 });
    expect(screen.queryByText(words.unsaved), 'nothing is left to save').toBeNull();
  });

  test.each(['', '0', '101', '2.5', 'ten'])('a largest file of “%s” is refused at its field', async (text) => {
    detail(account);
    await userEvent.clear(field('Largest file'));
    if (text) await userEvent.type(field('Largest file'), text);
    await press('Save changes');
    expect(screen.getByText('Largest file must be a whole number from 1 to 100')).toBeTruthy();
    expect(document.activeElement, 'the field has the focus').toBe(field('Largest file'));
    expect(field('Largest file').value).toBe(text);
    expect(fake.requests('connection_save')).toEqual([]);
  });

  test('says at the field what was refused, and keeps what was typed', async () => {
    fake.on('connection_save', () => {
      throw { ...ipcError('field.url'), fields: [{ path: 'base_url', code: 'field.url', params: {} }] };
    });
    detail(account);
    const url = field('Base URL');
    await userEvent.clear(url);
    await userEvent.type(url, 'somewhere{Enter}');
    await waitFor(() => expect(url.getAttribute('aria-invalid')).toBe('true'));
    const note = document.getElementById(url.getAttribute('aria-describedby') ?? '');
    expect(note?.textContent).toContain('Base URL must be a web address');
    expect(url.value).toBe('somewhere');
    expect(screen.getByText('Not saved')).toBeTruthy();
  });

  test('a host that something was sent to is read-only, and says so', () => {
    detail(production);
    expect(screen.queryByLabelText('Base URL', { selector: 'input' })).toBeNull();
    expect(screen.getByText('Something was sent to it, so it stays')).toBeTruthy();
  });

  test('kind and environment say why they stay; the type fields say what changing them does', async () => {
    detail(untyped);
    expect(screen.getByText('Set when the connection was added')).toBeTruthy();
    expect(screen.getByText('Stays: its records are apart')).toBeTruthy();
    await userEvent.selectOptions(screen.getByLabelText('Type fields'), 'typed');
    expect(screen.getByText('Open drafts are checked again after saving')).toBeTruthy();
  });

  test('a practice connection is served by the program, and its keys are not replaced', () => {
    detail(practice);
    expect(screen.getByText('Served by this program')).toBeTruthy();
    expect(screen.queryByText('sandbox:')).toBeNull();
    expect(screen.queryByRole('button', { name: /Replace/ })).toBeNull();
  });

  test('a failed test shows its reason, and the whole answer on demand', async () => {
    detail(account);
    expect(screen.getByText(/The platform refused the API key or secret/)).toBeTruthy();
    expect(screen.getByText('API secret or key was refused. Enter it again')).toBeTruthy();
    expect(document.querySelector('pre')).toBeNull();
    await press('Show answer');
    expect(document.querySelector('pre')?.textContent).toBe(answer401.raw);
  });

  test('a test can be stopped while it runs', async () => {
    fake.on('connection_test', () => new Promise(() => undefined)).on('job_cancel', () => ({}));
    detail(account);
    await press('Test connection');
    await userEvent.click(await screen.findByRole('button', { name: 'Stop' }));
    expect(fake.requests('job_cancel')).toHaveLength(1);
  });

  test('one that was never tested does not say so while its test runs', async () => {
    fake.on('connection_test', () => new Promise(() => undefined));
    const fresh = { ...account, tested: null };
    app.view = { connections: [fresh], current_connection: fresh.id } as AppView;
    const work = new ConnectionWork();
    const props = { connections: [fresh], chosen: fresh.id, archived: new Archived() };
    const list = () => ({ ...props, testing: work.testing().map(({ id }) => id), onadd: vi.fn(), onrestored: vi.fn() });
    const { rerender } = render(ConnectionList, list());
    expect(screen.getByText('Never tested')).toBeTruthy();
    void work.of(fresh).test.run();
    await rerender(list());
    expect(screen.queryByText('Never tested')).toBeNull();
    expect(screen.getByText('Testing…')).toBeTruthy();
  });

  test('one that is in use says so in the menu; another one becomes the one in use', async () => {
    app.save = vi.fn(() => Promise.resolve());
    const { unmount } = detail(account);
    expect(screen.getByRole('menuitem', { name: /It is in use/, hidden: true }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await choose(/Use this connection/);
    expect(app.save).not.toHaveBeenCalled();
    unmount();
    detail(production);
    await choose(/Use this connection Lists then show Production/);
    expect(app.save).toHaveBeenCalledWith({ current_connection: production.id });
  });
});

describe('changes of a production connection', () => {
  const open: ConnectionView = { ...production, host_fixed: false };
  const changes: [what: string, change: () => Promise<void>][] = [
    ['base URL', () => userEvent.type(field('Base URL'), '/v2')],
    ['type fields', () => userEvent.selectOptions(screen.getByLabelText('Type fields'), 'untyped')],
    ['API key', () => press('Replace the API key').then(() => userEvent.type(field('API key'), 'k'))],
    ['API secret', () => press('Replace the API secret').then(() => userEvent.type(field('API secret'), 's'))],
  ];

  test.each(changes)('the %s changes only after the name of the environment was typed', async (what, change) => {
    fake.on('connection_save', () => open);
    detail(open);
    await change();
    await press('Save changes');
    expect(dialog().getByText(`Real customers are sent with it. You change the ${what}.`)).toBeTruthy();
    await userEvent.type(field('Type “Production” to go on'), 'prod{Enter}');
    expect(dialog().getByText('Enter the word “Production”')).toBeTruthy();
    expect(fake.requests('connection_save')).toHaveLength(0);
    await userEvent.type(field('Type “Production” to go on'), 'uction ');
    await userEvent.click(dialog().getByRole('button', { name: 'Save in production' }));
    await waitFor(() => expect(fake.requests('connection_save')).toHaveLength(1));
  });

  test('the name changes at once, as everything of a test connection does', async () => {
    fake.on('connection_save', () => open);
    const { unmount } = detail(open);
    await userEvent.type(field('Name'), ' 2{Enter}');
    expect(screen.queryByRole('dialog')).toBeNull();
    unmount();
    detail(account);
    await userEvent.type(field('Base URL'), '/v2{Enter}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(fake.requests('connection_save')).toHaveLength(2);
  });

  test('who goes back changes nothing and keeps what was typed', async () => {
    detail(open);
    await userEvent.type(field('Base URL'), '/v2');
    await press('Save changes');
    await userEvent.click(dialog().getByRole('button', { name: 'Cancel' }));
    expect(fake.made).toEqual([]);
    expect(field('Base URL').value).toBe(`${open.base_url}/v2`);
  });
});

describe('walking from one connection to another', () => {
  test('what was typed over one is there on the way back, and the list names it', async () => {
    const work = new ConnectionWork();
    work.of(account).edit.name = 'Another name';
    expect(work.of(practice).edit.name).toBe('Practice');
    expect(work.of(account).edit.name).toBe('Another name');
    expect(work.unsaved().map(({ id }) => id)).toEqual([account.id]);
    const props = { chosen: practice.id, archived: new Archived(), onadd: vi.fn(), onrestored: vi.fn() };
    render(ConnectionList, { connections, unsaved: [account.id], ...props });
    expect(screen.getByRole('link', { name: /AxisFI test account.*Changes not saved/ })).toBeTruthy();
    work.discard();
    expect(work.unsaved()).toEqual([]);
  });

  test('what changes elsewhere shows where nothing was typed', () => {
    const edit = new ConnectionWork().of(account).edit;
    edit.baseUrl = 'https://typed.example';
    app.view = { connections: [{ ...account, name: 'Renamed', base_url: 'https://other.example' }] } as AppView;
    expect([edit.name, edit.baseUrl]).toEqual(['Renamed', 'https://typed.example']);
  });

  test('arrow keys go from row to row', async () => {
    const props = { chosen: account.id, archived: new Archived(), onadd: vi.fn(), onrestored: vi.fn() };
    render(ConnectionList, { connections, ...props });
    const [first, second] = screen.getAllByRole('link');
    first!.focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(second);
  });
});

describe('the archive', () => {
  test('says what follows, and archives', async () => {
    fake.on('connection_archive', () => app.view!);
    const { onarchived } = detail(account);
    await choose(/Archive/);
    expect(dialog().getByText(words.archiveText)).toBeTruthy();
    await userEvent.click(dialog().getByRole('button', { name: 'Archive' }));
    await waitFor(() => expect(onarchived).toHaveBeenCalledOnce());
    expect(fake.requests('connection_archive')).toEqual([{ connection: account.id }]);
    expect(announcer.polite.trim()).toBe('AxisFI test account is archived.');
    const [read, gone] = [vi.mocked(app.refresh), goto].map((each) => each.mock.invocationCallOrder[0] ?? 0);
    expect(read, 'the title that is read then names the connection in use').toBeLessThan(gone!);
  });

  test('a production connection asks for the name of its environment', async () => {
    fake.on('connection_archive', () => app.view!);
    detail(production);
    await choose(/Archive/);
    await userEvent.click(dialog().getByRole('button', { name: 'Archive in production' }));
    expect(fake.made).toEqual([]);
    await userEvent.type(field('Type “Production” to go on'), 'production{Enter}');
    await waitFor(() => expect(fake.requests('connection_archive')).toHaveLength(1));
  });

  test.each([
    ['connection.busy', { count: '2' }, '2 drafts are on the way'],
    ['connection.last', {}, 'This is the last connection in use'],
  ])('%s is said where it was asked for', async (code, params, text) => {
    fake.on('connection_archive', () => {
      throw { ...ipcError(code), params };
    });
    const { onarchived } = detail(account);
    await choose(/Archive/);
    await userEvent.click(dialog().getByRole('button', { name: 'Archive' }));
    expect(await dialog().findAllByText(new RegExp(text))).not.toHaveLength(0);
    expect(onarchived).not.toHaveBeenCalled();
  });

  test('is shown on demand, and gives one back', async () => {
    let left = archivedConnections;
    fake
      .on('connection_archived', () => ({ connections: left }))
      .on('connection_restore', ({ connection }) => {
        left = left.filter(({ id }) => id !== connection);
        return app.view!;
      });
    const archived = new Archived();
    await archived.load();
    const onrestored = vi.fn();
    render(ConnectionList, { connections, chosen: account.id, archived, onadd: vi.fn(), onrestored });
    expect(screen.queryByText('AxisFI Singapore')).toBeNull();
    await press('Show archived (2)');
    expect(screen.getByText('Archived 2 Sep 2026')).toBeTruthy();
    await press('Restore AxisFI Singapore');
    await waitFor(() => expect(onrestored).toHaveBeenCalledOnce());
    expect(screen.getByRole('button', { name: 'Hide archived (1)' })).toBeTruthy();
    expect(app.refresh).toHaveBeenCalled();
  });
});

describe('the card of a test', () => {
  const cases: [code: string, headline: RegExp, last: string][] = [
    ['ok', /^The connection works$/, 'Signed in'],
    ['network.name', /not found\. Check the base URL/, 'Address not found'],
    ['network.refused', /Nothing answers/, 'Address found, nothing answers there'],
    ['network.timeout', /did not answer in time/, 'No answer from the address in time'],
    ['network.proxy', /proxy.*Check the proxy in Settings/, 'Proxy not reached, or it refused'],
    ['tls.expired', /certificate of the platform has expired/, 'Certificate expired 4 Mar 2026'],
    ['tls.wrong_host', /belongs to another host/, 'Certificate of another host'],
    ['tls.untrusted', /not trusted.*Settings, Network/, 'Certificate not trusted'],
    ['tls.other', /No encrypted connection/, 'Not encrypted'],
    ['clock.off', /13 minutes behind/, 'Clock is 13 minutes behind the platform'],
    ['auth.refused', /refused the API key or secret. Enter them again/, 'Sign in answered 401'],
    ['auth.forbidden', /does not permit this. Ask the platform/, 'Sign in answered 403'],
    ['answer.html', /A web page answered, not the platform/, 'Sign in answered 200'],
    ['answer.redirect', /sent the program on to login.wifi.example/, 'Sign in answered 302'],
    ['answer.error', /The platform answered 503/, 'Sign in answered 503'],
    ['network.reset', /broke off/, 'Sign in broke off before the answer was whole'],
  ];

  test.each(cases)('%s says what is wrong and what to do, and where it stopped', (code, headline, last) => {
    const test = tested(code, '2026-11-21T06:31:00Z');
    expect(words.headline(test, 'axisfi')).toMatch(headline);
    const lines = linesOf(test);
    expect(lines.at(-1)?.text).toBe(last);
    expect(lines.at(-1)?.status).toBe(test.works ? 'active' : 'stopped');
    expect(lines.slice(0, -1).every(({ status }) => status === 'active')).toBe(true);
    if (code !== 'ok') expect(words.summary({ ...account, tested: test })).not.toContain('Does not work');
  });

  test('the steps before say what was found', () => {
    const [address, encryption, clock] = linesOf(tested('ok', '2026-11-21T06:31:00Z'));
    expect([address?.text, address?.end]).toEqual(['Address found and reached', '38 ms']);
    expect(encryption?.text).toBe('Encrypted, certificate valid until 4 Mar 2027');
    expect([clock?.text, clock?.end]).toEqual(['Clock agrees with the platform', '0.4 s apart']);
  });

  test('an answer is shown where there is one, in tests from before there were steps as well', () => {
    expect(linesOf(tested('auth.refused', '')).filter(({ answer }) => answer)).toHaveLength(1);
    const old = { ...tested('auth.refused', ''), steps: [] };
    expect(linesOf(old).map(({ answer }) => answer?.status)).toEqual([401]);
    expect(linesOf({ ...tested('network.name', ''), steps: [] })).toEqual([]);
  });

  const marked: [code: string, path: 'base_url' | 'api_key' | 'api_secret', found: RegExp | null][] = [
    ['auth.refused', 'api_key', /refused/],
    ['auth.refused', 'api_secret', /refused/],
    ['auth.refused', 'base_url', null],
    ['network.name', 'base_url', /not found/],
    ['tls.wrong_host', 'base_url', /another host/],
    ['auth.forbidden', 'api_key', null],
    ['network.timeout', 'base_url', null],
  ];
  test.each(marked)('%s marks %s: %s', (code, path, found) => {
    const edit = new ConnectionEdit(() => ({ ...account, tested: tested(code, '') }));
    if (found) expect(edit.problem(path)).toMatch(found);
    else expect(edit.problem(path)).toBeNull();
    if (path === 'base_url') edit.baseUrl = 'https://new.example';
    else if (path === 'api_key') edit.apiKey = 'x';
    else edit.apiSecret = 'x';
    expect(edit.problem(path), 'what is typed anew is not judged yet').toBeNull();
  });

  test('every code that a call can end with is short in the list', () => {
    const ends = ERROR_CODES.filter((code) => /^(network|tls|answer|auth|rate|clock|credentials|token)\./.test(code));
    const long = ends.filter((code) =>
      words.summary({ ...account, tested: tested(code, '2026-01-01T00:00:00Z') }).startsWith('Does not'),
    );
    expect(long).toEqual([]);
  });
});

describe('adding a connection', () => {
  test('starts with test, asks for every field, and puts the focus on the first that was refused', async () => {
    fake.on('connection_add', () => {
      const fields = ['name', 'base_url', 'api_key', 'api_secret'].map((path) => ({
        path,
        code: 'field.required',
        params: {},
      }));
      throw { ...ipcError('field.required'), fields };
    });
    render(AddConnection, { open: true, onadded: vi.fn() });
    await userEvent.click(screen.getByText('Add connection'));
    expect(fake.requests('connection_add')[0]?.environment).toBe('test');
    await waitFor(() => expect(screen.getByText('Enter the API secret')).toBeTruthy());
    expect(document.activeElement).toBe(screen.getByLabelText('Name'));
  });

  test('gives back the connection that was made', async () => {
    fake.on('connection_add', () => account);
    const onadded = vi.fn();
    render(AddConnection, { open: true, onadded });
    await userEvent.type(screen.getByLabelText('Name'), 'Mine');
    await userEvent.click(screen.getByLabelText('Production. Real customers'));
    await userEvent.click(screen.getByText('Add connection'));
    await waitFor(() => expect(onadded).toHaveBeenCalledWith(account));
    expect(fake.requests('connection_add')[0]).toMatchObject({ name: 'Mine', environment: 'production' });
  });

  test('the test is offered after it: the focus is on it', () => {
    const fresh = { ...account, tested: null };
    const work = { edit: new ConnectionEdit(() => fresh), test: new ConnectionTest(fresh.id) };
    render(ConnectionDetail, { connection: fresh, work, fresh: true });
    expect(screen.getByText('Test it before anything is sent.')).toBeTruthy();
    expect(document.activeElement?.textContent?.trim()).toBe('Test connection');
  });
});

describe('a connection of Bultra', () => {
  const bultra = connections.find(({ id }) => id === 'c-btest')!;
  const radio = (name: string) => userEvent.click(screen.getByRole('radio', { name }));

  test('asks for what Bultra needs, says what it cannot do, and sends nothing that is of AxisFI', async () => {
    fake.on('connection_add', () => bultra);
    render(AddConnection, { open: true, onadded: vi.fn() });
    await radio('Bultra');
    expect(screen.getByText(words.bultraCan)).toBeTruthy();
    expect(screen.queryByLabelText(words.revision)).toBeNull();
    await userEvent.type(field(words.name), 'B');
    await userEvent.type(field(words.baseUrl), 'https://api.bultra.example/v1');
    await userEvent.type(field(words.tokenUrl), 'https://auth.bultra.example/t');
    await userEvent.type(field('Client ID'), 'id-1');
    await userEvent.type(field('Client secret'), 's-1');
    await press(words.addButton);
    expect(fake.requests('connection_add')).toEqual([
      {
        name: 'B',
        kind: 'bultra',
        revision: null,
        environment: 'test',
        base_url: 'https://api.bultra.example/v1',
        token_url: 'https://auth.bultra.example/t',
        token_scope: '',
        api_key: 'id-1',
        api_secret: 's-1',
      },
    ]);
  });

  test('one of AxisFI has no token URL, whatever was typed there before', async () => {
    fake.on('connection_add', () => account);
    render(AddConnection, { open: true, onadded: vi.fn() });
    await radio('Bultra');
    await userEvent.type(field(words.tokenUrl), 'https://auth.bultra.example/t');
    await radio('AxisFI');
    await press(words.addButton);
    expect(fake.requests('connection_add')[0]).toMatchObject({ kind: 'axisfi', token_url: null, token_scope: null });
  });

  test.each([
    ['token_url', 'field.required', 'Enter the token URL'],
    ['token_url', 'field.url_insecure', 'Token URL must start with https://'],
    ['api_key', 'field.required', 'Enter the client ID'],
    ['api_secret', 'credentials.unusable', /^Client secret must be/],
  ])('%s that is %s is said in its words', (path, code, said) => {
    expect(words.fieldError(path, { code, params: {} }, 'bultra')).toMatch(said);
  });

  test('its form has neither type fields nor files, and keeps what was not touched', async () => {
    fake.on('connection_save', () => bultra);
    detail(bultra);
    expect([screen.queryByText(words.files), screen.queryByLabelText(words.revision)]).toEqual([null, null]);
    await userEvent.clear(field(`${words.scope} (optional)`));
    await press('Save changes');
    expect(fake.requests('connection_save')[0]).toMatchObject({ token_scope: '', token_url: null, base_url: null });
  });

  test.each([
    ['token.refused', 'api_secret', /^No token: client ID or secret was refused/],
    ['token.scope', 'token_scope', /^No token: the scope/],
    ['token.unreadable', 'token_url', /^No token: the answer/],
    ['token.unreached', 'token_url', /^No token: the token URL was not reached/],
  ] as const)('a test that ends at %s marks %s and names the step', (code, at, step) => {
    const test = tested(code, '');
    const edit = new ConnectionEdit(() => ({ ...bultra, tested: test }));
    expect(edit.problem(at)).toBeTruthy();
    expect(edit.problem('base_url'), 'the base URL is not at fault').toBeNull();
    expect(linesOf(test).at(-1)?.text).toMatch(step);
  });

  test('a refused token is not laid at the client ID', () => {
    const edit = new ConnectionEdit(() => ({ ...bultra, tested: tested('auth.refused', '') }));
    expect([edit.problem('api_key'), edit.problem('api_secret')]).toEqual([null, null]);
    expect(words.headline(tested('auth.refused', ''), 'bultra')).toMatch(/refused the token/);
  });
});
