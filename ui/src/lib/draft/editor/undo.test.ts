import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { draftOf } from '../fixture';
import { Program } from './program-fixture';

const NAME = 'business_details/business_name_english';
const PHONE = 'primary_contact/contact_phone';
const START = 'business_details/business_identifier_start_date';
const REGISTERED = 'registration_address/registration_address_country_code';
const IDENTIFIED = 'business_details/business_identifier_country_code';
const LINE = 'registration_address/registration_address_line1';

type Editor = ReturnType<Program['editor']>;

let program: Program;
beforeEach(() => {
  vi.useFakeTimers();
  program = new Program();
});
afterEach(() => vi.useRealTimers());

describe('undo', () => {
  it('puts a removed person back at their place with all their texts', async () => {
    const editor = program.editor();
    const first = editor.addPerson();
    const second = editor.addPerson();
    const path = `business_person_list/${first}/basic_info/first_name`;
    editor.type(path, '麗拉');
    editor.removePerson(first);
    expect(editor.form.persons).toEqual([second]);
    expect(editor.text(path)).toBe('');
    editor.undo();
    expect(editor.form.persons).toEqual([first, second]);
    expect(editor.text(path)).toBe('麗拉');
    await program.answer();
    const sent = program.requests.flatMap((request) => request.edits.map((edit) => edit.op));
    expect(sent, 'the program hears the same story').toEqual([
      'add_person',
      'add_person',
      'set',
      'remove_person',
      'add_person',
      'set',
    ]);
  });

  it('restores by the undo bar after other edits, which stay', () => {
    const editor = program.editor();
    const person = editor.addPerson();
    editor.removePerson(person);
    editor.enter(NAME);
    editor.type(NAME, 'Later');
    editor.leave(NAME);
    editor.restoreRemoved();
    expect(editor.form.persons).toEqual([person]);
    expect(editor.text(NAME)).toBe('Later');
    expect(editor.removed).toBeNull();
  });

  it('takes adding back, and redo brings the texts typed since', () => {
    const editor = program.editor();
    const person = editor.addPerson();
    const path = `business_person_list/${person}/basic_info/first_name_english`;
    editor.type(path, 'Wei');
    editor.undo();
    expect(editor.form.persons).toEqual([]);
    editor.redo();
    expect(editor.text(path)).toBe('Wei');
  });

  it('is the field’s own until it is left, then the form’s', () => {
    const editor = program.editor();
    editor.enter(NAME);
    editor.type(NAME, 'Harbour');
    expect(editor.undoIsOfForm, 'still in the field').toBe(false);
    editor.leave(NAME, PHONE);
    editor.enter(PHONE);
    expect(editor.undoIsOfForm).toBe(true);
    editor.undo();
    expect(editor.text(NAME)).toBe('');
    editor.redo();
    expect(editor.text(NAME)).toBe('Harbour');
  });

  it('copies the registration address as one step', () => {
    const line = 'registration_address/registration_address_line1';
    const editor = program.editor(draftOf({ texts: [{ path: line, text: '18 Harbour Street' }] }));
    const person = editor.addPerson();
    editor.linkAddress(person, true);
    const copy = `business_person_list/${person}/residential_address/residential_address_line1`;
    expect(editor.text(copy)).toBe('18 Harbour Street');
    editor.undo();
    expect(editor.text(copy)).toBe('');
    expect(editor.form.persons, 'only the copy is taken back').toEqual([person]);
  });

  it('moves a person and keeps their texts', () => {
    const editor = program.editor();
    const [first, second] = [editor.addPerson(), editor.addPerson()];
    const path = `business_person_list/${second}/identification/id_number`;
    editor.type(path, 'E1');
    editor.movePerson(second, -1);
    expect(editor.form.persons).toEqual([second, first]);
    expect(editor.text(path)).toBe('E1');
    editor.undo();
    expect(editor.form.persons).toEqual([first, second]);
    editor.redo();
    expect(editor.form.persons).toEqual([second, first]);
    expect(editor.text(path), 'the texts stay through all of it').toBe('E1');
  });

  it('tells the program of a move as one edit, and of none past the ends', async () => {
    const editor = program.editor();
    const [first, second] = [editor.addPerson(), editor.addPerson()];
    await program.answer();
    await program.answer();
    const before = program.requests.length;
    expect(editor.movePerson(first, -1)).toBe(false);
    expect(editor.movePerson(second, 1)).toBe(false);
    expect(editor.movePerson(second, -1)).toBe(true);
    expect(program.requests.slice(before).flatMap((request) => request.edits)).toEqual([
      { op: 'move_person', person: second, at: 0 },
    ]);
  });

  it('copies a field from the previous person, says from where until it changes, and takes it back as one step', () => {
    const editor = program.editor();
    const [first, second] = [editor.addPerson(), editor.addPerson()];
    const nationality = (person: string) => `business_person_list/${person}/basic_info/nationality`;
    const issuing = `business_person_list/${second}/identification/id_issuing_country_code`;
    expect(editor.ditto(nationality(second)), 'nothing to copy').toBeNull();
    editor.type(nationality(first), 'HK');
    editor.type(issuing, 'JP');
    expect(editor.ditto(nationality(second))).toBe(nationality(first));
    expect(editor.ditto(issuing), 'their own nationality goes before').toBe(nationality(second));
    expect(editor.copyOf(issuing)?.from).toBe(nationality(second));
    editor.undo();
    expect([editor.text(issuing), editor.text(nationality(second))]).toEqual(['JP', 'HK']);
    editor.type(nationality(second), 'SG');
    expect(editor.copyOf(nationality(second))).toBeNull();
  });

  it.each(['ditto', 'put'] as const)('%s leaves what was typed before it a step of its own', (by) => {
    const texts = [
      { path: REGISTERED, text: 'FR' },
      { path: IDENTIFIED, text: 'JP' },
    ];
    const editor = program.editor(draftOf({ texts }));
    editor.enter(REGISTERED);
    editor.type(REGISTERED, 'qqq');
    if (by === 'ditto') editor.ditto(REGISTERED);
    else editor.put(REGISTERED, 'JP');
    const stood = [editor.text(REGISTERED)];
    while (editor.undoIsOfForm && editor.undo()) stood.push(editor.text(REGISTERED));
    expect(stood).toEqual(['JP', 'qqq', 'FR']);
    while (editor.redo());
    expect(editor.text(REGISTERED)).toBe('JP');
  });

  it('takes back a line that was taken, while the focus is still there', () => {
    const editor = program.editor();
    editor.enter(REGISTERED);
    editor.type(REGISTERED, 'CN');
    editor.committed(REGISTERED);
    editor.leave(REGISTERED);
    editor.enter(REGISTERED);
    editor.type(REGISTERED, 'JP');
    expect(editor.undoIsOfForm, 'typing is the field’s own').toBe(false);
    editor.committed(REGISTERED);
    expect(editor.undoIsOfForm).toBe(true);
    editor.undo();
    expect(editor.text(REGISTERED)).toBe('CN');
    editor.undo();
    expect(editor.text(REGISTERED)).toBe('');
    editor.leave(REGISTERED);
    expect(editor.undo(), 'each is one step').toBeNull();
  });

  it('does a line that was taken once, though the field is left after it', () => {
    const editor = program.editor();
    editor.enter(REGISTERED);
    editor.type(REGISTERED, 'CN');
    editor.committed(REGISTERED);
    editor.type(REGISTERED, 'JP');
    editor.leave(REGISTERED);
    editor.undo();
    expect(editor.text(REGISTERED)).toBe('CN');
  });

  it('has nothing of what is still being composed', () => {
    const editor = program.editor();
    editor.enter(LINE);
    editor.type(LINE, '1');
    editor.composing(true);
    editor.commit();
    expect(editor.undoIsOfForm).toBe(false);
    expect(editor.undo()).toBeNull();
  });
});

describe('t in a date', () => {
  const TODAY = '2026-11-22';
  const sent = () => program.requests.flatMap((_, at) => program.texts(at)).at(-1);

  it('is kept as the day it means, and stays on the screen while the user may go on', async () => {
    const editor = program.editor();
    editor.enter(START);
    editor.type(START, 't');
    await vi.advanceTimersByTimeAsync(250);
    expect([editor.text(START), sent()]).toEqual(['t', TODAY]);
    await program.answer();
    editor.type(START, 'tu 3 apr');
    await vi.advanceTimersByTimeAsync(250);
    expect([editor.text(START), sent()]).toEqual(['tu 3 apr', 'tu 3 apr']);
  });

  it.each([
    ['the check of a section', (editor: Editor) => editor.checkSection('business_details')],
    ['the check of all', (editor: Editor) => editor.checkAll()],
    ['closing', (editor: Editor) => editor.close()],
    ['saving', (editor: Editor) => (editor.resolve(), editor.queue.flush())],
    ['leaving', (editor: Editor) => editor.leave(START)],
  ])('is that day on the screen after %s', async (_what, does) => {
    const editor = program.editor();
    editor.enter(START);
    editor.type(START, 't');
    void does(editor);
    await vi.advanceTimersByTimeAsync(0);
    expect([editor.text(START), sent()]).toEqual([TODAY, TODAY]);
  });

  it('is a letter in another field, and where an input method left it behind', async () => {
    const editor = program.editor();
    editor.enter(NAME);
    editor.type(NAME, 't');
    editor.leave(NAME);
    expect(editor.text(NAME)).toBe('t');
    await program.answer();
    editor.enter(START);
    editor.type(START, 'ｔ');
    editor.leave(START, null, true);
    await vi.advanceTimersByTimeAsync(0);
    expect([editor.text(START), sent()], 'the screen and the disk say the same').toEqual(['ｔ', 'ｔ']);
  });
});
