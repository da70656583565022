import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CustomerListView, CustomerRowView, DraftListView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import Palette from '$lib/palette/Palette.svelte';
import { distance, marked } from '$lib/palette/match';
import { PaletteSearch } from '$lib/palette/palette-search.svelte';
import { commands } from '$lib/shell/commands.svelte';

const goto = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock('$app/navigation', () => ({ goto }));

const customer: CustomerRowView = {
  connection: 'c-test',
  customer_id: '842',
  partner_customer_id: null,
  name: 'Mingyue Textile',
  local_name: '苏州明玥',
  country: 'CN',
  status: null,
  changed_at: null,
  read_at: '2026-11-21T10:00:00Z',
  party: null,
  email: null,
  unread: false,
  unlisted_at: null,
};
const customers: CustomerListView = { customers: [customer], total: 1, groups: [], all: 1 };
const drafts: DraftListView = { drafts: [], total: 0, groups: [], deleted: 0 };
const command = (id: string, title: string, run = vi.fn()) => ({ id, title, run });

beforeEach(() => {
  fake.reset();
  goto.mockClear();
  fake.on('customer_list', () => customers).on('draft_list', () => drafts);
});
afterEach(() => vi.useRealTimers());

describe('what a query finds', () => {
  test.each([
    ['', 'New draft', 0],
    ['new', 'New draft', 0],
    ['draft', 'New draft', 1],
    ['dra ne', 'New draft', 1],
    ['nd', 'New draft', 2],
    ['raf', 'New draft', 3],
    ['ra', 'New draft', null],
    ['draft x', 'New draft', null],
    ['CÔTE', 'Use Cote d’Azur', 1],
  ])('%j in %j: %s', (query, title, far) => expect(distance(query, title)).toBe(far));

  test('another word for it finds it after its own', () => {
    expect(distance('zoom', 'Larger', ['zoom'])).toBe(0.5);
  });

  test('the letters found are marked where a word starts', () => {
    expect(marked('te', 'Latte Textile').filter((part) => part.hit)).toEqual([{ text: 'Te', hit: true }]);
    expect(
      marked('te', 'Latte Textile')
        .map((part) => part.text)
        .join(''),
    ).toBe('Latte Textile');
  });
});

describe('the search', () => {
  const source = () => ({
    customers: vi.fn(() => Promise.resolve(customers)),
    drafts: vi.fn(() => Promise.resolve(drafts)),
    commands: () => [command('new_draft', 'New draft'), command('go.drafts', 'Go to drafts')],
    withQuery: (query: string) => [command('query.draft', `New draft for ${query}`)],
  });

  test.each([
    ['m', 0],
    ['mi', 1],
    [' m ', 0],
    ['明', 1],
    ['ab cd', 1],
  ])('%j asks the program %i times', async (query, times) => {
    vi.useFakeTimers();
    const own = source();
    new PaletteSearch(own).type(query);
    await vi.advanceTimersByTimeAsync(500);
    expect(own.customers).toHaveBeenCalledTimes(times);
    expect(own.drafts).toHaveBeenCalledTimes(times);
  });

  test('asks once for what is typed in one go, and an overtaken answer is not shown', async () => {
    vi.useFakeTimers();
    const own = source();
    let answer: (view: CustomerListView) => void = () => undefined;
    own.customers.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const search = new PaletteSearch(own);
    search.type('mi');
    search.type('min');
    await vi.advanceTimersByTimeAsync(200);
    expect(own.customers.mock.calls).toEqual([['min']]);
    search.type('zz');
    await vi.advanceTimersByTimeAsync(10);
    answer(customers);
    await vi.advanceTimersByTimeAsync(10);
    expect(search.lines.some((line) => line.kind === 'customer')).toBe(false);
  });

  test('customers come first, then commands, then what the query itself can be used for', async () => {
    vi.useFakeTimers();
    const search = new PaletteSearch(source());
    search.type('draft');
    await vi.advanceTimersByTimeAsync(200);
    expect(search.lines.map((line) => line.id)).toEqual(['c-test/842', 'new_draft', 'go.drafts', 'query.draft']);
    expect(search.lines[1]).toMatchObject({ keys: 'new_draft' });
    search.move(-1);
    expect(search.active).toBe(3);
    search.move(1);
    expect(search.active).toBe(0);
  });

  test('a line that was gone to stays when others come before it', async () => {
    vi.useFakeTimers();
    const search = new PaletteSearch(source());
    search.type('draft');
    search.move(1);
    expect(search.lines[search.active]?.id).toBe('go.drafts');
    await vi.advanceTimersByTimeAsync(200);
    expect(search.lines[search.active]?.id).toBe('go.drafts');
  });

  test('a search that failed says so and keeps the commands', async () => {
    vi.useFakeTimers();
    const own = source();
    own.customers.mockRejectedValue({ code: 'store.failed', params: {} });
    const search = new PaletteSearch(own);
    search.type('new');
    await vi.advanceTimersByTimeAsync(200);
    expect(search.failed).toBe(true);
    expect(search.lines.map((line) => line.id)).toEqual(['new_draft', 'query.draft']);
  });

  test('nothing that was found stays behind a closed palette', async () => {
    vi.useFakeTimers();
    const search = new PaletteSearch(source());
    search.type('ming');
    await vi.advanceTimersByTimeAsync(200);
    search.clear();
    expect(search.query).toBe('');
    expect(search.lines.every((line) => line.kind === 'command')).toBe(true);
  });
});

describe('the palette', () => {
  const field = () => screen.getByRole<HTMLInputElement>('combobox');
  const lit = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '');

  test('a field with a list, its chosen line named', async () => {
    render(Palette, { open: true });
    field().focus();
    expect(field().getAttribute('aria-controls')).toBe(screen.getByRole('listbox').id);
    expect(lit()?.getAttribute('aria-selected')).toBe('true');
    const first = lit();
    await userEvent.keyboard('{ArrowDown}');
    expect(lit()).not.toBe(first);
    expect(screen.getAllByRole('option', { selected: true })).toHaveLength(1);
  });

  test('Enter opens the customer that was found', async () => {
    render(Palette, { open: true });
    field().focus();
    await userEvent.keyboard('ming');
    await waitFor(() => expect(lit()?.textContent).toContain('Mingyue'));
    expect(screen.getByRole('status').textContent).toContain('1 customer');
    await userEvent.keyboard('{Enter}');
    expect(goto).toHaveBeenCalledExactlyOnceWith('/customer?connection=c-test&id=842');
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  test('what a screen says is there as long as the screen, and its key runs it from the palette', async () => {
    const save = command('save', 'Save now');
    const away = commands.add(() => [save, { ...command('secret', 'Never'), hidden: true }]);
    const { rerender } = render(Palette, { open: true });
    field().focus();
    expect(screen.getByRole('option', { name: /Save now.*Ctrl S/ })).toBeTruthy();
    expect(screen.queryByRole('option', { name: 'Never' })).toBeNull();
    await userEvent.keyboard('{Control>}s{/Control}');
    expect(save.run).toHaveBeenCalledOnce();
    away();
    await rerender({ open: true });
    expect(screen.queryByRole('option', { name: /Save now/ })).toBeNull();
  });

  test('an Enter that ends a composition takes nothing', async () => {
    render(Palette, { open: true });
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
    expect(screen.getByRole('combobox')).toBeTruthy();
    expect(goto).not.toHaveBeenCalled();
  });

  test('keys go no further: nothing happens behind it', async () => {
    const heard = vi.fn();
    window.addEventListener('keydown', heard);
    render(Palette, { open: true });
    field().focus();
    await userEvent.keyboard('{ArrowDown}{Control>}k{/Control}');
    window.removeEventListener('keydown', heard);
    expect(heard.mock.calls.filter(([event]) => ['ArrowDown', 'k'].includes((event as KeyboardEvent).key))).toEqual([]);
    expect(screen.queryByRole('combobox'), 'Ctrl+K closes what it opened').toBeNull();
  });
});
