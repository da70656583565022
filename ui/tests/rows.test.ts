import { afterEach, expect, test } from 'vitest';
import { rowKeys } from '$lib/components/rows';

function list(): HTMLElement {
  document.body.innerHTML = `<ul><li><a data-row href="/customer?id=1">One</a></li>
    <li><a data-row href="/customer?id=2">Two</a><button>Open</button></li>
    <li><a data-row href="/customer?id=3">Three</a></li></ul>`;
  return document.querySelector('ul')!;
}

afterEach(() => document.body.replaceChildren());

test.each<[string, KeyboardEventInit, string]>([
  ['ArrowDown', {}, 'Three'],
  ['j', {}, 'Three'],
  ['ArrowUp', {}, 'One'],
  ['k', {}, 'One'],
  ['Home', {}, 'One'],
  ['End', {}, 'Three'],
  ['ArrowDown', { ctrlKey: true }, 'Two'],
  ['j', { isComposing: true }, 'Two'],
  ['x', {}, 'Two'],
])('%s %o goes from the second row to %s', (key, more, to) => {
  const stop = rowKeys(list());
  document.querySelectorAll<HTMLElement>('[data-row]')[1]!.focus();
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  expect(document.activeElement?.textContent).toBe(to);
  stop();
});

test('the ends hold, and what is no row keeps its own keys', () => {
  rowKeys(list());
  const press = (key: string) =>
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  document.querySelector<HTMLElement>('[data-row]')!.focus();
  press('ArrowUp');
  expect(document.activeElement?.textContent).toBe('One');
  document.querySelector<HTMLElement>('button')!.focus();
  press('ArrowDown');
  expect(document.activeElement?.textContent).toBe('Open');
});
