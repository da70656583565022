import { expect, test } from 'vitest';
import { actionOf } from './list-keys';

const at = (place: number) => ({ at: place, count: 100, screenful: 16 });

test.each([
  ['ArrowDown', {}, 5, { to: 'row', at: 6 }],
  ['j', {}, 5, { to: 'row', at: 6 }],
  ['ArrowUp', {}, 5, { to: 'row', at: 4 }],
  ['k', {}, 0, { to: 'row', at: 0 }],
  ['ArrowDown', {}, 99, { to: 'row', at: 99 }],
  ['л', { code: 'KeyK' }, 5, { to: 'row', at: 4 }],
  ['о', { code: 'KeyJ' }, 5, { to: 'row', at: 6 }],
  ['Home', {}, 40, { to: 'row', at: 0 }],
  ['End', {}, 40, { to: 'row', at: 99 }],
  ['PageDown', {}, 5, { to: 'row', at: 20 }],
  ['PageDown', {}, 95, { to: 'row', at: 99 }],
  ['PageDown', {}, 99, { to: 'page', by: 1 }],
  ['PageUp', {}, 5, { to: 'row', at: 0 }],
  ['PageUp', {}, 0, { to: 'page', by: -1 }],
  [' ', {}, 5, { to: 'preview' }],
  ['/', {}, 5, { to: 'search' }],
  ['m', {}, 5, { to: 'more' }],
  ['Enter', {}, 5, null],
  ['j', { ctrlKey: true }, 5, null],
  ['ArrowDown', { isComposing: true }, 5, null],
  ['x', {}, 5, null],
])('%s %o on row %i does %o', (key, more: KeyboardEventInit, place, action) => {
  expect(actionOf(new KeyboardEvent('keydown', { key, ...more }), at(place))).toEqual(action);
});
