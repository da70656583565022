import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import Combo from './Combo.svelte';

const OPTIONS = [
  { value: 'HN', label: 'Honduras' },
  { value: 'HK', label: 'Hong Kong' },
  { value: 'SG', label: 'Singapore' },
];
const onchange = vi.fn();
const oninput = vi.fn();

function open(value = '', recent: string[] = []) {
  render(Combo, { label: 'Country', next: 'City', options: OPTIONS, recent, onchange, oninput, value });
  return screen.getByRole<HTMLInputElement>('combobox', { name: 'Country' });
}
const kept = () => screen.getAllByRole('status').find((element) => element.tagName === 'OUTPUT')?.textContent;

beforeEach(() => vi.clearAllMocks());

describe('a combobox', () => {
  test('takes the first line on Tab, and the focus moves on', async () => {
    const field = open();
    await userEvent.type(field, 'sing');
    await userEvent.tab();
    expect(kept()).toBe('SG');
    expect(field.value).toBe('Singapore');
    expect(document.activeElement).toBe(screen.getByLabelText('City'));
    expect(onchange).toHaveBeenCalledExactlyOnceWith('SG');
  });

  test('takes the chosen line on Enter', async () => {
    const field = open();
    await userEvent.type(field, 'ho{ArrowDown}{Enter}');
    expect(kept()).toBe('HK');
    expect(field.getAttribute('aria-expanded')).toBe('false');
  });

  test('keeps a text that is in no line', async () => {
    const field = open();
    await userEvent.type(field, 'zzzz');
    await userEvent.tab();
    expect(kept()).toBe('zzzz');
    expect(field.value).toBe('zzzz');
    expect(onchange).toHaveBeenCalledExactlyOnceWith('zzzz');
  });

  test('says every key, so that nothing typed waits for the field to be left', async () => {
    await userEvent.type(open(), 'ho');
    expect(oninput.mock.calls.flat()).toEqual(['h', 'ho']);
  });

  test('goes back to what it held on Esc', async () => {
    const field = open('SG');
    await userEvent.clear(field);
    await userEvent.type(field, 'hon{Escape}');
    expect(kept()).toBe('SG');
    expect(field.value).toBe('Singapore');
  });

  test('stays empty when an empty field is passed', async () => {
    const field = open();
    await userEvent.click(field);
    await userEvent.tab();
    expect(kept()).toBe('');
    expect(onchange).not.toHaveBeenCalled();
  });

  test('may be emptied', async () => {
    const field = open('SG');
    await userEvent.clear(field);
    await userEvent.tab();
    expect(kept()).toBe('');
    expect(onchange).toHaveBeenCalledExactlyOnceWith('');
  });

  test('leaves the keys of an input method alone', async () => {
    const field = open();
    await userEvent.type(field, 'ho');
    await fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    await fireEvent.keyDown(field, { key: 'Tab', keyCode: 229 });
    expect(kept()).toBe('ho');
    expect(field.getAttribute('aria-expanded')).toBe('true');
  });

  test('offers what was used recently first, as a group that is named', async () => {
    await userEvent.type(open('', ['SG']), '{ArrowDown}');
    const groups = screen.getAllByRole('group', { hidden: true });
    const lines = groups.map((group) => [
      group.getAttribute('aria-label'),
      ...within(group)
        .getAllByRole('option', { hidden: true })
        .map((line) => line.textContent.trim().split(/\s{2,}|(?=[A-Z]{2}$)/)[0]),
    ]);
    expect(lines).toEqual([
      ['Used recently', 'Singapore'],
      ['All', 'Honduras', 'Hong Kong'],
    ]);
  });

  test.each([
    ['Enter takes the first of them', '{ArrowDown}{Enter}', 'SG'],
    ['the arrow goes on into the whole list', '{ArrowDown}{ArrowDown}{Enter}', 'HN'],
    ['Tab leaves an empty field empty', '{ArrowDown}{Tab}', ''],
    ['a text that matches better goes before', 'hon{Enter}', 'HN'],
  ])('used recently: %s', async (_rule, keys, value) => {
    open('', ['SG']).focus();
    await userEvent.keyboard(keys);
    expect(kept()).toBe(value);
  });

  test('has no groups where nothing was used', async () => {
    await userEvent.type(open(), '{ArrowDown}');
    expect(screen.queryAllByRole('group', { hidden: true })).toEqual([]);
    expect(screen.getAllByRole('option', { hidden: true })).toHaveLength(3);
  });

  test('names the line that Enter would take', async () => {
    const field = open();
    await userEvent.type(field, 'ho{ArrowDown}');
    const active = field.getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(active)?.textContent).toContain('Hong Kong');
    expect(document.getElementById(active)?.getAttribute('aria-selected')).toBe('true');
  });
});
