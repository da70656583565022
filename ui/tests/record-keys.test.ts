import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import CustomerScreen from '$lib/customer/record/CustomerScreen.svelte';
import { session } from '$lib/customer/session.svelte';
import type { CustomerView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { answerCustomers } from '$lib/ipc/fake-customers';
import { allRows } from '$lib/ipc/fake-customer-rows';
import { viewOf } from '$lib/ipc/fake-customer-view';
import { app } from '$lib/shell/app.svelte';
import { READY } from './app-view';

vi.mock('$app/navigation', () => ({ goto: vi.fn(), beforeNavigate: vi.fn(), afterNavigate: vi.fn() }));

const row = allRows(READY, false)[0]!;
const props = { connection: row.connection, id: row.customer_id };
const chosen = () => screen.queryByRole('tab', { selected: true })?.id;

beforeEach(() => {
  fake.reset();
  app.view = READY;
  session.tab = 'details';
  answerCustomers(READY, []);
});

describe('the tabs of a record', () => {
  const TABS = [
    ['2', 'tab-persons'],
    ['3', 'tab-history'],
    ['4', 'tab-raw'],
    ['1', 'tab-details'],
  ] as const;
  const PLACES: [where: string, focus: () => void][] = [
    ['nowhere', () => (document.activeElement as HTMLElement | null)?.blur()],
    ['on the heading', () => screen.getByRole('heading', { level: 1 }).focus()],
    ['in the panel', () => screen.getByRole('tabpanel').focus()],
  ];

  test.each(PLACES)('are reached by their numbers while the focus is %s', async (_where, focus) => {
    render(CustomerScreen, props);
    await screen.findByRole('tabpanel');
    screen.getByRole('heading', { level: 1 }).tabIndex = -1;
    for (const [key, tab] of TABS) {
      focus();
      await userEvent.keyboard(`{Control>}${key}{/Control}`);
      expect(chosen()).toBe(tab);
      expect(document.activeElement?.id).toBe(tab);
    }
  });

  test('one whose key is pressed while the record is still read is the one that it opens on', async () => {
    let answer: (view: CustomerView) => void = () => undefined;
    fake.on('customer_open', () => new Promise((resolve) => (answer = resolve)));
    render(CustomerScreen, props);
    await userEvent.keyboard('{Control>}3{/Control}');
    expect(chosen()).toBeUndefined();
    answer(
      viewOf(
        row,
        READY.connections.find(({ id }) => id === row.connection)!,
      ),
    );
    await waitFor(() => expect(chosen()).toBe('tab-history'));
  });
});
