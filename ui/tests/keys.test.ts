import { render, screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import type { Kind } from '$lib/ipc';
import Help from '$lib/palette/Help.svelte';
import { app } from '$lib/shell/app.svelte';
import { capOf, capsOf, isKey, KEYS, keysOf, scopesOf, type KeyId, type Scope } from '$lib/shell/keys';
import { keys, keyShort } from '$lib/words/keys';
import { READY } from './app-view';

const { url } = vi.hoisted(() => ({ url: { pathname: '/' } }));
vi.mock('$app/state', () => ({ page: { url } }));

const ids = Object.keys(KEYS) as KeyId[];
const press = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init);

describe('the table of keys', () => {
  test('every row says what its key does, and no words are without a row', () => {
    expect(Object.keys(keys.name).sort()).toEqual([...ids].sort());
    expect(ids.filter((id) => keyShort(id) === '' || capsOf(id).length === 0)).toEqual([]);
    expect(Object.keys(keys.short).filter((id) => !ids.includes(id as KeyId))).toEqual([]);
  });

  test.each([
    '/customers',
    '/customer',
    '/drafts',
    '/draft',
    '/review',
    '/activity',
    '/settings',
    '/waiting',
    '/conflict',
  ])('on %s no key does two things', (path) => {
    const scopes: Scope[] = ['everywhere', ...scopesOf(path)];
    const all = scopes
      .flatMap(keysOf)
      .flatMap((id) => capsOf(id, true))
      // Esc closes whatever was opened last, and nothing else.
      .filter((key) => key !== 'Esc');
    expect(all.filter((key, place) => all.indexOf(key) !== place)).toEqual([]);
  });

  test('a screen has the scopes of its own path, not of one that begins alike', () => {
    expect(scopesOf('/drafts')).toEqual(['list', 'drafts']);
    expect(scopesOf('/draft')).toEqual(['editor', 'whole']);
    expect(scopesOf('/settings')).toEqual([]);
  });

  test.each<[string, Kind, boolean]>([
    ['a whole form names the keys of persons and files', 'axisfi', true],
    ['a form of contact and address names none of them', 'bultra', false],
  ])('the help of %s', (_name, kind, whole) => {
    url.pathname = '/draft';
    app.view = READY;
    const stop = app.nameRecord(READY.connections.find((one) => one.kind === kind)!);
    render(Help, { open: true });
    expect(screen.getByText(keys.name.check)).toBeTruthy();
    for (const id of ['add_person', 'move_person', 'choose_file', 'copy_down', 'to_review'] as const)
      expect(screen.queryByText(keys.name[id]) !== null, id).toBe(whole);
    stop();
  });

  test.each([
    ['Mod+Shift+P', 'Ctrl Shift P'],
    ['ArrowUp', '↑'],
    ['Escape', 'Esc'],
    ['Mod++', 'Ctrl +'],
    ['Mod+1…5', 'Ctrl 1…5'],
  ])('%s is written %s', (key, cap) => expect(capOf(key)).toBe(cap));
});

describe('a key press', () => {
  test.each<[string, KeyboardEventInit, KeyId, boolean]>([
    ['Ctrl+K', { key: 'k', ctrlKey: true }, 'palette', true],
    ['with the lock of capitals', { key: 'K', ctrlKey: true }, 'palette', true],
    ['without Ctrl', { key: 'k' }, 'palette', false],
    ['with Shift as well', { key: 'K', ctrlKey: true, shiftKey: true }, 'palette', false],
    ['with Alt as well', { key: 'k', ctrlKey: true, altKey: true }, 'palette', false],
    ['with the system key as well', { key: 'k', ctrlKey: true, metaKey: true }, 'palette', false],
    ['on a keyboard of another script', { key: 'л', code: 'KeyK', ctrlKey: true }, 'palette', true],
    ['another letter there', { key: 'л', code: 'KeyJ', ctrlKey: true }, 'palette', false],
    ['while a text is composed', { key: 'k', ctrlKey: true, isComposing: true }, 'palette', false],
    [
      'told to belong to an input method',
      { key: 'k', ctrlKey: true, keyCode: 229 } as KeyboardEventInit,
      'palette',
      false,
    ],
    ['the other key of a row', { key: '/', ctrlKey: true }, 'help', true],
    ['a sign that needs Shift there', { key: '/', ctrlKey: true, shiftKey: true }, 'help', true],
    ['plus with Shift', { key: '+', ctrlKey: true, shiftKey: true }, 'zoom_in', true],
    ['equals without', { key: '=', ctrlKey: true }, 'zoom_in', true],
    ['F6', { key: 'F6' }, 'pane_next', true],
    ['Shift F6 is the way back', { key: 'F6', shiftKey: true }, 'pane_next', false],
    ['Shift F6', { key: 'F6', shiftKey: true }, 'pane_before', true],
    ['Space', { key: ' ' }, 'preview', true],
    ['a slash in a list', { key: '/' }, 'search', true],
    ['the first of several digits', { key: '1', ctrlKey: true }, 'record_tab', true],
    ['the last of them', { key: '4', ctrlKey: true }, 'record_tab', true],
    ['a digit after them', { key: '5', ctrlKey: true }, 'record_tab', false],
    ['a digit before them', { key: '0', ctrlKey: true }, 'record_tab', false],
    ['a digit without Ctrl', { key: '2' }, 'record_tab', false],
    ['a digit that needs Shift there', { key: '2', ctrlKey: true, shiftKey: true }, 'record_tab', true],
    ['Alt with an arrow', { key: 'ArrowUp', altKey: true }, 'move_person', true],
    ['an arrow without Alt', { key: 'ArrowUp' }, 'move_person', false],
  ])('%s', (_name, init, id, expected) => expect(isKey(press(init), id)).toBe(expected));
});

test('a key inside a sentence is the one of this keyboard', async () => {
  const said = async (platform: string): Promise<string[]> => {
    vi.resetModules();
    vi.stubGlobal('navigator', { platform });
    const { draft } = await import('$lib/words/draft');
    vi.unstubAllGlobals();
    return [draft.splitDone, draft.deletedSaid('Acme')];
  };
  for (const [platform, key] of [
    ['Linux x86_64', 'Ctrl+Z'],
    ['MacIntel', 'Cmd+Z'],
  ] as const) {
    for (const text of await said(platform)) expect(text).toContain(`Press ${key} to undo.`);
  }
});
