import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DraftSave, DraftState, IpcError } from '$lib/ipc/bindings';
import { checkOf, draftOf } from '../fixture';
import { DraftEditor } from './draft-editor.svelte';

type Address = Partial<Record<'country_code' | 'line1' | 'city' | 'state' | 'postcode', string>>;

const HARBOUR: Address = { country_code: 'HK', line1: '18 Harbour Street', city: 'Hong Kong' };
const registered = (key: keyof Address) => `registration_address/registration_address_${key}`;
const home = (key: keyof Address, person = 'p1') =>
  `business_person_list/${person}/residential_address/residential_address_${key}`;

let requests: DraftSave[] = [];

function open(registration: Address, theirs: Address, state: DraftState = 'editing'): DraftEditor {
  const rows = (address: Address, path: typeof registered) =>
    Object.entries(address).map(([key, text]) => ({ path: path(key as keyof Address), text }));
  const texts = [...rows(registration, registered), ...rows(theirs, (key) => home(key))];
  return new DraftEditor(draftOf({ texts, persons: ['p1', 'p2'], state }), {
    save: (request) => {
      requests.push(structuredClone(request));
      return Promise.resolve({ seq: requests.length, saved_at: '2026-11-21T06:33:00Z', check: checkOf(), changes: [] });
    },
    toError: (thrown) => thrown as IpcError,
    announce: () => undefined,
  });
}

/** Types into a field key by key, and leaves it. */
function write(editor: DraftEditor, path: string, ...texts: string[]): void {
  editor.enter(path);
  for (const text of texts) editor.type(path, text);
  editor.leave(path);
}

beforeEach(() => {
  vi.useFakeTimers();
  requests = [];
});
afterEach(() => vi.useRealTimers());

describe('the same address as that of registration', () => {
  it.each<[string, Address, Address, boolean]>([
    ['every text is the same', HARBOUR, HARBOUR, true],
    ['one text is another', HARBOUR, { ...HARBOUR, city: 'Kowloon' }, false],
    ['theirs has one more', HARBOUR, { ...HARBOUR, state: 'Kowloon' }, false],
    ['theirs lacks one', HARBOUR, { country_code: 'HK' }, false],
    ['both are empty', {}, {}, false],
    ['there is a country and no more', { country_code: 'HK' }, { country_code: 'HK' }, false],
  ])('is ticked in a draft that is opened: %s', (_rule, registration, theirs, ticked) => {
    expect(open(registration, theirs).linked.has('p1')).toBe(ticked);
  });

  it('copies every text when it is ticked, and Ctrl+Z returns what stood there', async () => {
    const editor = open(HARBOUR, { line1: '7 Quarry Lane', state: 'Tasmania' });
    editor.linkAddress('p1', true);
    expect([editor.text(home('line1')), editor.text(home('state')), editor.linked.has('p1')]).toEqual([
      '18 Harbour Street',
      '',
      true,
    ]);
    await vi.advanceTimersByTimeAsync(0);
    expect(requests, 'kept at once, as one burst').toHaveLength(1);
    expect(editor.undo()?.kind).toBe('copy_address');
    expect([editor.text(home('line1')), editor.text(home('city')), editor.text(home('state'))]).toEqual([
      '7 Quarry Lane',
      '',
      'Tasmania',
    ]);
    expect(editor.linked.has('p1')).toBe(false);
    editor.redo();
    expect(editor.linked.has('p1')).toBe(true);
  });

  it('follows a change of registration in the same burst, one edit a field', async () => {
    const editor = open(HARBOUR, HARBOUR);
    write(editor, registered('city'), 'K', 'Ko', 'Kow');
    await vi.advanceTimersByTimeAsync(0);
    expect(requests.map((request) => request.edits)).toEqual([
      [
        { op: 'set', path: registered('city'), text: 'Kow' },
        { op: 'set', path: home('city'), text: 'Kow' },
      ],
    ]);
    expect(editor.linked.has('p1'), 'it stays ticked').toBe(true);
    expect(editor.text(home('city', 'p2')), 'nobody else moves').toBe('');
    editor.undo();
    expect([editor.text(registered('city')), editor.text(home('city'))], 'one step back').toEqual([
      'Hong Kong',
      'Hong Kong',
    ]);
  });

  it('follows what Ctrl+D puts there', () => {
    const editor = open(HARBOUR, HARBOUR);
    write(editor, 'business_details/business_identifier_country_code', 'SG');
    editor.ditto(registered('country_code'));
    expect(editor.text(home('country_code'))).toBe('SG');
  });

  it.each<[string, (editor: DraftEditor) => void, Address]>([
    ['an edit of theirs', (editor) => write(editor, home('line1'), '7 Quarry Lane'), { line1: '7 Quarry Lane' }],
    [
      'an edit that was typed back',
      (editor) => write(editor, home('line1'), '7', '18 Harbour Street'),
      { line1: '18 Harbour Street' },
    ],
    ['taking the tick away', (editor) => editor.linkAddress('p1', false), { line1: '18 Harbour Street' }],
  ])('ends with %s, and follows no more', (_rule, end, left) => {
    const editor = open(HARBOUR, HARBOUR);
    end(editor);
    expect(editor.linked.has('p1')).toBe(false);
    expect(editor.text(home('line1')), 'the texts stay as they are').toBe(left.line1);
    write(editor, registered('city'), 'Kowloon');
    expect(editor.text(home('city'))).toBe('Hong Kong');
  });

  it.each<[string, (editor: DraftEditor) => void]>([
    ['by typing theirs', (editor) => write(editor, home('city'), 'Hong Kong')],
    ['by typing the other', (editor) => write(editor, registered('city'), 'Hong')],
  ])('is not tied when it became the same %s', (_rule, become) => {
    const editor = open(HARBOUR, { ...HARBOUR, city: 'Hong' });
    become(editor);
    expect(editor.linked.has('p1')).toBe(false);
    write(editor, registered('line1'), 'Elsewhere');
    expect(editor.text(home('line1'))).toBe('18 Harbour Street');
  });

  it('does not follow after the copy was undone, even where the texts meet again', () => {
    const editor = open(HARBOUR, { ...HARBOUR, city: 'Kowloon' });
    editor.linkAddress('p1', true);
    editor.undo();
    write(editor, registered('city'), 'Kowloo', 'Kowloon', 'Kowloon Bay');
    expect(editor.text(home('city'))).toBe('Kowloon');
  });

  it('changes nothing of a draft that cannot be written', () => {
    const editor = open(HARBOUR, {}, 'accepted');
    editor.linkAddress('p1', true);
    expect([editor.text(home('line1')), editor.linked.has('p1')]).toEqual(['', false]);
  });
});
