import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ConnectionWork } from '$lib/connections/connection-work';
import LeaveGuard from '$lib/connections/LeaveGuard.svelte';
import type { AppView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { connections } from '$lib/ipc/fake-connections';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { listenForClosing } from '$lib/shell/closing';

type Guard = (navigation: { to: { url: URL } | null; cancel: () => void }) => void;
const kit = vi.hoisted(() => ({ goto: vi.fn(() => Promise.resolve()), guard: null as Guard | null }));
vi.mock('$app/navigation', () => ({ goto: kit.goto, beforeNavigate: (guard: Guard) => (kit.guard = guard) }));
vi.mock('$app/state', () => ({ page: { url: new URL('http://desk/connections') } }));

const account = connections[1]!;
let work: ConnectionWork;
const onstay = vi.fn();

/** Goes somewhere. True where the way was stopped. */
function go(path: string): boolean {
  const cancel = vi.fn();
  kit.guard?.({ to: { url: new URL(path, 'http://desk') }, cancel });
  return cancel.mock.calls.length > 0;
}

beforeEach(() => {
  fake.reset();
  kit.goto.mockClear();
  onstay.mockClear();
  app.view = { connections } as AppView;
  work = new ConnectionWork();
  render(LeaveGuard, { work, onstay });
});

describe('leaving the connections', () => {
  test('is free where nothing was typed, and inside of the screen always', () => {
    expect(go('/drafts')).toBe(false);
    work.of(account).edit.name = 'Another';
    expect(go('/connections?id=c-prod')).toBe(false);
  });

  test('with changes that are not saved asks first, and goes on without them', async () => {
    work.of(account).edit.name = 'Another';
    expect(go('/drafts')).toBe(true);
    expect(await screen.findByText('Changes of AxisFI test account are not saved.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Stay here' }));
    expect(work.of(account).edit.name).toBe('Another');
    go('/drafts');
    await userEvent.click(await screen.findByRole('button', { name: 'Discard and leave' }));
    expect(work.of(account).edit.dirty).toBe(false);
    expect(kit.goto).toHaveBeenCalledWith(new URL('http://desk/drafts'));
  });

  test('a window that is asked to close stays, says why, and shows the connection', async () => {
    fake.on('app_close', () => ({}));
    const stop = listenForClosing();
    window.dispatchEvent(new Event('desk-close'));
    await vi.waitFor(() => expect(fake.requests('app_close')).toEqual([{ kept: true }]));
    work.of(account).edit.apiKey = 'secret';
    window.dispatchEvent(new Event('desk-close'));
    await vi.waitFor(() => expect(fake.requests('app_close')[1]).toEqual({ kept: false }));
    expect(onstay).toHaveBeenCalledWith(account.id);
    expect(announcer.urgent).toContain('changes of AxisFI test account are not saved');
    stop();
  });
});
