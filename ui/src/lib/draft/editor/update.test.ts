import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Reveal } from '$lib/customer/reveal.svelte';
import type { DraftSave, DraftSavedView, DraftView, Edit, IpcError, UpdateView } from '$lib/ipc/bindings';
import { checkOf, draftOf } from '../fixture';
import { DraftEditor } from './draft-editor.svelte';

const NAME = 'business_details/business_name_english';
const EMAIL = 'primary_contact/contact_email';
const NUMBER = 'business_person_list/p1/identification/id_number';
const STREET = 'business_person_list/p1/residential_address/residential_address_line1';
const LINE = 'registration_address/registration_address_line1';
const READ: Record<string, string> = {
  [NAME]: 'Acme',
  [LINE]: '1 Kiln Road',
  [EMAIL]: 'ho@acme.example',
  [NUMBER]: 'K1234567',
  [STREET]: '2 Quay Street',
};
const MASKS: Record<string, string> = { [EMAIL]: 'h•••@•••.example', [NUMBER]: '••••4567', [STREET]: '••••••••' };

/** The program: it holds the texts, hides those that are as they were read, and alone knows these. */
class Program {
  texts = new Map(Object.entries(READ));
  persons = ['p1'];
  reveal = new Reveal({
    reveal: (path) => Promise.resolve({ path, value: READ[path] ?? '', hides_after_s: 30 }),
    toError: (thrown) => thrown as IpcError,
    heard: () => undefined,
  });
  done: string[] = [];
  said: string[] = [];
  seq = 0;
  /** Makes the next answers wait until a test lets them go. */
  gate: Promise<void> = Promise.resolve();
  full = false;
  /** Saving fails; what is on the disk can be brought back all the same. */
  unsaved = false;

  view(): DraftView {
    const hidden = [...this.texts].filter(([path, text]) => path in MASKS && READ[path] === text).map(([path]) => path);
    const paths = [...new Set([...this.texts.keys(), ...Object.keys(READ)])];
    return draftOf({
      seq: this.seq,
      persons: this.persons,
      texts: [...this.texts].filter(([path]) => !hidden.includes(path)).map(([path, text]) => ({ path, text })),
      update: {
        customer_id: '84',
        name: 'Acme',
        local_name: '',
        reading: 'r1',
        read_at: '2026-11-21T06:10:00Z',
        untouched: hidden.map((path) => ({ path, masked: MASKS[path] ?? '' })),
        as_sent: [],
        missing: [],
        changes: paths.filter((path) => this.texts.get(path) !== READ[path]),
        newer: null,
      } satisfies UpdateView,
    });
  }

  async save({ edits, closing }: DraftSave): Promise<DraftSavedView> {
    await this.gate;
    if (this.unsaved) throw { code: 'store.failed', params: {}, fields: [], trace_id: null, answer: null } as IpcError;
    for (const edit of edits) this.#take(edit);
    if (closing) this.done.push('closed');
    this.seq += edits.length;
    const { saved_at, check, update } = this.view();
    return { seq: this.seq, saved_at, check, changes: update?.changes ?? [] };
  }

  async keep(path: string): Promise<DraftView> {
    await this.gate;
    if (this.full) throw { code: 'store.full', params: {}, fields: [], trace_id: null, answer: null } as IpcError;
    this.done.push(`keep ${path}`);
    this.texts.set(path, READ[path] ?? '');
    this.seq += 1;
    return this.view();
  }

  #take(edit: Edit): void {
    this.done.push(edit.op === 'set' ? `set ${edit.path} ${edit.text}`.trim() : edit.op);
    if (edit.op === 'set' && edit.text === '') this.texts.delete(edit.path);
    else if (edit.op === 'set') this.texts.set(edit.path, edit.text);
    else if (edit.op === 'remove_person') {
      this.persons = [];
      for (const path of [...this.texts.keys()]) if (path.includes('/p1/')) this.texts.delete(path);
    } else if (edit.op === 'add_person') this.persons = [edit.person];
  }

  editor(): DraftEditor {
    return new DraftEditor(this.view(), {
      save: (request) => this.save(request),
      keep: (path) => this.keep(path),
      reveal: this.reveal,
      toError: (thrown) => thrown as IpcError,
      announce: (what) => this.said.push(what),
    });
  }
}

const rest = () => vi.advanceTimersByTimeAsync(1_000);
let program: Program;
let editor: DraftEditor;
beforeEach(() => {
  vi.useFakeTimers();
  program = new Program();
  editor = program.editor();
});
afterEach(() => vi.useRealTimers());

function write(path: string, text: string): void {
  editor.enter(path);
  editor.type(path, text);
}

describe('a hidden value', () => {
  it('has a mask and no text, and is not empty', () => {
    expect([editor.text(NUMBER), editor.update.mask(NUMBER)]).toEqual(['', '••••4567']);
    const missing = checkOf({ missing: [{ path: NUMBER, section: 'business_person_list', requirement: 'house' }] });
    editor.check = missing;
    expect(editor.stillEmpty).toEqual([]);
  });

  it('gives way to what is typed, which is one edit', async () => {
    write(NUMBER, 'E');
    editor.type(NUMBER, 'EJ');
    expect(editor.update.mask(NUMBER), 'at once').toBeNull();
    expect(editor.update.isChanged(NUMBER)).toBe(true);
    editor.leave(NUMBER);
    await rest();
    expect(program.done).toEqual([`set ${NUMBER} EJ`]);
    expect([editor.text(NUMBER), editor.update.count('business_person_list')]).toEqual(['EJ', 1]);
  });

  it('is cleared as one step of the form, which is sent', async () => {
    editor.enter(EMAIL);
    editor.clear(EMAIL);
    await rest();
    expect(program.done).toEqual([`set ${EMAIL}`]);
    expect([editor.text(EMAIL), editor.update.mask(EMAIL), editor.update.isChanged(EMAIL)]).toEqual(['', null, true]);
    expect(editor.undo()?.at).toBe(EMAIL);
    await rest();
    expect(editor.update.mask(EMAIL)).toBe(MASKS[EMAIL]);
  });

  it.each([
    ['in the field', () => undefined],
    ['after it was left', () => editor.leave(NUMBER)],
  ])('comes back when the first typing is undone: %s', async (_, leave) => {
    write(NUMBER, 'E');
    leave();
    await rest();
    expect(editor.undoIsOfForm, 'the field itself has no mask to go back to').toBe(true);
    editor.undo();
    await rest();
    expect(program.done.at(-1)).toBe(`keep ${NUMBER}`);
    expect([editor.text(NUMBER), editor.update.mask(NUMBER)]).toEqual(['', '••••4567']);
    editor.leave(NUMBER);
    await rest();
    expect(program.done.at(-1), 'nothing is changed by leaving').toBe(`keep ${NUMBER}`);
    editor.redo();
    await rest();
    expect([editor.text(NUMBER), program.texts.get(NUMBER)]).toEqual(['E', 'E']);
  });

  it('that was shown to be changed is not shown any more when it comes back', async () => {
    await editor.update.show(NUMBER);
    expect(editor.update.shown(NUMBER)).toBe(READ[NUMBER]);
    write(NUMBER, 'K12345678');
    editor.leave(NUMBER);
    await rest();
    editor.keep(NUMBER);
    await rest();
    expect([editor.update.mask(NUMBER), editor.update.shown(NUMBER)]).toEqual(['••••4567', null]);
  });

  it('is hidden again when it was typed as it was read, once the user is elsewhere', async () => {
    write(NUMBER, 'K1234567');
    await rest();
    expect(editor.text(NUMBER), 'not under the user').toBe('K1234567');
    editor.leave(NUMBER);
    await rest();
    expect([editor.text(NUMBER), editor.update.mask(NUMBER)]).toEqual(['', '••••4567']);
  });

  it('is not hidden while what was typed is not kept', async () => {
    let go: () => void = () => undefined;
    program.gate = new Promise((resolve) => (go = resolve));
    write(NUMBER, 'EJ');
    editor.leave(NUMBER);
    await rest();
    expect(editor.text(NUMBER)).toBe('EJ');
    go();
    await rest();
    expect(editor.text(NUMBER)).toBe('EJ');
  });

  it('goes and comes back with its person', async () => {
    editor.removePerson('p1');
    await rest();
    expect(editor.update.hidden()).toEqual([EMAIL]);
    editor.undo();
    await rest();
    expect(program.done).toEqual(['remove_person', 'add_person', `keep ${NUMBER}`, `keep ${STREET}`]);
    expect([program.texts.get(STREET), editor.update.mask(STREET)]).toEqual([READ[STREET], MASKS[STREET]]);
  });

  it('gives way to the registration address, and comes back when that is undone', async () => {
    editor.linkAddress('p1', true);
    await rest();
    expect([editor.text(STREET), program.texts.get(STREET)]).toEqual([READ[LINE], READ[LINE]]);
    editor.undo();
    await rest();
    expect([program.texts.get(STREET), editor.update.mask(STREET)]).toEqual([READ[STREET], MASKS[STREET]]);
  });

  it('that a pasted address took the place of comes back after the block', async () => {
    const city = STREET.replace('line1', 'city');
    editor.enter(STREET);
    editor.type(STREET, '5 Mill Lane, Leeds');
    editor.split(STREET, [
      [city, 'Leeds'],
      [STREET, '5 Mill Lane'],
    ]);
    await rest();
    expect([editor.text(STREET), editor.text(city)]).toEqual(['5 Mill Lane', 'Leeds']);
    editor.undo();
    await rest();
    expect([editor.text(STREET), editor.text(city)]).toEqual(['5 Mill Lane, Leeds', '']);
    editor.undo();
    await rest();
    expect([program.texts.get(STREET), editor.update.mask(STREET)]).toEqual([READ[STREET], MASKS[STREET]]);
  });
});

describe('"Keep as it was"', () => {
  it.each([
    [NAME, 'Acme', null],
    [NUMBER, '', '••••4567'],
  ])('%s stands as it was read, and Ctrl+Z takes that back', async (path, text, mask) => {
    write(path, 'Other');
    editor.leave(path);
    await rest();
    const kept = editor.keep(path);
    await rest();
    expect(await kept).toBe(true);
    expect([editor.text(path), editor.update.mask(path), editor.update.isChanged(path)]).toEqual([text, mask, false]);
    expect(editor.seq, 'the review names the newest edit').toBe(program.seq);
    editor.undo();
    await rest();
    expect([editor.text(path), program.texts.get(path)]).toEqual(['Other', 'Other']);
  });

  it('has nothing to do for a field that is as it was read', async () => {
    expect([editor.keep(NAME), editor.keep(NUMBER)]).toEqual([null, null]);
    await rest();
    expect(program.done).toEqual([]);
  });

  it('comes after what was typed before it, and does not undo what is typed after it', async () => {
    write(NAME, 'Other');
    await rest();
    let go: () => void = () => undefined;
    program.gate = new Promise((resolve) => (go = resolve));
    editor.keep(NAME);
    await rest();
    editor.type(NAME, 'Newest');
    await rest();
    go();
    await rest();
    expect(program.done).toEqual([`set ${NAME} Other`, `keep ${NAME}`, `set ${NAME} Newest`]);
    expect(editor.text(NAME)).toBe('Newest');
  });

  it.each<[string, () => void, string[]]>([
    ['typed', () => editor.type(EMAIL, '66'), ['55', '66']],
    ['undone', () => void editor.undo(), ['55']],
    ['undone and done again', () => [editor.undo(), editor.redo()], ['55', 'keep']],
  ])('does not overtake what was %s before its turn', async (_, then, ends) => {
    let go: () => void = () => undefined;
    program.gate = new Promise((resolve) => (go = resolve));
    write(EMAIL, '55');
    await rest();
    expect(editor.keep(EMAIL)).not.toBeNull();
    await rest();
    then();
    go();
    await rest();
    const ended = program.done.map((done) => (done.startsWith('keep') ? 'keep' : (done.split(' ').at(-1) ?? '')));
    expect([...new Set(ended)]).toEqual(ends);
    const shown = editor.update.mask(EMAIL) === null ? editor.text(EMAIL) : READ[EMAIL];
    expect(program.texts.get(EMAIL), 'the form shows what is kept').toBe(shown);
  });

  it('waits for what could not be saved before it, and is told once it is there', async () => {
    write(NAME, 'Othe');
    await rest();
    program.unsaved = true;
    editor.type(NAME, 'Other');
    const kept = vi.fn();
    void editor.keep(NAME)?.then(kept);
    await rest();
    expect([kept.mock.calls, program.done, editor.text(NAME)]).toEqual([[], [`set ${NAME} Othe`], 'Other']);
    expect(editor.keep(NAME), 'it is asked for already').toBeNull();
    program.unsaved = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect([kept.mock.calls, editor.text(NAME), program.texts.get(NAME)]).toEqual([[[true]], 'Acme', 'Acme']);
    expect(program.said).toEqual(['failed', 'recovered']);
  });

  it('an undo that waits brings the value back, also of a person that went meanwhile', async () => {
    editor.clear(NUMBER);
    await rest();
    program.unsaved = true;
    editor.addPerson();
    editor.undo();
    editor.undo();
    await rest();
    expect(editor.update.mask(NUMBER)).toBeNull();
    editor.removePerson('p1');
    editor.undo();
    program.unsaved = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect([program.texts.get(NUMBER), editor.update.mask(NUMBER)]).toEqual([READ[NUMBER], MASKS[NUMBER]]);
    expect(await editor.brought).toBe(true);
  });

  it('is waited for by the way out', async () => {
    write(NAME, 'Other');
    editor.leave(NAME);
    await rest();
    let go: () => void = () => undefined;
    program.gate = new Promise((resolve) => (go = resolve));
    editor.type(EMAIL, 'n@x.example');
    editor.keep(NAME);
    const closed = vi.fn();
    void editor.close().then(closed);
    await rest();
    expect(closed).not.toHaveBeenCalled();
    go();
    await rest();
    expect(closed).toHaveBeenCalledWith(true);
    expect(program.done.slice(1)).toEqual([`set ${EMAIL} n@x.example`, `keep ${NAME}`, 'closed']);
  });

  it('holds the way out while it cannot be done', async () => {
    write(NAME, 'Othe');
    await rest();
    program.unsaved = true;
    editor.type(NAME, 'Other');
    editor.keep(NAME);
    expect(await editor.close()).toBe(false);
    program.unsaved = false;
    const closed = editor.close();
    await rest();
    expect([await closed, program.texts.get(NAME)]).toEqual([true, 'Acme']);
  });

  it('says when it could not be done, and what was typed stays', async () => {
    write(NAME, 'Other');
    await rest();
    program.full = true;
    const kept = editor.keep(NAME);
    await rest();
    expect(await kept, 'nothing else is said').toBe(false);
    expect([program.said, editor.text(NAME)]).toEqual([['not_kept'], 'Other']);
    editor.type(NAME, 'Others');
    await rest();
    expect(program.texts.get(NAME), 'saving goes on').toBe('Others');
  });
});

it('the ID of ours cannot be changed once the platform has it', () => {
  expect([editor.isFixed('partner_customer_id'), editor.isFixed(NAME)]).toEqual([true, false]);
});
