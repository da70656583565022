import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ipcError } from '$lib/ipc';
import { app } from '$lib/shell/app.svelte';
import { customer as words } from '$lib/words/customer';
import { READY } from '../../../tests/app-view';
import { Reason } from './reason.svelte';
import ReasonDialog from './ReasonDialog.svelte';

/** What the program is asked with. */
let given: (string | null)[];
let refuses: (reason: string | null) => string | null;
const work = vi.fn((reason: string | null) => {
  given.push(reason);
  const code = refuses(reason);
  return code === null ? Promise.resolve('value') : Promise.reject(ipcError(code));
});

beforeEach(() => {
  given = [];
  refuses = () => null;
  app.view = { ...READY, policy: { reveal_reason: true } };
});

const dialog = () => screen.queryByRole('dialog');
const field = () => screen.findByRole('textbox', { name: words.reason });
const press = () => userEvent.click(screen.getByRole('button', { name: words.reasonGive }));

describe('the reason of a look', () => {
  it('is not asked for where the policy does not want it', async () => {
    app.view = READY;
    const reason = new Reason();
    render(ReasonDialog, { reason });
    expect(await reason.with(work)).toBe('value');
    expect([given, reason.asked]).toEqual([[null], false]);
  });

  it('is asked for before the program is, and remembered for the record', async () => {
    const reason = new Reason();
    render(ReasonDialog, { reason });
    const first = reason.with(work);
    await userEvent.type(await field(), '  Client called ');
    expect(given, 'nothing is asked while it is typed').toEqual([]);
    await press();
    expect(await first).toBe('value');
    await waitFor(() => expect(dialog()).toBeNull());
    expect(await reason.with(work)).toBe('value');
    expect(given).toEqual(['Client called', 'Client called']);
    const other = new Reason();
    void other.with(work);
    expect(other.asked, 'another record asks anew').toBe(true);
  });

  it('is not taken empty, and where the program does not take it, that stands at the field', async () => {
    const reason = new Reason();
    render(ReasonDialog, { reason });
    refuses = (text) => (text === 'x' ? 'reveal.reason' : null);
    const shown = reason.with(work);
    await field();
    await press();
    expect((await field()).getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(words.reasonEmpty)).toBeTruthy();
    expect(given).toEqual([]);
    await userEvent.type(await field(), 'x');
    await press();
    await waitFor(() => expect(given).toEqual(['x']));
    expect(await screen.findByText(/needs a reason/)).toBeTruthy();
    expect(dialog()).not.toBeNull();
    await userEvent.type(await field(), 'yz');
    expect(screen.queryByText(/needs a reason/), 'what is mended is not said any more').toBeNull();
    await press();
    expect(await shown).toBe('value');
  });

  it('closed without one shows nothing, and the next look asks again', async () => {
    const reason = new Reason();
    render(ReasonDialog, { reason });
    const shown = reason.with(work);
    await field();
    await userEvent.click(screen.getByRole('button', { name: words.cancel }));
    expect(await shown).toBeNull();
    expect(given).toEqual([]);
    const again = reason.with(work);
    await userEvent.type(await field(), 'Audit');
    await press();
    expect(await again).toBe('value');
  });

  it('is asked for where the policy came after the page', async () => {
    app.view = READY;
    refuses = (text) => (text === null ? 'reveal.reason' : null);
    const reason = new Reason();
    render(ReasonDialog, { reason });
    const shown = reason.with(work);
    await userEvent.type(await field(), 'Audit');
    await press();
    expect(await shown).toBe('value');
    expect(given).toEqual([null, 'Audit']);
  });

  it('another error closes it and goes on to who asked', async () => {
    const reason = new Reason();
    render(ReasonDialog, { reason });
    refuses = () => 'store.failed';
    const shown = reason.with(work);
    const seen = shown.catch((error: unknown) => error);
    await userEvent.type(await field(), 'Audit');
    await press();
    expect(await seen).toMatchObject({ code: 'store.failed' });
    await waitFor(() => expect(dialog()).toBeNull());
  });
});
