import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CustomerList } from '$lib/customer/list/customer-list.svelte';
import { FIRST_PAGE, readPage } from '$lib/customer/list/first-page';
import { asIpcError, ipcError, type AppView, type CustomerListView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { app } from '$lib/shell/app.svelte';
import { init } from '../src/hooks.client';
import { READY } from './app-view';

const page = (total: number): CustomerListView => ({ customers: [], total, groups: [], all: total });
const asked = (name: string) => fake.made.filter((made) => made.name === name).length;
const at = (path: string) => history.replaceState(null, '', path);

/** The program answers with one more customer each time. */
function answers(view: AppView = READY): void {
  let lists = 0;
  fake.on('app_status', () => view).on('customer_list', () => page((lists += 1)));
}

beforeEach(() => {
  fake.reset();
  app.view = null;
  at('/');
});

describe('the start of the page', () => {
  test('asks for the state and for the first page at once, and goes to the first screen', async () => {
    answers();
    init();
    expect(fake.made.map(({ name }) => name)).toEqual(['app_status', 'customer_list']);
    expect(location.pathname).toBe('/customers');
    await vi.waitFor(() => expect(app.ready).toBe(true));
  });

  test('another screen is left where it is, and its list is not asked for', () => {
    answers();
    at('/drafts?deleted=1');
    init();
    expect(location.pathname + location.search).toBe('/drafts?deleted=1');
    expect(asked('customer_list')).toBe(0);
  });

  test('the window goes on from the state that was asked for', async () => {
    answers();
    init();
    const stop = app.start();
    await vi.waitFor(() => expect(app.ready).toBe(true));
    expect(asked('app_status')).toBe(1);
    stop();
  });
});

describe('the first page', () => {
  test('is what the list of a start asks for', async () => {
    const heard = vi.fn();
    const list = new CustomerList({
      list: (request) => (heard(request), readPage(request)),
      toError: asIpcError,
      heard,
    });
    answers();
    list.enter('test');
    await list.load();
    expect(heard).toHaveBeenCalledWith(FIRST_PAGE);
    expect(Object.keys(heard.mock.calls[0]![0] as object)).toEqual(Object.keys(FIRST_PAGE));
  });

  test('is taken once, and by its own question only', async () => {
    answers();
    init();
    expect((await readPage(FIRST_PAGE)).total).toBe(1);
    expect((await readPage(FIRST_PAGE)).total).toBe(2);
    init();
    expect((await readPage({ ...FIRST_PAGE, query: 'a' })).total).toBe(4);
    expect((await readPage(FIRST_PAGE)).total, 'it is older than what was asked after it').toBe(5);
  });

  test.each<[string, Partial<AppView>]>([
    ['the store is still being opened', { phase: { state: 'starting' } }],
    ['something stands in the way', { phase: { state: 'blocked', reason: ipcError('store.failed'), folder: '' } }],
    ['the first start explains itself first', { welcome: true }],
  ])('is dropped where %s', async (_name, state) => {
    answers({ ...READY, ...state });
    init();
    await vi.waitFor(() => expect(app.view).not.toBeNull());
    await Promise.resolve();
    expect((await readPage(FIRST_PAGE)).total).toBe(2);
  });

  test('that came before the store was open is asked for again', async () => {
    answers();
    let lists = 0;
    fake.on('customer_list', () => {
      lists += 1;
      if (lists === 1) throw ipcError('store.closed');
      return page(lists);
    });
    init();
    expect((await readPage(FIRST_PAGE)).total).toBe(2);
  });
});
