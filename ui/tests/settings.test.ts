import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ipcError, type PackageView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import AboutScreen from '$lib/settings/AboutScreen.svelte';
import { findPackages, PACKAGE_ROWS_MAX } from '$lib/settings/packages';
import SettingsScreen from '$lib/settings/SettingsScreen.svelte';
import Welcome from '$lib/settings/Welcome.svelte';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { about } from '$lib/words/about';
import { settings, welcome } from '$lib/words/settings';
import { READY } from './app-view';

const goto = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock('$app/navigation', () => ({ goto }));

const changes = () =>
  fake
    .requests('settings_save')
    .map((request) => Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null)));

beforeEach(() => {
  fake.reset();
  goto.mockClear();
  app.view = READY;
  fake
    .on('settings_open', () => ({ proxy: null, authorities: [], folder: '/data/desk', actor: 'staff' }))
    .on('settings_save', (change) => ({
      ...READY,
      ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null)),
    }));
});

describe('settings', () => {
  test.each([
    ['Dark', { theme: 'dark' }],
    ['Comfortable', { density: 'comfortable' }],
    [settings.dateOrder.day_first, { date_order: 'day_first' }],
    [settings.dateOrder.month_first, { date_order: 'month_first' }],
    [settings.whenOffline.wait, { when_offline: 'wait' }],
    [settings.whenOffline.back, { when_offline: 'back' }],
  ])('%s is saved at once, alone, and said', async (name, change) => {
    render(SettingsScreen);
    await userEvent.click(screen.getByRole('radio', { name }));
    await waitFor(() => expect(changes()).toEqual([change]));
    await waitFor(() => expect(announcer.polite).toContain(`${name}. Saved.`));
    expect(await screen.findByText(/^Saved \d\d:\d\d$/)).toBeTruthy();
  });

  test.each([
    [false, true, settings.on],
    [true, false, settings.off],
  ])('that changes are told (%s) is turned to %s at once, and said', async (is, becomes, said) => {
    app.view = { ...READY, notify: is };
    render(SettingsScreen);
    const box = screen.getByRole<HTMLInputElement>('checkbox', { name: settings.notify });
    expect(box.checked).toBe(is);
    expect(document.getElementById(box.getAttribute('aria-describedby') ?? '')?.textContent).toBe(settings.notifyHint);
    await userEvent.click(box);
    await waitFor(() => expect(changes()).toEqual([{ notify: becomes }]));
    await waitFor(() => expect(announcer.polite).toBe(settings.saved(settings.notify, said)));
  });

  test('a size between the steps stands among them', async () => {
    app.view = { ...READY, zoom_percent: 112 };
    render(SettingsScreen);
    const size = screen.getByRole<HTMLSelectElement>('combobox', { name: settings.zoom });
    expect(size.value).toBe('112');
    await userEvent.selectOptions(size, '150 %');
    await waitFor(() => expect(changes()).toEqual([{ zoom_percent: 150 }]));
  });

  test('what could not be saved says so, and can be tried again', async () => {
    fake.on('settings_save', () => {
      throw ipcError('store.full');
    });
    render(SettingsScreen);
    await userEvent.click(screen.getByRole('radio', { name: 'Dark' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(changes()).toEqual([{ theme: 'dark' }, { theme: 'dark' }]);
    expect(announcer.urgent).not.toBe('');
  });

  test('where the data lies, who is signed in, and that there is one language', async () => {
    render(SettingsScreen);
    expect(await screen.findByText('/data/desk')).toBeTruthy();
    expect(screen.getByText('staff')).toBeTruthy();
    expect(screen.getByText(settings.languageHint)).toBeTruthy();
    expect(screen.getByRole('link', { name: settings.about }).getAttribute('href')).toBe('/about');
  });

  test('the first screen can be had again', async () => {
    render(SettingsScreen);
    await userEvent.click(screen.getByRole('button', { name: settings.welcomeAgain }));
    await waitFor(() => expect(goto).toHaveBeenCalledExactlyOnceWith('/customers'));
    expect(changes()).toEqual([{ welcome: true }]);
  });
});

describe('the first start', () => {
  test.each([
    [welcome.start, []],
    [welcome.add, [['/connections?add']]],
  ])('“%s” closes it for good', async (name, gone) => {
    render(Welcome);
    expect(await screen.findByText('/data/desk')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name }));
    await waitFor(() => expect(changes()).toEqual([{ welcome: false }]));
    await waitFor(() => expect(goto.mock.calls).toEqual(gone));
  });

  test('what could not be kept leaves it there and says so', async () => {
    fake.on('settings_save', () => {
      throw ipcError('store.full');
    });
    render(Welcome);
    await userEvent.click(screen.getByRole('button', { name: welcome.add }));
    await waitFor(() => expect(announcer.urgent).not.toBe(''));
    expect(goto).not.toHaveBeenCalled();
  });
});

describe('about', () => {
  const packages: PackageView[] = Array.from({ length: 450 }, (_, place) => ({
    name: `lib-${String(place).padStart(3, '0')}`,
    version: '1.0.0',
    licence: place % 2 === 0 ? 'MIT' : 'Apache-2.0',
  }));
  const list = { key: 'role_type', file: 'role_type.txt', entries: 1200, own: false, unreadable: false };
  const files = {
    data: [
      { name: 'Google Address Data', version: '3.1.1', licence: 'CC-BY-4.0', source: 'https://addresses.example' },
    ],
    lists: [list],
    lists_folder: '/data/lists',
  };
  beforeEach(() =>
    fake.on('about', () => ({ version: '0.1.0', parts: [{ name: 'Tauri', version: '2.12.5' }], packages, ...files })),
  );
  // Looking for roles among 200 rows is slow here.
  const bodyRows = () => document.querySelectorAll('[aria-labelledby="packages-title"] tbody tr').length;

  test.each([
    ['', 450],
    ['mit', 225],
    ['LIB-01', 10],
    ['lib-010 mit', 1],
    ['moon', 0],
  ])('%j finds %i', (query, found) => expect(findPackages(packages, query)).toHaveLength(found));

  test('draws 200 libraries at most, and has the others behind it', async () => {
    render(AboutScreen);
    expect(await screen.findByText('2.12.5')).toBeTruthy();
    expect(bodyRows()).toBe(PACKAGE_ROWS_MAX);
    await fireEvent.click(screen.getByText(about.next));
    await fireEvent.click(screen.getByText(about.next));
    expect(bodyRows()).toBe(50);
    expect(screen.queryByText(about.next)).toBeNull();
    await fireEvent.input(screen.getByPlaceholderText(about.search), { target: { value: 'lib-000' } });
    expect(bodyRows()).toBe(1);
  });

  test('names the data it has from others, with the licence and where it is from', async () => {
    fake.on('about', () => ({ version: '0.1.0', parts: [], packages: [], ...files }));
    render(AboutScreen);
    const data = await screen.findByRole('region', { name: about.data });
    for (const text of Object.values(files.data[0] ?? {})) expect(within(data).getByText(text)).toBeTruthy();
    expect(within(data).getByText(about.dataChanged)).toBeTruthy();
  });

  test.each([
    [{}, about.builtIn],
    [{ own: true }, about.own],
    [{ unreadable: true }, about.unreadable],
  ])('a list that is %j says where it is from, and the folder where the house has its own', async (part, from) => {
    fake.on('about', () => ({ version: '0.1.0', parts: [], packages: [], ...files, lists: [{ ...list, ...part }] }));
    render(AboutScreen);
    const lists = await screen.findByRole('region', { name: about.lists });
    const texts = ['Role', 'role_type.txt', '1,200', from, '/data/lists'];
    for (const text of texts) expect(within(lists).getByText(text)).toBeTruthy();
  });

  test('reads a licence only when it is asked for', async () => {
    fake.on('licence_text', ({ name }) => ({ texts: [`Copyright ${name}`] }));
    render(AboutScreen);
    const row = await screen.findByText('lib-003');
    expect(fake.requests('licence_text')).toEqual([]);
    await fireEvent.click(row);
    expect(await within(screen.getByRole('dialog')).findByText('Copyright lib-003')).toBeTruthy();
    expect(fake.requests('licence_text')).toEqual([{ name: 'lib-003', version: '1.0.0' }]);
  });
});
