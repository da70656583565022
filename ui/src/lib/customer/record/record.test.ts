import { expect, it, test } from 'vitest';
import type { RawLineView } from '$lib/ipc';
import { RAW_PIECE_LINES, RawTree } from './raw-tree.svelte';
import { stepOf, tabOf } from './record-keys';

function line(path: string, depth: number): RawLineView {
  return { path, depth, key: path.split('/').at(-1) ?? '', kind: 'string', text: '', masked: false };
}
const paths = (tree: RawTree) => tree.rows.map(({ line }) => line.path);

const LINES = [line('', 0), line('a', 1), line('a/0', 2), line('a/0/b', 3), line('a/1', 2), line('c', 1)];

it('a folded line hides what lies under it, and what was folded there stays folded', () => {
  const tree = new RawTree(LINES);
  expect(tree.rows.map(({ folds }) => folds)).toEqual([true, true, true, false, false, false]);
  tree.toggle('a/0');
  expect(paths(tree)).toEqual(['', 'a', 'a/0', 'a/1', 'c']);
  tree.toggle('a');
  expect(paths(tree)).toEqual(['', 'a', 'c']);
  tree.toggle('a');
  expect(paths(tree)).toEqual(['', 'a', 'a/0', 'a/1', 'c']);
});

it('a long answer is drawn piece by piece, and no line of it is lost', () => {
  const all = RAW_PIECE_LINES + 7;
  const tree = new RawTree(Array.from({ length: all }, (_, at) => line(`x/${at}`, 1)));
  expect([tree.rows.length, tree.left]).toEqual([RAW_PIECE_LINES, 7]);
  tree.more();
  expect([tree.rows.length, tree.left]).toEqual([all, 0]);
});

const press = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...more });

test.each([
  ['1', { ctrlKey: true }, 'details'],
  ['4', { ctrlKey: true }, 'raw'],
  ['5', { ctrlKey: true }, null],
  ['2', {}, null],
  ['2', { ctrlKey: true, shiftKey: true }, 'persons'],
  ['2', { ctrlKey: true, altKey: true }, null],
  ['2', { ctrlKey: true, isComposing: true }, null],
])('%s %o goes to the tab %s', (key, more: KeyboardEventInit, tab) => {
  expect(tabOf(press(key, more))).toBe(tab);
});

test.each([
  ['[', {}, -1],
  [']', {}, 1],
  [']', { ctrlKey: true }, null],
  [']', { isComposing: true }, null],
  ['x', {}, null],
])('%s %o goes %s in the list', (key, more: KeyboardEventInit, by) => {
  expect(stepOf(press(key, more))).toBe(by);
});

it('a bracket that is typed into a field stays in it', () => {
  const field = document.body.appendChild(document.createElement('input'));
  let heard: unknown;
  field.addEventListener('keydown', (event) => (heard = stepOf(event)));
  field.dispatchEvent(press(']'));
  expect(heard).toBeNull();
});
