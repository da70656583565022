import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import Pager from '$lib/components/Pager.svelte';
import SearchField from '$lib/components/SearchField.svelte';
import Menu from './Menu.svelte';

describe('a menu', () => {
  const items = ['One', 'Two', 'Three'];
  const all = () => screen.getAllByRole('menuitem', { hidden: true });
  const opener = () => screen.getByRole('button', { name: 'More' });
  function open(run = vi.fn()) {
    render(Menu, { label: 'More', items, run });
    const menu = document.querySelector('[popover]')!;
    const toggled = Object.assign(new Event('toggle'), { newState: 'open' });
    return fireEvent(menu, toggled).then(() => run);
  }

  test('says what it is, and puts the focus on its first item', async () => {
    await open();
    expect(opener().getAttribute('aria-haspopup')).toBe('menu');
    expect(opener().getAttribute('aria-expanded')).toBe('true');
    expect(document.getElementById(opener().getAttribute('popovertarget')!)?.getAttribute('popover')).toBe('auto');
    expect(document.activeElement).toBe(all()[0]);
  });

  test.each([
    ['{ArrowDown}', 'Two'],
    ['{ArrowUp}', 'Three'],
    ['{End}', 'Three'],
    ['{End}{ArrowDown}', 'One'],
    ['{Escape}', 'More'],
    ['{Tab}', 'More'],
  ])('%s goes to %s', async (keys, to) => {
    await open();
    await userEvent.keyboard(keys);
    expect(document.activeElement?.textContent).toBe(to);
  });

  test('gives the focus back before it does what was chosen', async () => {
    const run = await open(vi.fn(() => expect(document.activeElement).toBe(opener())));
    await userEvent.click(all()[1]!);
    expect(run).toHaveBeenCalledExactlyOnceWith('Two');
  });
});

describe('the pages of a list', () => {
  const list = (offset: number, rows: number, total: number) => ({
    offset,
    rows: Array.from({ length: rows }),
    total,
    hasBefore: offset > 0,
    hasNext: offset + rows < total,
    turn: vi.fn(() => Promise.resolve()),
  });
  const reason = (name: string) => {
    const button = screen.getByRole('button', { name });
    return document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent ?? null;
  };

  test.each<[at: [number, number, number], before: string | null, next: string | null]>([
    [[0, 100, 1250], 'This is the first page', null],
    [[100, 100, 1250], null, null],
    [[1200, 50, 1250], null, 'This is the last page'],
  ])('%j say where one is and where they end', (at, before, next) => {
    render(Pager, { list: list(...at) });
    expect([reason('Previous page'), reason('Next page')]).toEqual([before, next]);
  });

  test('turn, and say the place in whole numbers', async () => {
    const of = list(100, 100, 1250);
    render(Pager, { list: of });
    expect(screen.getByText('101 to 200 of 1,250')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await userEvent.click(screen.getByRole('button', { name: 'Previous page' }));
    expect(of.turn.mock.calls).toEqual([[1], [-1]]);
  });

  test('a list of one page has no buttons, an empty one nothing at all', () => {
    const { unmount } = render(Pager, { list: list(0, 3, 3) });
    expect(screen.getByText('1 to 3 of 3')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
    unmount();
    render(Pager, { list: list(0, 0, 0) });
    expect(document.body.textContent?.trim()).toBe('');
  });
});

describe('a search field', () => {
  test('Esc empties it; a list that it heads hears the key itself', async () => {
    const heard = vi.fn();
    const { unmount } = render(SearchField, { label: 'Search', value: 'abc', oninput: heard });
    await userEvent.type(screen.getByRole('searchbox'), '{Escape}');
    expect(heard).toHaveBeenLastCalledWith('');
    unmount();
    const onkeydown = vi.fn();
    render(SearchField, { label: 'Search', value: 'abc', head: true, role: 'combobox', onkeydown });
    await userEvent.type(screen.getByRole('combobox'), '{Escape}');
    expect(onkeydown).toHaveBeenCalledOnce();
    expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('abc');
  });
});
