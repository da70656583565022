import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import NetworkSettings from '$lib/connections/NetworkSettings.svelte';
import { shortPrint } from '$lib/connections/network/network.svelte';
import { ipcError, type AuthorityView, type SettingsView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { announcer } from '$lib/shell/announcer.svelte';

const print = (first: string) => [first, ...Array.from({ length: 31 }, () => '0A')].join(':');
const root: AuthorityView = { name: 'Harbour Root', expires_at: '2999-03-04T12:00:00Z', fingerprint: print('8F') };
const old: AuthorityView = { name: 'Old Root', expires_at: '2020-03-04T12:00:00Z', fingerprint: print('2C') };
const NOTHING = { proxy: null, authorities_pem: null, remove_authority: null };

let settings: SettingsView;

function refuse(path: string, code: string, params: Record<string, string> = {}) {
  fake.on('network_save', () => {
    throw { ...ipcError('request.unreadable'), fields: [{ path, code, params }] };
  });
}

async function open() {
  render(NetworkSettings);
  return await screen.findByLabelText<HTMLInputElement>(/^Proxy/);
}

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const dialog = () => within(screen.getByRole('dialog'));

beforeEach(() => {
  settings = { proxy: null, authorities: [root, old], folder: '/data', actor: 'staff' };
  fake.reset();
  fake
    .on('settings_open', () => settings)
    .on('network_save', (save) => {
      if (save.proxy !== null) settings.proxy = save.proxy || null;
      if (save.authorities_pem)
        settings.authorities = [...settings.authorities, { ...root, name: 'New', fingerprint: print('01') }];
      settings.authorities = settings.authorities.filter(({ fingerprint }) => fingerprint !== save.remove_authority);
      return settings;
    });
});

describe('the proxy', () => {
  test('is saved with Enter and on leaving, and once for each text', async () => {
    const proxy = await open();
    await userEvent.type(proxy, 'http://one.example:8080{Enter}');
    expect(await screen.findByText(/Saved \d\d:\d\d. Every call goes through it/)).toBeTruthy();
    await userEvent.tab();
    expect(fake.requests('network_save')).toEqual([{ ...NOTHING, proxy: 'http://one.example:8080' }]);
    await userEvent.clear(proxy);
    await userEvent.tab();
    expect(await screen.findByText(/Calls go straight to the platforms/)).toBeTruthy();
    expect(fake.requests('network_save')[1]).toEqual({ ...NOTHING, proxy: '' });
  });

  test('that is what it was is not saved', async () => {
    settings.proxy = 'http://one.example:8080';
    const proxy = await open();
    await userEvent.type(proxy, ' {Enter}');
    await userEvent.tab();
    expect(fake.requests('network_save')).toEqual([]);
  });

  test('that is refused says why at the field, and stays as typed', async () => {
    refuse('proxy', 'field.proxy');
    const proxy = await open();
    await userEvent.type(proxy, 'somewhere{Enter}');
    await waitFor(() => expect(proxy.getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByText('Proxy must be like http://proxy.example:8080')).toBeTruthy();
    expect(proxy.value).toBe('somewhere');
  });

  test('that could not be kept says so', async () => {
    fake.on('network_save', () => {
      throw ipcError('store.full');
    });
    await userEvent.type(await open(), 'http://one.example:1{Enter}');
    expect(await screen.findByText(/The disk is full/)).toBeTruthy();
  });
});

describe('the certificate authorities', () => {
  test('are listed with their last day and a fingerprint whose whole is in the tooltip', async () => {
    await open();
    expect(screen.getByText('Until 4 Mar 2999')).toBeTruthy();
    expect(screen.getByText('Expired 4 Mar 2020')).toBeTruthy();
    expect(screen.getByTitle(root.fingerprint).textContent).toContain(shortPrint(root.fingerprint));
    expect(shortPrint(root.fingerprint)).toBe('8F:0A:0A:0A…0A:0A');
  });

  test('one is added from pasted text, and named', async () => {
    await open();
    await press('Add authority');
    await userEvent.type(screen.getByLabelText('Certificates as PEM text'), 'text');
    await userEvent.click(dialog().getByRole('button', { name: 'Add authority' }));
    expect(await screen.findByText('New')).toBeTruthy();
    expect(fake.requests('network_save')).toEqual([{ ...NOTHING, authorities_pem: 'text' }]);
    expect(announcer.polite.trim()).toBe('New is trusted from now on.');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test.each([
    ['field.authority', {}, /^Enter certificates as text/],
    ['field.authority_leaf', { name: 'api.example' }, /^api\.example is no certificate of an authority/],
    ['field.authority_key', {}, /without the private key/],
  ])('%s is said at the text, which stays', async (code, params, text) => {
    refuse('authorities_pem', code, params as Record<string, string>);
    await open();
    await press('Add authority');
    const area = screen.getByLabelText<HTMLTextAreaElement>('Certificates as PEM text');
    await userEvent.type(area, 'text');
    await userEvent.click(dialog().getByRole('button', { name: 'Add authority' }));
    expect(await dialog().findAllByText(text)).not.toHaveLength(0);
    expect([area.value, area.getAttribute('aria-invalid')]).toEqual(['text', 'true']);
  });

  test('one is removed after a question, by its fingerprint', async () => {
    await open();
    await press('Remove Old Root');
    expect(dialog().getByText(/no longer reached until it is added again/)).toBeTruthy();
    expect(fake.requests('network_save')).toEqual([]);
    await userEvent.click(dialog().getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(screen.queryByText('Old Root')).toBeNull());
    expect(fake.requests('network_save')).toEqual([{ ...NOTHING, remove_authority: old.fingerprint }]);
    await waitFor(() => expect(document.activeElement?.textContent?.trim()).toBe('Add authority'));
  });

  test('settings that could not be read say so, and are read again', async () => {
    fake.on('settings_open', () => {
      throw ipcError('store.failed');
    });
    render(NetworkSettings);
    expect(await screen.findByText('The network settings could not be read.')).toBeTruthy();
    fake.on('settings_open', () => settings);
    await press('Try again');
    expect(await screen.findByText('Harbour Root')).toBeTruthy();
  });
});
