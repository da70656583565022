import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DraftSave, DraftView, IpcError } from '$lib/ipc/bindings';
import { answerAddresses } from '$lib/ipc/fake-addresses';
import { fake } from '$lib/ipc/fake';
import { addressForms } from '../address/address-forms.svelte';
import { LAST_DRAFT, lastDraft } from '../fields/last-draft';
import { checkOf, draftOf } from '../fixture';
import { copiedText } from '../speech';
import { forgetDefaults } from './defaults';
import { DraftEditor } from './draft-editor.svelte';

const COUNTRY = 'registration_address/registration_address_country_code';
const CITY = 'registration_address/registration_address_city';
const OPERATING = 'account_usage/operating_country';
const NATIONALITY = 'business_person_list/p1/basic_info/nationality';
const ISSUING = 'business_person_list/p1/identification/id_issuing_country_code';
const HOME = 'business_person_list/p1/residential_address/residential_address_';

let requests: DraftSave[] = [];

function open(part: Partial<DraftView> = {}): DraftEditor {
  return new DraftEditor(draftOf({ persons: ['p1', 'p2'], ...part }), {
    save: (request) => {
      requests.push(structuredClone(request));
      return Promise.resolve({ seq: requests.length, saved_at: '2026-11-21T06:33:00Z', check: checkOf(), changes: [] });
    },
    toError: (thrown) => thrown as IpcError,
    announce: () => undefined,
  });
}

/** Types a text into a field and leaves it; what the program answers comes. */
async function write(editor: DraftEditor, path: string, text: string): Promise<void> {
  editor.enter(path);
  editor.type(path, text);
  editor.leave(path);
  await vi.advanceTimersByTimeAsync(1);
}

beforeEach(() => {
  vi.useFakeTimers();
  requests = [];
  fake.reset();
  forgetDefaults();
  addressForms.reset();
  answerAddresses();
});
afterEach(() => vi.useRealTimers());

describe.each([
  { what: 'operating country from registration', from: COUNTRY, to: OPERATING, note: 'From the registration address' },
  { what: 'issuing country from nationality', from: NATIONALITY, to: ISSUING, note: 'From the nationality' },
])('$what', ({ from, to, note }) => {
  it('is filled when the source is left, says where it came from, and is kept', async () => {
    const editor = open();
    editor.enter(from);
    editor.type(from, 'A');
    editor.type(from, 'AU');
    expect(editor.text(to), 'not while it is typed').toBe('');
    editor.leave(from);
    await vi.advanceTimersByTimeAsync(1);
    expect(editor.text(to)).toBe('AU');
    expect(copiedText(editor, to)).toBe(note);
    expect(requests.flatMap(({ edits }) => edits)).toContainEqual({ op: 'set', path: to, text: 'AU' });
  });

  it('follows its source as long as it holds what the form put there', async () => {
    const editor = open();
    await write(editor, from, 'AU');
    await write(editor, from, 'SG');
    expect(editor.text(to)).toBe('SG');
    await write(editor, from, '');
    expect([editor.text(to), copiedText(editor, to)]).toEqual(['', null]);
    await write(editor, from, 'CN');
    expect(editor.text(to)).toBe('CN');
  });

  it.each(['', 'NZ', 'AU'])('is the user’s once they wrote “%s” there, for good', async (theirs) => {
    const editor = open();
    await write(editor, from, 'AU');
    await write(editor, to, 'N');
    await write(editor, to, theirs);
    await write(editor, from, 'SG');
    expect(editor.text(to)).toBe(theirs);
    editor.clear(to);
    await write(editor, from, 'HK');
    expect(editor.text(to)).toBe('');
  });

  it('is not filled over a text that stood there when the draft was opened', async () => {
    const editor = open({ texts: [{ path: to, text: 'MY' }] });
    await write(editor, from, 'AU');
    expect(editor.text(to)).toBe('MY');
  });

  it('is taken back and brought back together with its cause', async () => {
    const editor = open();
    await write(editor, from, 'AU');
    await write(editor, from, 'SG');
    editor.undo();
    expect([editor.text(from), editor.text(to)]).toEqual(['AU', 'AU']);
    editor.undo();
    expect([editor.text(from), editor.text(to)]).toEqual(['', '']);
    editor.redo();
    expect([editor.text(from), editor.text(to)]).toEqual(['AU', 'AU']);
    expect(copiedText(editor, to)).toBe(note);
  });

  it.each(['', 'NZ'])(
    'is the form’s again when “%s” is taken back, and the user’s when that is done again',
    async (theirs) => {
      const editor = open();
      await write(editor, from, 'CN');
      await write(editor, to, theirs);
      expect(copiedText(editor, to)).toBeNull();
      editor.undo();
      expect([editor.text(to), copiedText(editor, to)]).toEqual(['CN', note]);
      editor.redo();
      await write(editor, from, 'SG');
      expect(editor.text(to), 'done again').toBe(theirs);
      editor.undo();
      editor.undo();
      await write(editor, from, 'JP');
      expect([editor.text(to), copiedText(editor, to)]).toEqual(['JP', note]);
    },
  );

  it('is the form’s where a text was only tried', async () => {
    const editor = open();
    await write(editor, from, 'CN');
    editor.enter(to);
    editor.type(to, '');
    editor.type(to, 'CN');
    editor.leave(to);
    await write(editor, from, 'JP');
    expect([editor.text(to), copiedText(editor, to)]).toEqual(['JP', note]);
  });

  it('says where it came from only while that says the same', async () => {
    const editor = open();
    await write(editor, from, 'CN');
    await write(editor, from, 'zzzz');
    expect([editor.text(to), copiedText(editor, to)]).toEqual(['CN', null]);
    await write(editor, from, 'JP');
    expect([editor.text(to), copiedText(editor, to)]).toEqual(['JP', note]);
  });

  it('goes on as it was left when the draft is opened again, and not with another draft', async () => {
    const first = open();
    await write(first, from, 'CN');
    await first.close();
    const texts = [from, to].map((path) => ({ path, text: 'CN' }));
    const again = open({ texts });
    expect(copiedText(again, to)).toBe(note);
    await write(again, from, 'SG');
    expect(again.text(to)).toBe('SG');
    await write(again, to, '');
    await again.close();
    const third = open({ texts: [{ path: from, text: 'SG' }] });
    await write(third, from, 'JP');
    expect(third.text(to), 'they emptied it').toBe('');
    const other = open({ id: 'other', texts });
    expect(copiedText(other, to)).toBeNull();
  });

  it('follows from what is taken of a list at once, and from what stands when the form is closed', async () => {
    const editor = open();
    editor.enter(from);
    editor.type(from, 'CN');
    editor.committed(from);
    expect(editor.text(to)).toBe('CN');
    editor.type(from, 'JP');
    await editor.close();
    expect(editor.text(to)).toBe('JP');
    expect(requests.flatMap(({ edits }) => edits)).toContainEqual({ op: 'set', path: to, text: 'JP' });
  });

  it('takes over no text that names no country', async () => {
    const editor = open();
    await write(editor, from, 'zzzz');
    expect(editor.text(to)).toBe('');
  });

  it('follows Ctrl+D as well', async () => {
    const source = from === COUNTRY ? 'business_details/business_identifier_country_code' : COUNTRY;
    const editor = open({ texts: [{ path: source, text: 'JP' }] });
    editor.ditto(from);
    await vi.advanceTimersByTimeAsync(1);
    expect([editor.text(from), editor.text(to)]).toEqual(['JP', 'JP']);
    editor.undo();
    expect([editor.text(from), editor.text(to)]).toEqual(['', '']);
  });

  it('is the user’s once they asked for the same by Ctrl+D', async () => {
    const editor = open();
    await write(editor, from, 'AU');
    editor.enter(to);
    editor.ditto(to);
    editor.leave(to);
    await write(editor, from, 'SG');
    expect(editor.text(to)).toBe('AU');
  });

  it('fills nothing of an update', async () => {
    const update = { name: '', local_name: '', customer: 'c', untouched: [], changes: [], parts: [] };
    const editor = open({ update: { ...update } as unknown as DraftView['update'] });
    await write(editor, from, 'AU');
    expect(editor.text(to)).toBe('');
  });
});

describe('the standard customer', () => {
  it('leaves both countries empty, and they arrive', async () => {
    const editor = open();
    await write(editor, COUNTRY, 'AU');
    await write(editor, NATIONALITY, 'CN');
    expect([editor.text(OPERATING), editor.text(ISSUING)]).toEqual(['AU', 'CN']);
  });

  it('fills each person for themselves', async () => {
    const editor = open();
    await write(editor, NATIONALITY, 'CN');
    expect(editor.text(ISSUING.replace('p1', 'p2'))).toBe('');
  });
});

describe('a country that is one city', () => {
  it('has its name, though its form came after the field was left, and undo takes both', async () => {
    const editor = open();
    await write(editor, COUNTRY, 'SG');
    expect([editor.text(CITY), copiedText(editor, CITY)]).toEqual(['Singapore', 'From the country']);
    editor.undo();
    expect([editor.text(COUNTRY), editor.text(CITY), editor.text(OPERATING)]).toEqual(['', '', '']);
  });

  it.each([true, false])('leaves a city alone that is being composed: %s', async (composing) => {
    const editor = open();
    editor.enter(COUNTRY);
    editor.type(COUNTRY, 'SG');
    editor.leave(COUNTRY, CITY);
    editor.enter(CITY);
    editor.composing(composing);
    await vi.advanceTimersByTimeAsync(1);
    expect(editor.text(CITY)).toBe(composing ? '' : 'Singapore');
  });

  it('lets go of it with another country, and of no other text', async () => {
    const editor = open();
    await write(editor, COUNTRY, 'SG');
    await write(editor, COUNTRY, 'AU');
    expect(editor.text(CITY)).toBe('');
    await write(editor, CITY, 'Sydney');
    await write(editor, COUNTRY, 'SG');
    expect(editor.text(CITY)).toBe('Sydney');
  });

  it('fills nothing once its country was taken back', async () => {
    const editor = open();
    editor.enter(COUNTRY);
    editor.type(COUNTRY, 'SG');
    editor.leave(COUNTRY);
    editor.undo();
    await vi.advanceTimersByTimeAsync(1);
    expect(editor.text(CITY)).toBe('');
  });

  it('fills the address that follows it alike', async () => {
    const texts = [COUNTRY, `${HOME}country_code`].map((path) => ({ path, text: 'MY' }));
    const street = ['registration_address/registration_address_line1', `${HOME}line1`];
    const editor = open({ texts: [...texts, ...street.map((path) => ({ path, text: '1 Raffles Place' }))] });
    expect(editor.linked.has('p1')).toBe(true);
    await write(editor, COUNTRY, 'SG');
    expect([editor.text(`${HOME}country_code`), editor.text(`${HOME}city`)]).toEqual(['SG', 'Singapore']);
    expect(editor.linked.has('p1')).toBe(true);
  });
});

describe('Ctrl+D without a source in the draft', () => {
  const TYPE = 'business_details/business_type';
  const ROLE = 'business_person_list/p1/basic_info/role_type';
  const texts = [
    { path: TYPE, text: 'Partnership' },
    { path: ROLE, text: 'Director' },
    { path: NATIONALITY, text: 'CN' },
    { path: 'business_details/business_name_english', text: 'Lantern Quay' },
  ];

  beforeEach(() => lastDraft.reset());

  /** A draft that was written in is closed. */
  async function left(part: Partial<DraftView>): Promise<void> {
    const editor = open(part);
    await write(editor, 'business_details/website', 'a.example');
    await editor.close();
  }

  it('takes words of lists from the draft before, and nothing that names anybody', async () => {
    await left({ id: 'before', texts });
    const editor = open();
    expect(editor.ditto(TYPE)).toBe(LAST_DRAFT);
    expect([editor.text(TYPE), copiedText(editor, TYPE)]).toEqual(['Partnership', 'Copied from the last draft']);
    expect([editor.ditto(ROLE), editor.text(ROLE)]).toEqual([LAST_DRAFT, 'Director']);
    expect(editor.ditto('business_details/business_name_english')).toBeNull();
    expect(editor.ditto(NATIONALITY), 'a country of a person is theirs').toBeNull();
    editor.undo();
    expect([editor.text(TYPE), editor.text(ROLE)]).toEqual(['Partnership', '']);
  });

  it('takes nothing of another connection', async () => {
    await left({ id: 'before', texts });
    const { connection } = draftOf();
    expect(open({ connection: { ...connection, id: 'other' } }).ditto(TYPE)).toBeNull();
  });

  it('has a source in the draft itself before that', async () => {
    await left({ id: 'before', texts: [{ path: OPERATING, text: 'MY' }] });
    const editor = open({ texts: [{ path: COUNTRY, text: 'AU' }] });
    expect([editor.ditto(OPERATING), editor.text(OPERATING)]).toEqual([COUNTRY, 'AU']);
  });

  it('is never the draft itself, closed to the review and opened again', async () => {
    await left({ texts });
    expect(open().ditto(TYPE)).toBeNull();
    await left({ id: 'newer', texts: [{ path: TYPE, text: 'Trust' }] });
    const again = open({ id: 'newer' });
    expect([again.ditto(TYPE), again.text(TYPE)], 'it has the one before it').toEqual([LAST_DRAFT, 'Partnership']);
  });

  it('is no draft that was only looked at', async () => {
    await left({ id: 'before', texts });
    await open({ id: 'seen', texts: [{ path: TYPE, text: 'Trust' }] }).close();
    const editor = open();
    editor.ditto(TYPE);
    expect(editor.text(TYPE)).toBe('Partnership');
  });
});
