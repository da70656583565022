import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import CustomerList from '$lib/customer/list/CustomerList.svelte';
import CustomerRow from '$lib/customer/list/CustomerRow.svelte';
import ListFilters from '$lib/customer/list/ListFilters.svelte';
import NoCustomers from '$lib/customer/list/NoCustomers.svelte';
import PlatformBar from '$lib/customer/list/PlatformBar.svelte';
import PreviewPane from '$lib/customer/list/PreviewPane.svelte';
import { platform } from '$lib/customer/list/platform';
import { list } from '$lib/customer/list/session';
import LookupDialog from '$lib/customer/lookup/LookupDialog.svelte';
import { door, openLookup } from '$lib/customer/lookup/lookup-door';
import { ipcError, type CustomerListView, type CustomerRowView, type PlatformListView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { connections } from '$lib/ipc/fake-connections';
import { bultraRow } from '$lib/ipc/fake-customer-rows';
import { always } from '$lib/palette/always';
import Help from '$lib/palette/Help.svelte';
import { withQuery } from '$lib/palette/with-query';
import { app } from '$lib/shell/app.svelte';
import { commands } from '$lib/shell/commands.svelte';
import NoNewDraft from '$lib/shell/NoNewDraft.svelte';
import { overlays } from '$lib/shell/overlays.svelte';
import { customer as customerWords } from '$lib/words/customer';
import { errorText } from '$lib/words/errors';
import { keys, keyShort } from '$lib/words/keys';
import { platform as words } from '$lib/words/platform';
import { READY } from './app-view';

const goto = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock('$app/state', () => ({ page: { url: new URL('http://localhost/customers') } }));
vi.mock('$app/navigation', () => ({ goto, afterNavigate: vi.fn(), beforeNavigate: vi.fn() }));

const bultra = connections.find(({ id }) => id === 'c-btest')!;
const REF = { connection: bultra.id, party: null, status: null };
const far = (part: Partial<PlatformListView> = {}): PlatformListView => ({
  ...REF,
  rows: 400,
  has_more: true,
  read_at: '2026-11-21T10:00:00Z',
  complete_at: null,
  unread: 30,
  ...part,
});
const none: CustomerListView = { customers: [], total: 0, groups: [], all: 9 };
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const ids = () => commands.all.map(({ id }) => id);
/** Whether the command that stops is hidden. */
const stops = () => always().flatMap(({ id, hidden }) => (id === 'platform.stop' ? [hidden] : []));

beforeEach(async () => {
  fake.reset();
  goto.mockClear();
  fake.on('customer_list', () => none).on('app_status', () => READY);
  app.view = { ...READY, current_connection: bultra.id };
  list.enter(null);
  list.enter('test');
  await platform.show(null);
});

describe('the bar of the platform’s list', () => {
  test.each([
    [far({ read_at: null, rows: 0, unread: 0 }), /was not read yet/, [words.begin, words.all]],
    [far(), /^400 read of the list of Bultra test account, more there/, [words.moreSize, words.all, words.details]],
    [far({ has_more: false, complete_at: '2026-11-20T10:32:00Z', unread: 0 }), /to its end 20 Nov/, [words.again]],
    [far({ party: 'INDIVIDUAL', status: 'EDD', unread: 0 }), /\(Individual, EDD\)/, [words.moreSize, words.all]],
  ])('%# says how far it is and offers what is left', async (view, says, offered) => {
    fake.on('platform_list', () => view);
    await platform.show(REF);
    render(PlatformBar, { list, connections: [bultra], current: bultra.id });
    const bar = within(screen.getByRole('region', { name: words.label }));
    expect(bar.getByText(says)).toBeTruthy();
    expect(bar.getAllByRole('button').map((button) => button.textContent?.trim())).toEqual(offered);
  });

  test('while it reads there is one thing to do: stop; then the error says what to do', async () => {
    fake.on('platform_list', () => far());
    let end: (error: unknown) => void = () => undefined;
    fake.on('platform_more', () => new Promise((_, reject) => (end = reject)));
    await platform.show(REF);
    render(PlatformBar, { list, connections: [bultra], current: bultra.id });
    expect(ids()).toEqual(['read_on', 'platform.all', 'platform.details']);
    await press(words.moreSize);
    await waitFor(() =>
      expect(screen.getAllByRole('button').map((one) => one.textContent?.trim())).toEqual([words.stop]),
    );
    expect(ids(), 'the way to stop it is on every screen').toEqual([]);
    expect(stops()).toEqual([false]);
    expect(document.activeElement?.textContent, 'the focus is not lost').toContain(words.stop);
    end(ipcError('token.scope'));
    await screen.findAllByText(errorText(ipcError('token.scope')));
    expect(screen.getByText(words.failed(bultra.name))).toBeTruthy();
    expect(stops()).toEqual([true]);
    expect(screen.getByRole('button', { name: words.moreSize }), 'it can be read on').toBeTruthy();
  });
});

describe('work that goes on', () => {
  test.each<[string, string | null]>([
    ['a connection that lists nothing', 'c-test'],
    ['a type', null],
  ])('is seen and stopped while %s is filtered', async (_, connection) => {
    fake.on('platform_list', () => far());
    let end: (error: unknown) => void = () => undefined;
    fake.on('platform_details', () => new Promise((_, reject) => (end = reject)));
    fake.on('job_cancel', () => ({}));
    await platform.show(REF);
    const { unmount } = render(PlatformBar, { list, connections: app.connections, current: bultra.id });
    await press(words.details);
    list.filter = connection ? { ...list.filter, connection } : { ...list.filter, party: 'INDIVIDUAL' };
    await waitFor(() => expect(platform.view).toBeNull());
    expect(screen.getByText(new RegExp(words.working.details(bultra.name)))).toBeTruthy();
    expect(screen.getByRole('progressbar', { name: words.working.details(bultra.name) })).toBeTruthy();
    unmount();
    expect(stops(), 'on another screen').toEqual([false]);
    render(PlatformBar, { list, connections: [], current: 'c-test' });
    await press(words.stop);
    expect(fake.requests('job_cancel')).toHaveLength(1);
    end(ipcError('cancelled'));
    await waitFor(() => expect(platform.work).toBeNull());
  });
});

describe('M in the table', () => {
  const rows = (count: number): CustomerListView => ({
    customers: Array.from({ length: count }, (_, at) => bultraRow(bultra.id, at)),
    total: count,
    groups: [],
    all: 9,
  });
  const foot = () => screen.getByRole('contentinfo').textContent;

  test.each<[string, number, Partial<PlatformListView>, boolean]>([
    ['reads the next page, and the foot says so', 3, {}, true],
    ['does nothing at the end of the list, and the foot leaves it out', 3, { has_more: false }, false],
    ['is not on the foot where no row hears it', 0, {}, false],
  ])('%s', async (_, count, part, said) => {
    fake.on('customer_list', () => rows(count)).on('platform_list', () => far(part));
    fake.on('platform_more', () => far({ rows: 500 }));
    list.filter = { ...list.filter, connection: bultra.id };
    render(CustomerList);
    await waitFor(() => expect([list.rows.length, platform.view?.rows]).toEqual([count, 400]));
    expect(foot()?.includes(keyShort('read_on'))).toBe(said);
    const row = document.querySelector<HTMLElement>('a[data-row]');
    row?.focus();
    if (row) await userEvent.keyboard('m');
    expect(fake.requests('platform_more')).toHaveLength(said ? 1 : 0);
    await waitFor(() => expect(platform.work).toBeNull());
  });
});

test.each([
  [[bultra], true],
  [connections.filter(({ kind }) => kind === 'axisfi'), false],
])('%# F1 names the key that reads on only where a connection lists', (known, named) => {
  app.view = { ...READY, connections: known };
  render(Help, { open: true });
  expect(screen.queryByText(keys.name.read_on) !== null).toBe(named);
  expect(screen.getByText(keys.name.preview)).toBeTruthy();
});

describe('a row that only the list has named', () => {
  const draw = (part: Partial<CustomerRowView>) => {
    const table = document.body.appendChild(document.createElement('table'));
    const row = { ...bultraRow(bultra.id, 2), ...part };
    return render(CustomerRow, {
      target: table,
      props: { row, place: 1, current: true, shown: false, connection: null },
    });
  };

  test('is told apart by its id, and its masked address stands beside it', () => {
    draw({ customer_id: 'cus_7', email: 'a•••@•••.example' });
    const link = screen.getByRole('link', { name: 'cus_7' });
    expect([link.title, link.classList.contains('mono')]).toEqual(['cus_7', true]);
    expect(screen.getByRole('cell', { name: 'a•••@•••.example' }).title).toContain(words.unread);
  });

  test('without an address it says so', () => {
    draw({ email: null });
    expect(screen.getByRole('cell', { name: words.unread })).toBeTruthy();
  });

  test('a name is no id', () => {
    draw({ unread: false, name: 'Acme' });
    expect(screen.getByRole('link', { name: 'Acme' }).classList.contains('mono')).toBe(false);
  });
});

describe('filters', () => {
  test('a choice narrows the list, and a filter that hides everything says so with a way out', async () => {
    render(ListFilters, { list, connections: [bultra] });
    await userEvent.selectOptions(screen.getByRole('combobox', { name: words.filters.party }), 'Corporation');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: words.filters.status }), 'DORMANT');
    const sent = fake.requests('customer_list').at(-1);
    expect(sent).toMatchObject({ connection: null, party: 'CORPORATION', status: 'DORMANT' });
    await waitFor(() => expect(list.loading).toBe(false));
    render(NoCustomers, { list, onclear: () => void list.clear() });
    expect(screen.getByText(words.noneLeft)).toBeTruthy();
    await press(words.clearFilters);
    expect(fake.requests('customer_list').at(-1)).toMatchObject({ party: null, status: null });
  });
});

test('the preview of a row that only the list has named says so, and asks for nothing', async () => {
  const row = bultraRow(bultra.id, 2);
  render(PreviewPane, { row, connection: bultra.name, onclose: vi.fn(), onread: vi.fn() });
  expect(screen.getByRole('link', { name: words.readIt })).toBeTruthy();
  expect(screen.getByText(new RegExp(words.unreadText))).toBeTruthy();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(fake.requests('customer_preview')).toEqual([]);
});

describe('looking up at Bultra', () => {
  test('by its own id alone, and for an individual of it; it says why', async () => {
    door.by = 'partner_customer_id';
    render(LookupDialog, { open: true });
    expect(screen.queryByRole('radio', { name: customerWords.byYourId })).toBeNull();
    expect(screen.getByText(words.customerIdOnly)).toBeTruthy();
    await userEvent.type(screen.getByRole('textbox', { name: customerWords.byCustomerId }), 'cus_1');
    await userEvent.type(screen.getByRole('textbox', { name: /^Individual/ }), 'ind_2');
    fake.on('customer_lookup', () => Promise.reject(ipcError('not_found')));
    await press(customerWords.lookUp);
    expect(fake.requests('customer_lookup')).toEqual([
      { connection: bultra.id, by: 'customer_id', value: 'cus_1', individual: 'ind_2' },
    ]);
    await screen.findAllByText(words.missedIndividual);
  });

  test('it opens over any screen, with what it was opened with', async () => {
    await openLookup('84a');
    expect([overlays.look_up, door.value, goto.mock.calls.length]).toEqual([true, '84a', 0]);
    render(overlays.parts.look_up!, { open: true });
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: customerWords.byCustomerId }).value).toBe('84a');
    expect(document.activeElement?.id).toBe('lookup-value');
    overlays.look_up = false;
  });

  test('the palette offers no look-up by an ID that it does not know', () => {
    expect(withQuery('84a').map(({ id }) => id)).not.toContain('query.partner_customer_id');
    app.view = { ...READY, current_connection: 'c-test' };
    expect(withQuery('84a').map(({ id }) => id)).toContain('query.partner_customer_id');
  });
});

describe('a new draft where customers come out of an application process', () => {
  test('it is said, and another connection of the environment makes it', async () => {
    fake.on('draft_create', () => Promise.reject(ipcError('internal')));
    render(NoNewDraft, { open: true });
    expect(screen.getByText(words.noCreateText(bultra))).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'AxisFI test, without types' }));
    await press(words.make);
    await waitFor(() => expect(fake.requests('draft_create')).toEqual([{ connection: 'c-test2' }]));
  });

  test('without such a connection it leads to where one is added', async () => {
    app.view = { ...READY, connections: [bultra], current_connection: bultra.id };
    render(NoNewDraft, { open: true });
    expect(screen.queryByRole('radio')).toBeNull();
    await press(words.connections);
    await waitFor(() => expect(goto).toHaveBeenCalledWith('/connections'));
  });
});
