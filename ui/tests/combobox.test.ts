import { fireEvent, render, screen } from '@testing-library/svelte';
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

function open(value = '') {
  render(Combo, { label: 'Country', next: 'City', options: OPTIONS, onchange, oninput, value });
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

  test('names the line that Enter would take', async () => {
    const field = open();
    await userEvent.type(field, 'ho{ArrowDown}');
    const active = field.getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(active)?.textContent).toContain('Hong Kong');
    expect(document.getElementById(active)?.getAttribute('aria-selected')).toBe('true');
  });
});
