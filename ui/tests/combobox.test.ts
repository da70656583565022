import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { components } from '$lib/words/components';
import type { Option } from '$lib/components/combobox';
import Combo from './Combo.svelte';

const OPTIONS = [
  { value: 'HN', label: 'Honduras' },
  { value: 'HK', label: 'Hong Kong' },
  { value: 'SG', label: 'Singapore' },
];
const onchange = vi.fn();
const oninput = vi.fn();

function open(value = '', recent: string[] = [], options: Option[] = OPTIONS) {
  render(Combo, { label: 'Country', next: 'City', options, recent, onchange, oninput, value });
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

  test.each([
    ['a text of two lines', 'ho', 'ho'],
    ['the beginning of one', 'sing', 'sing'],
    ['a code typed whole', 'hk', 'HK'],
    ['a name typed whole', 'hong kong', 'HK'],
    ['another name of two lines', 'both', 'both'],
    ['another name of one', 'lion city', 'SG'],
  ])('left by a pointer keeps %s, unless it is whole', async (_rule, typed, value) => {
    const named: Option[] = [
      { value: 'HN', label: 'Honduras', aliases: ['both'] },
      { value: 'HK', label: 'Hong Kong', aliases: ['both'] },
      { value: 'SG', label: 'Singapore', aliases: ['Lion City'] },
    ];
    await userEvent.type(open('', [], named), typed);
    await userEvent.click(screen.getByLabelText('City'));
    expect(kept()).toBe(value);
    expect(onchange).toHaveBeenCalledExactlyOnceWith(value);
  });

  test('lets the form have its keys: Ctrl+Enter takes the line and goes on', async () => {
    const field = open();
    await userEvent.type(field, 'sing');
    expect(await fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true }), 'not prevented').toBe(true);
    expect(kept()).toBe('SG');
    await userEvent.type(field, '{Backspace}');
    expect(await fireEvent.keyDown(field, { key: 'F8' })).toBe(true);
  });

  test('Esc goes back once, and is the screen’s own after that', async () => {
    const field = open('SG');
    const heard = vi.fn();
    document.addEventListener('keydown', heard);
    await userEvent.type(field, 'x{Escape}');
    const before = heard.mock.calls.length;
    expect(kept()).toBe('SG');
    await userEvent.keyboard('{Escape}');
    expect(heard.mock.calls.length).toBe(before + 1);
    document.removeEventListener('keydown', heard);
  });

  test('has nothing in the order of Tab but its field', async () => {
    await userEvent.type(open(), 'ho');
    const stops = [...document.querySelectorAll<HTMLElement>('[tabindex], a, button, input')].filter(
      (element) => element.tabIndex >= 0,
    );
    expect(stops.map((element) => element.tagName)).toEqual(['INPUT', 'INPUT']);
  });

  test('a press on its list leaves the focus in the field, and takes a line', async () => {
    const field = open();
    await userEvent.type(field, 'ho');
    const list = screen.getByRole('listbox', { hidden: true });
    expect(await fireEvent.mouseDown(list), 'prevented').toBe(false);
    await fireEvent.mouseDown(screen.getByRole('option', { hidden: true, name: /Kong/ }), { button: 2 });
    expect(kept(), 'the other button takes nothing').toBe('ho');
    await fireEvent.mouseDown(screen.getByRole('option', { hidden: true, name: /Kong/ }));
    expect(kept()).toBe('HK');
    expect(document.activeElement).toBe(field);
  });

  test('takes another value over that comes while something is typed', async () => {
    const { rerender } = render(Combo, {
      label: 'Country',
      next: 'City',
      options: OPTIONS,
      onchange,
      oninput,
      value: '',
    });
    const field = screen.getByRole<HTMLInputElement>('combobox');
    await userEvent.type(field, 'ho');
    await rerender({ value: 'SG' });
    expect(field.value).toBe('Singapore');
    await userEvent.tab();
    expect(kept()).toBe('SG');
  });

  test('closes its list when a value comes from elsewhere: a key takes no line that nobody chose', async () => {
    const all = { label: 'Country', next: 'City', options: OPTIONS, onchange, oninput };
    const { rerender } = render(Combo, { ...all, value: '' });
    const field = screen.getByRole<HTMLInputElement>('combobox');
    field.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await rerender({ ...all, value: 'SG' });
    expect(field.getAttribute('aria-expanded')).toBe('false');
    await userEvent.keyboard('{Enter}');
    expect([kept(), field.value]).toEqual(['SG', 'Singapore']);
    expect(onchange).not.toHaveBeenCalled();
  });

  test('closes a list that is only looked at for a key of the form: it may fill the field with what stands there', async () => {
    const field = open('SG');
    field.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowUp}{Control>}d{/Control}{Enter}');
    expect([kept(), field.getAttribute('aria-expanded')]).toEqual(['SG', 'false']);
    await userEvent.keyboard('{Control>}a{/Control}ho{Control>}a{/Control}{Enter}');
    expect(kept(), 'what is looked for stands').toBe('HN');
  });

  test.each([
    ['sign', '.icon'],
    ['code', '.affix'],
  ])('opens and closes at its %s too, which takes the focus from nobody', async (_what, part) => {
    const field = open('SG');
    const press = () => fireEvent.mouseDown(field.parentElement?.querySelector(part) as Element);
    expect(await press(), 'prevented').toBe(false);
    expect([document.activeElement, field.getAttribute('aria-expanded')]).toEqual([field, 'true']);
    await press();
    expect([document.activeElement, field.getAttribute('aria-expanded')]).toEqual([field, 'false']);
    expect(kept()).toBe('SG');
  });

  test('tells the line that the keys would take', async () => {
    const onactive = vi.fn();
    render(Combo, { label: 'Country', next: 'City', options: OPTIONS, recent: ['HK'], onchange, oninput, onactive });
    await userEvent.type(screen.getByRole('combobox'), 'ho{ArrowDown}');
    expect(onactive.mock.calls.flat()).toEqual(['HK', 'HK', 'HN']);
    onactive.mockClear();
    await userEvent.keyboard('zz');
    expect(onactive).not.toHaveBeenCalled();
  });

  describe('with a long list', () => {
    const MANY = Array.from({ length: 130 }, (_, at) => ({
      value: `v${at}`,
      label: `Line ${String(at).padStart(3, '0')}`,
    }));
    const drawn = () => screen.getAllByRole('option', { hidden: true }).map((line) => line.textContent.trim());
    const more = () => [...document.querySelectorAll('.more')].map((line) => line.textContent);

    test('draws 50 lines, and says how many more there are', async () => {
      await userEvent.type(open('', [], MANY), '{ArrowDown}');
      expect(drawn()).toHaveLength(50);
      expect(more()).toEqual([components.more(80)]);
      expect(screen.getAllByRole('option', { hidden: true })[0]?.getAttribute('aria-setsize')).toBe('130');
    });

    test('says the whole number of matches', async () => {
      await userEvent.type(open('', [], MANY), 'line');
      expect(screen.getAllByRole('status').some((one) => one.textContent.includes(components.matches(130)))).toBe(true);
    });

    test('the keys reach every line of it', async () => {
      const field = open('', [], MANY);
      await userEvent.type(field, '{ArrowDown}{PageDown>5/}{ArrowDown}');
      expect(drawn()).toHaveLength(50);
      const active = () =>
        document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent.trim();
      expect(active()).toContain('Line 052');
      await userEvent.keyboard('{PageDown>20/}');
      expect(active()).toContain('Line 129');
      expect(more()).toEqual([components.more(130 - drawn().length)]);
      await userEvent.keyboard('{PageUp>20/}');
      expect(active()).toContain('Line 000');
      await userEvent.keyboard('{PageDown>9/}{Enter}');
      expect(kept()).toBe('v90');
    });

    test('opens at the line that stands, however far down', async () => {
      const field = open('v100', [], MANY);
      await userEvent.type(field, '{ArrowDown}', { skipClick: true, initialSelectionStart: 0 });
      field.focus();
      await userEvent.keyboard('{ArrowUp}');
      expect(drawn().some((line) => line.includes('Line 100'))).toBe(true);
    });

    test('used recently stand above the rest, and scroll away with it', async () => {
      await userEvent.type(open('', ['v7'], MANY), '{ArrowDown}');
      expect(drawn()[0]).toContain('Line 007');
      await userEvent.keyboard('{PageDown>7/}');
      expect(screen.queryByRole('group', { hidden: true, name: components.recent })).toBeNull();
    });
  });

  describe('at the edge of the window', () => {
    const place = (top: number) => {
      vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(10, top, 200, 32));
    };
    test.each([
      ['opens downwards where there is room', 100, 'auto'],
      ['flips upwards near the lower edge', 700, '72px'],
    ])('%s', async (_rule, top, bottom) => {
      place(top);
      const height = vi.spyOn(window, 'innerHeight', 'get').mockReturnValue(768);
      await userEvent.type(open(), 'ho');
      const popup = document.querySelector<HTMLElement>('[popover]');
      expect(popup?.style.bottom).toBe(bottom);
      expect(popup?.style.top === 'auto').toBe(bottom !== 'auto');
      height.mockRestore();
      vi.restoreAllMocks();
    });
  });

  describe('while a text is composed', () => {
    const compose = async (field: HTMLInputElement, text: string) => {
      field.focus();
      await fireEvent.compositionStart(field);
      field.value = text;
      await fireEvent.input(field, { isComposing: true });
    };

    test.each([['Enter'], ['Tab'], ['Escape'], ['ArrowDown']])('%s does nothing to an open list', async (key) => {
      const field = open();
      await userEvent.type(field, 'ho');
      oninput.mockClear();
      await compose(field, 'hosi');
      for (const own of [{ isComposing: true }, { keyCode: 229 }, {}]) await fireEvent.keyDown(field, { key, ...own });
      expect(field.value).toBe('hosi');
      expect(kept()).toBe('ho');
      expect(field.getAttribute('aria-expanded')).toBe('true');
      expect(oninput).not.toHaveBeenCalled();
      expect(onchange).not.toHaveBeenCalled();
    });

    test('what it ended with is typed, and is looked for', async () => {
      const field = open();
      await compose(field, 'sing');
      expect(field.getAttribute('aria-expanded')).toBe('false');
      await fireEvent.compositionEnd(field);
      expect(oninput).toHaveBeenCalledExactlyOnceWith('sing');
      await userEvent.tab();
      expect(kept()).toBe('SG');
    });

    test('leaving the field keeps the text and takes no line, not even one it names', async () => {
      const field = open();
      await compose(field, 'hk');
      field.blur();
      await Promise.resolve();
      expect(kept()).toBe('hk');
    });

    test('given up, it leaves the line that stood', async () => {
      const field = open('SG');
      await compose(field, 'Singaporeho');
      field.value = 'Singapore';
      await fireEvent.compositionEnd(field);
      field.blur();
      expect(kept()).toBe('SG');
      expect(onchange).not.toHaveBeenCalled();
    });
  });

  test('keeps 20,000 characters as they are, and says so in a line', async () => {
    const field = open();
    const long = 'a\u202Eb\u0000😀'.repeat(4_000);
    field.focus();
    field.value = long;
    await fireEvent.input(field);
    await fireEvent.keyDown(field, { key: 'Tab' });
    field.blur();
    expect(kept()).toBe(long);
    expect(screen.getAllByRole('status').every((one) => one.tagName === 'OUTPUT' || one.textContent.length < 200)).toBe(
      true,
    );
  });
});
