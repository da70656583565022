import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ipcError, type AppView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { connections } from '$lib/ipc/fake-records';
import { announcer } from '$lib/shell/announcer.svelte';
import { app, AppState } from '$lib/shell/app.svelte';
import Blocked from '$lib/shell/Blocked.svelte';
import PageTitle from '$lib/shell/PageTitle.svelte';
import { movePane, rememberFocus } from '$lib/shell/panes';
import Starting from '$lib/shell/Starting.svelte';
import { blocked } from '$lib/words/blocked';
import { READY } from './app-view';

const ready: AppView = { ...READY, first_start: true };

beforeEach(() => fake.reset());
afterEach(() => vi.useRealTimers());

describe('the state of the window', () => {
  test('starts, and asks often until the store is open, then every five seconds', async () => {
    vi.useFakeTimers();
    const answers: AppView[] = [{ ...ready, phase: { state: 'starting' } }, ready, ready];
    fake.on('app_status', () => answers.shift() ?? ready);
    const app = new AppState();
    const stop = app.start();
    expect(app.phase.state).toBe('starting');
    await vi.advanceTimersByTimeAsync(250);
    expect(app.ready).toBe(true);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(fake.made).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(fake.made).toHaveLength(3);
    stop();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(fake.made).toHaveLength(3);
  });

  test('a record names its own connection, and gives the name back', () => {
    const app = new AppState();
    app.view = ready;
    expect(app.shown?.id).toBe('c-test');
    const back = app.nameRecord(connections[0]!);
    expect([app.shown?.id, app.isRecord]).toEqual(['c-prod', true]);
    back();
    expect([app.shown?.id, app.isRecord]).toEqual(['c-test', false]);
  });

  test('settings say only what changes', async () => {
    fake.on('settings_save', () => ({ ...ready, theme: 'dark' }));
    const app = new AppState();
    await app.save({ theme: 'dark' });
    const [request] = fake.requests('settings_save');
    expect(request).toEqual({
      theme: 'dark',
      density: null,
      date_order: null,
      language: null,
      zoom_percent: null,
      welcome: null,
      current_connection: null,
      when_offline: null,
      notify: null,
    });
    expect(app.view?.theme).toBe('dark');
  });

  test('an answer that never came leaves what was known', async () => {
    const app = new AppState();
    app.view = ready;
    await app.refresh();
    expect(app.ready).toBe(true);
    expect(app.failure?.code).toBe('unsupported');
  });
});

describe('the screens before the first one', () => {
  test.each(blocked.codes)('%s says what happened, what to do, and where the data lies', async (code) => {
    const onretry = vi.fn(() => Promise.resolve());
    const reason = { ...ipcError(code), params: {} };
    render(Blocked, { reason, folder: '/data/desk', onretry });
    const words = blocked.screen(reason);
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: words.title }));
    expect(screen.getAllByRole('listitem')).toHaveLength(words.steps.length);
    expect(screen.getByText('/data/desk')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onretry).toHaveBeenCalledOnce();
  });

  test('a short start says nothing; a long one speaks of the keyring', async () => {
    vi.useFakeTimers();
    render(Starting);
    const said = () => screen.getByRole('status').textContent;
    await vi.advanceTimersByTimeAsync(100);
    expect(said()).toBe('');
    await vi.advanceTimersByTimeAsync(100);
    expect(said()).toBe('Opening your data…');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(said()).toContain('Waiting for the keyring');
  });
});

describe('the title of the window', () => {
  test.each([
    ['c-prod', 'Customers - Production - Customer Desk'],
    ['c-test', 'Customers - Test - Customer Desk'],
    [null, 'Customers - Customer Desk'],
  ])('on %s it says the page, then where one is', (current_connection, title) => {
    app.view = { ...ready, current_connection };
    render(PageTitle, { page: 'Customers' });
    expect(document.title).toBe(title);
    app.view = null;
  });
});

describe('panes and announcements', () => {
  test('F6 goes round the panes and comes back to where the focus was', async () => {
    document.body.innerHTML =
      '<div data-pane><a href="#a">a</a></div><div data-pane></div><main data-pane><div data-pane><a href="#b">b</a><a href="#c">c</a></div></main>';
    const at = () => document.activeElement?.textContent;
    movePane(1);
    expect(at()).toBe('a');
    movePane(1);
    expect(at()).toBe('b');
    rememberFocus(document.querySelector('[href="#c"]'));
    movePane(1);
    movePane(-1);
    await waitFor(() => expect(at()).toBe('c'));
  });

  test('the same words are said again', () => {
    announcer.say('Saved');
    const first = announcer.polite;
    announcer.say('Saved');
    expect(announcer.polite).not.toBe(first);
    expect(announcer.polite.trim()).toBe('Saved');
  });
});
