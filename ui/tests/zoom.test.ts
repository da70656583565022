import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fake } from '$lib/ipc/fake';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { listenForMenu } from '$lib/shell/shell-keys';
import { zoom, zoomStep } from '$lib/shell/zoom';
import { READY } from './app-view';

beforeEach(() => {
  fake.reset();
  app.view = READY;
  fake.on('settings_save', ({ zoom_percent }) => ({ ...READY, zoom_percent: zoom_percent ?? 100 }));
});

describe('the size of everything', () => {
  test.each([
    [100, 1, 110],
    [100, -1, 90],
    [300, 1, 300],
    [50, -1, 50],
    [112, 1, 125],
    [112, -1, 110],
    [250, 0, 100],
  ] as const)('from %i by %i is %i', (from, by, to) => expect(zoomStep(from, by)).toBe(to));

  test('the menu of the system does what the key does', async () => {
    const stop = listenForMenu();
    window.dispatchEvent(new CustomEvent('desk-menu', { detail: 'zoom_in' }));
    await vi.waitFor(() => expect(app.view?.zoom_percent).toBe(110));
    stop();
    window.dispatchEvent(new CustomEvent('desk-menu', { detail: 'zoom_in' }));
    expect(fake.requests('settings_save')).toHaveLength(1);
  });

  test('presses that come faster than answers go on from each other, and are said', async () => {
    await Promise.all([zoom(1), zoom(1), zoom(1)]);
    expect(fake.requests('settings_save').map((request) => request.zoom_percent)).toEqual([110, 125, 150]);
    expect(app.view?.zoom_percent).toBe(150);
    expect(announcer.polite.trim()).toBe('Size 150 %');
  });
});
