import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { compareHref } from '$lib/customer/href';
import { CustomerList } from '$lib/customer/list/customer-list.svelte';
import CustomerTable from '$lib/customer/list/CustomerTable.svelte';
import PreviewPane from '$lib/customer/list/PreviewPane.svelte';
import { asIpcError, call } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { answerCustomers } from '$lib/ipc/fake-customers';
import { allRows } from '$lib/ipc/fake-customer-rows';
import { app } from '$lib/shell/app.svelte';
import Rail from '$lib/shell/Rail.svelte';
import { customer as words } from '$lib/words/customer';
import { READY } from './app-view';

vi.mock('$app/state', () => ({ page: { url: new URL('http://localhost/activity') } }));
vi.mock('$app/navigation', () => ({ goto: vi.fn(), beforeNavigate: vi.fn(), afterNavigate: vi.fn() }));

beforeEach(() => {
  fake.reset();
  app.view = READY;
  answerCustomers({ ...READY }, ['changed']);
});

describe('a customer that changed and that nobody has looked at', () => {
  test('is said in its row, to readers of the screen too, and in no other', async () => {
    const list = new CustomerList({
      list: (request) => call('customer_list', request),
      toError: asIpcError,
      heard: () => undefined,
    });
    list.enter('test');
    await list.load();
    render(CustomerTable, { list, previewed: false, onpreview: vi.fn(), onmore: vi.fn(), onsearch: vi.fn() });
    const heads = screen.getAllByRole('rowheader').filter((head) => within(head).queryByText(words.changed));
    expect(heads).toHaveLength(list.rows.filter((row) => row.changed_at !== null).length);
    expect(heads.length).toBeGreaterThan(0);
    expect(heads[0]?.textContent).toContain('Mingyue');
    expect(list.view?.groups.find(({ group }) => group === 'attention')?.count).toBeGreaterThan(
      list.rows.filter((row) => row.status?.group === 'attention').length,
    );
  });

  test.each([
    [1, true],
    [0, false],
  ])('row %i of the list has its line in the preview: %s', async (at, changed) => {
    const row = allRows(READY, false, true)[at]!;
    render(PreviewPane, { row, connection: null, onclose: vi.fn(), onread: vi.fn() });
    await screen.findByText(words.identifiers);
    const link = screen.queryByRole('link', { name: words.showChanges });
    expect(link?.getAttribute('href')).toBe(changed ? compareHref(row.connection, row.customer_id) : undefined);
    expect(screen.queryAllByText(/^9 fields changed since /)).toHaveLength(changed ? 1 : 0);
  });

  test('the reason to see a value is asked for anew at each row of the preview', async () => {
    app.view = { ...READY, policy: { reveal_reason: true } };
    const [first, second] = allRows(READY, false);
    const props = { connection: null, onclose: vi.fn(), onread: vi.fn() };
    const { rerender } = render(PreviewPane, { ...props, row: first! });
    const show = async () => userEvent.click(await screen.findByRole('button', { name: 'Show identifier number' }));
    await show();
    await userEvent.type(await screen.findByRole('textbox', { name: words.reason }), 'Client called{Enter}');
    await screen.findByText(/^Hides in/);
    await rerender({ ...props, row: second! });
    await waitFor(() => expect(screen.queryByText(/^Hides in/)).toBeNull());
    await show();
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: words.reason });
    expect(field.value).toBe('');
    expect(fake.requests('customer_reveal')).toHaveLength(1);
  });

  test.each([
    [3, 'Customers 3 changed'],
    [0, 'Customers'],
  ])('%i of them: the rail says %s', async (changed_customers, name) => {
    app.view = { ...READY, changed_customers };
    render(Rail, { narrow: false });
    await waitFor(() => expect(screen.getByRole('link', { name })).toBeTruthy());
  });
});
