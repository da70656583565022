import { afterEach, expect, test } from 'vitest';
import { rowKeysFrom } from '$lib/components/rows';

function list(): HTMLElement {
  document.body.innerHTML = `<h1 tabindex="-1">Customers</h1><input>
    <ul><li><a data-row href="/customer?id=1">One</a></li><li><a data-row href="/customer?id=2">Two</a></li></ul>`;
  return document.querySelector('ul')!;
}

afterEach(() => document.body.replaceChildren());

const cameFrom = (href: string) => rowKeysFrom((row) => row.endsWith(href));

test('who comes back from a record finds the focus on its row', () => {
  const rows = list();
  document.querySelector('h1')!.focus();
  cameFrom('id=2')(rows);
  expect(document.activeElement?.textContent).toBe('Two');
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
  expect(document.activeElement?.textContent, 'the keys of a list work as well').toBe('One');
});

test('a focus that was put elsewhere meanwhile stays, and a record that is not in the list changes nothing', () => {
  const rows = list();
  document.querySelector('input')!.focus();
  cameFrom('id=2')(rows);
  expect(document.activeElement?.tagName).toBe('INPUT');
  document.querySelector('h1')!.focus();
  cameFrom('id=3')(rows);
  expect(document.activeElement?.tagName).toBe('H1');
});
