import { describe, expect, test } from 'vitest';
import { type DraftKey, draftKey } from './draft-keys';

const ctrl = { ctrlKey: true };

describe('a key in the editor', () => {
  test.each<[string, KeyboardEventInit, DraftKey | null]>([
    ['F8', { key: 'F8' }, { does: 'problem', by: 1 }],
    ['Shift F8', { key: 'F8', shiftKey: true }, { does: 'problem', by: -1 }],
    ['F9', { key: 'F9' }, { does: 'empty', by: 1 }],
    ['Shift F9', { key: 'F9', shiftKey: true }, { does: 'empty', by: -1 }],
    ['Escape', { key: 'Escape' }, { does: 'escape' }],
    ['Ctrl 1', { key: '1', ...ctrl }, { does: 'section', at: 0 }],
    ['Ctrl 5', { key: '5', ...ctrl }, { does: 'section', at: 4 }],
    ['Ctrl 3 where digits need Shift', { key: '3', shiftKey: true, ...ctrl }, { does: 'section', at: 2 }],
    ['Ctrl 6', { key: '6', ...ctrl }, { does: 'review' }],
    ['Ctrl 0', { key: '0', ...ctrl }, null],
    ['Ctrl 7', { key: '7', ...ctrl }, null],
    ['1 alone', { key: '1' }, null],
    ['Ctrl F5', { key: 'F5', ...ctrl }, null],
    ['Ctrl Enter', { key: 'Enter', ...ctrl }, { does: 'check' }],
    ['Ctrl Shift Enter, which submits', { key: 'Enter', shiftKey: true, ...ctrl }, null],
    ['Ctrl S', { key: 's', ...ctrl }, { does: 'save' }],
    ['Ctrl D', { key: 'd', ...ctrl }, { does: 'copy' }],
    ['Ctrl Shift P', { key: 'P', shiftKey: true, ...ctrl }, { does: 'add_person' }],
    ['Ctrl Z', { key: 'z', ...ctrl }, { does: 'undo' }],
    ['Ctrl Z on a keyboard of another script', { key: 'я', code: 'KeyZ', ...ctrl }, { does: 'undo' }],
    ['Ctrl Shift Z', { key: 'Z', shiftKey: true, ...ctrl }, { does: 'redo' }],
    ['AltGr D', { key: 'd', altKey: true, ...ctrl }, null],
    ['Ctrl Z while a text is composed', { key: 'z', isComposing: true, ...ctrl }, null],
    ['F8 that belongs to an input method', { key: 'F8', keyCode: 229 } as KeyboardEventInit, null],
    ['a letter', { key: 'z' }, null],
  ])('%s', (_name, init, expected) => {
    expect(draftKey(new KeyboardEvent('keydown', init))).toEqual(expected);
  });
});
