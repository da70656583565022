import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import AddConnection from '$lib/connections/AddConnection.svelte';
import ConnectionDetail from '$lib/connections/ConnectionDetail.svelte';
import { ConnectionEdit } from '$lib/connections/connection-edit.svelte';
import { ConnectionTest } from '$lib/connections/connection-test.svelte';
import { ipcError, type ConnectionView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { answer401, connections } from '$lib/ipc/fake-records';
import { app } from '$lib/shell/app.svelte';

const [production, account, , practice] = connections as [
  ConnectionView,
  ConnectionView,
  ConnectionView,
  ConnectionView,
];

function detail(connection: ConnectionView) {
  const edit = new ConnectionEdit(connection);
  const test = new ConnectionTest(connection.id);
  return render(ConnectionDetail, { connection, edit, test });
}

beforeEach(() => {
  fake.reset();
  app.refresh = vi.fn(() => Promise.resolve());
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
    await userEvent.click(screen.getByRole('button', { name: 'Replace the API secret' }));
    const input = screen.getByLabelText('API secret', { selector: 'input' });
    expect(document.activeElement).toBe(input);
    await userEvent.type(input, 'new-secret');
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(fake.requests('connection_save')).toEqual([
      {
        connection: account.id,
        name: null,
        base_url: null,
        revision: null,
        api_key: null,
        api_secret: 'new-secret',
      },
    ]);
    await waitFor(() => expect(screen.queryByLabelText('API secret', { selector: 'input' })).toBeNull());
  });

  test('says at the field what was refused, and keeps what was typed', async () => {
    fake.on('connection_save', () => {
      throw { ...ipcError('field.url'), fields: [{ path: 'base_url', code: 'field.url', params: {} }] };
    });
    detail(account);
    const url = screen.getByLabelText<HTMLInputElement>('Base URL');
    await userEvent.clear(url);
    await userEvent.type(url, 'somewhere{Enter}');
    await waitFor(() => expect(url.getAttribute('aria-invalid')).toBe('true'));
    const note = document.getElementById(url.getAttribute('aria-describedby') ?? '');
    expect(note?.textContent).toContain('Base URL must be a web address');
    expect(url.value).toBe('somewhere');
  });

  test('a host that something was sent to is read-only, and says so', () => {
    detail(production);
    expect(screen.queryByLabelText('Base URL', { selector: 'input' })).toBeNull();
    expect(screen.getByText('Something was sent to it, so it stays')).toBeTruthy();
  });

  test('a practice connection is served by the program, and its keys are not replaced', () => {
    detail(practice);
    expect(screen.getByText('Served by this program')).toBeTruthy();
    expect(screen.queryByText('sandbox:')).toBeNull();
    expect(screen.queryByRole('button', { name: /Replace/ })).toBeNull();
  });

  test('a failed test shows its reason, and the whole answer on demand', async () => {
    detail(account);
    expect(screen.getByText(/The platform refused the API key or the API secret/)).toBeTruthy();
    expect(document.querySelector('pre')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show answer' }));
    expect(document.querySelector('pre')?.textContent).toBe(answer401.raw);
  });

  test('a test can be stopped while it runs', async () => {
    fake.on('connection_test', () => new Promise(() => undefined)).on('job_cancel', () => ({}));
    detail(account);
    await userEvent.click(screen.getByRole('button', { name: 'Test connection' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Stop' }));
    expect(fake.requests('job_cancel')).toHaveLength(1);
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
    await userEvent.click(screen.getByText('Add connection'));
    await waitFor(() => expect(onadded).toHaveBeenCalledWith(account));
    expect(fake.requests('connection_add')[0]?.name).toBe('Mine');
  });
});
