import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ipcError } from '$lib/ipc';
import type { DocumentState, DocumentView, DraftView, FieldView } from '$lib/ipc/bindings';
import { fake } from '$lib/ipc/fake';
import { announcer } from '$lib/shell/announcer.svelte';
import { refuseDrops } from '$lib/shell/dropped';
import { DraftActions } from '../draft-actions';
import { DraftEditor } from '../editor/draft-editor.svelte';
import DocumentList from '../fields/DocumentList.svelte';
import FormField from '../fields/FormField.svelte';
import { checkOf, draftOf, FIELDS } from '../fixture';
import { FormView } from '../form-view.svelte';
import { domId, forPerson } from '../paths';
import { Documents } from './documents.svelte';

const FRONT = forPerson('business_person_list/*/identification/id_document_front_file_id', 'p1');
const NAME = forPerson('business_person_list/*/basic_info/first_name_english', 'p1');
const SLOTS = 'business_details/business_identifier_document_list';
const LIMIT = 10_000_000;
const fieldOf = (path: string) => FIELDS.find((field) => forPerson(field.path, 'p1') === path) as FieldView;

const FILE: DocumentView = {
  id: 'f1',
  path: FRONT,
  file_type: 'main_page',
  name: 'passport.png',
  media_type: 'image/png',
  size: 1_240_000,
  pages: null,
  state: 'waiting',
  sent: 0,
  file_id: null,
  reason: null,
  next_at: null,
  preview: true,
};

let editor: DraftEditor;
let files: Documents;
/** The draft as the program has it, and its files. */
let draft: DraftView;
let kept: DocumentView[];
const show = vi.fn();

const input = (path = FRONT) => document.getElementById(domId(path)) as HTMLInputElement;
const below = (path = FRONT) => document.getElementById(`${domId(path)}-note`)?.textContent?.trim();
const action = () => screen.getByRole('button', { name: /, (Front|Certificate) file ID/ });
const picture = (bytes = 5_000, name = 'scan.png') => new File([new Uint8Array(bytes)], name, { type: 'image/png' });
const view = () => ({ documents: kept, limit_bytes: LIMIT });

/** An event that carries files, as a drop or a paste does. */
function carry(on: Element | Window, type: string, what: File[], texts: Record<string, string> = {}): Event {
  const event = new Event(type, { bubbles: true, cancelable: true });
  const data = {
    files: what,
    types: [...(what.length > 0 ? ['Files'] : []), ...Object.keys(texts)],
    getData: (kind: string) => texts[kind] ?? '',
    dropEffect: '',
  };
  Object.assign(event, { [type === 'paste' ? 'clipboardData' : 'dataTransfer']: data });
  on.dispatchEvent(event);
  return event;
}

async function stand(part: Partial<DocumentView>): Promise<void> {
  kept = [{ ...FILE, ...part }];
  await files.load();
}

beforeEach(async () => {
  fake.reset();
  show.mockReset();
  announcer.polite = announcer.urgent = '';
  draft = draftOf({ persons: ['p1'] });
  kept = [];
  fake
    .on('document_list', view)
    .on('draft_open', () => draft)
    .on('document_add', ({ path, file_type, name }) => {
      kept = [{ ...FILE, path, file_type, name, size: 5_000 }];
      return view();
    })
    .on('document_choose', ({ path, file_type }) => {
      kept = [{ ...FILE, path, file_type }];
      return view();
    });
  editor = new DraftEditor(draft, {
    save: () => Promise.resolve({ seq: 1, saved_at: '', check: checkOf(), changes: [] }),
    toError: () => ipcError('store.failed'),
    announce: () => undefined,
  });
  files = new Documents(editor, show);
  editor.documents = files;
  await files.load();
});

describe('a field that wants a file', () => {
  beforeEach(() => void render(FormField, { editor, field: fieldOf(FRONT), path: FRONT }));

  test.each<[DocumentState, Partial<DocumentView>, RegExp, string]>([
    ['waiting', {}, /^passport\.png, PNG, 1\.2 MB\. Waiting to be sent$/, 'Cancel'],
    ['waiting', { next_at: '2026-11-21T14:32:00' }, /Waiting, tried again at 14:32$/, 'Cancel'],
    [
      'waiting',
      { reason: { code: 'network.refused', params: {} } },
      /Waiting\. Nothing answers at the address/,
      'Cancel',
    ],
    ['sending', { sent: 558_000 }, /Sending, 45 %$/, 'Cancel'],
    ['sent', { file_id: 'file_1' }, /Sent$/, 'Preview'],
    [
      'failed',
      { reason: { code: 'answer.error', params: {} } },
      /^Error: passport\.png is not sent\. The platform/,
      'Retry',
    ],
    ['failed', { reason: { code: 'document.stopped', params: {} } }, /^Warning: passport\.png is not sent/, 'Retry'],
    ['waiting', { media_type: 'application/pdf', pages: 3, size: 812_400 }, /PDF, 3 pages, 812 kB/, 'Cancel'],
  ])('%s %j is said below it, with one action', async (state, part, says, does) => {
    draft = { ...draft, texts: [{ path: FRONT, text: 'file_1' }] };
    await stand({ state, ...part });
    await waitFor(() => expect(below()).toMatch(says));
    expect(screen.getAllByRole('button')).toHaveLength(1);
    expect(action().textContent?.trim()).toBe(does);
  });

  test('what is being sent shows how far it is, and axe finds nothing', async () => {
    await stand({ state: 'sending', sent: 620_000 });
    const bar = await screen.findByRole<HTMLProgressElement>('progressbar', { name: 'Sending passport.png' });
    expect(bar.position).toBe(0.5);
    const { violations } = await axe.run(document.body, {
      rules: { region: { enabled: false }, 'color-contrast': { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  test('a file is chosen, cancelled and retried by keys alone', async () => {
    fake.on('document_cancel', () => {
      kept = [{ ...FILE, state: 'failed', reason: { code: 'document.stopped', params: {} } }];
      return view();
    });
    fake.on('document_retry', () => {
      kept = [FILE];
      return view();
    });
    await userEvent.tab();
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(fake.requests('document_choose')).toEqual([{ draft: draft.id, path: FRONT, file_type: 'main_page' }]);
    await waitFor(() => expect(announcer.polite).toBe('passport.png added'));
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(announcer.urgent).toMatch(/^passport\.png is not sent/));
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(below()).toMatch(/Waiting/));
    expect(fake.requests('document_retry')).toEqual([{ document: 'f1' }]);
    expect(document.activeElement, 'the focus stays on the action').toBe(action());
  });

  test('an id that was typed has no action to pass on the way', async () => {
    await userEvent.type(input(), 'file_9');
    await userEvent.tab();
    expect(document.activeElement).toBe(document.body);
  });

  test('nothing is said of a dialog that was closed', async () => {
    fake.on('document_choose', () => {
      throw ipcError('cancelled');
    });
    await userEvent.click(action());
    expect(below()).toBe('');
    expect(announcer.urgent).toBe('');
  });

  test.each(['drop', 'paste'])('%s of one file adds it with its bytes', async (type) => {
    const event = carry(input(), type, [new File(['%PDF-'], 'passport.png', { type: 'image/png' })]);
    expect(event.defaultPrevented, 'nothing else happens to it').toBe(true);
    await waitFor(() => expect(below()).toMatch(/Waiting/));
    expect(fake.requests('document_add')).toEqual([
      { draft: draft.id, path: FRONT, file_type: 'main_page', name: 'passport.png', content: btoa('%PDF-') },
    ]);
  });

  test.each<[string, string, File[], Record<string, string>]>([
    ['a text', 'paste', [], { 'text/plain': 'file_7' }],
    [
      'cells of a table, which come with their picture',
      'paste',
      [picture()],
      { 'text/html': '<b>', 'text/plain': 'a' },
    ],
    ['a text that is dragged', 'drop', [], { 'text/plain': 'file_7' }],
  ])('%s is left to the field', (_what, type, what, texts) => {
    expect(carry(input(), type, what, texts).defaultPrevented).toBe(false);
    expect(fake.requests('document_add')).toEqual([]);
  });

  test.each<[string, () => File[], string]>([
    ['too large', () => [picture(LIMIT + 1)], 'The file has 10.1 MB. The connection takes 10 MB at most.'],
    ['empty', () => [picture(0)], 'The file is empty.'],
    ['two', () => [picture(), picture()], 'A field takes one file.'],
  ])('%s is refused before a byte is read, and what stood in the field stays', async (_what, what, says) => {
    const reads = vi.spyOn(FileReader.prototype, 'readAsDataURL');
    await userEvent.type(input(), 'file_9');
    carry(input(), 'drop', what());
    await waitFor(() => expect(below()).toContain(says));
    expect(input().getAttribute('aria-invalid')).toBe('true');
    expect(announcer.urgent).toContain(says);
    expect(input().value).toBe('file_9');
    expect(reads).not.toHaveBeenCalled();
    expect(fake.requests('document_add')).toEqual([]);
    reads.mockRestore();
  });

  test('what the program refuses stands at the field until the next try', async () => {
    fake.on('document_add', () => {
      throw ipcError('document.other_kind', { name: 'scan.png', found: 'PDF' });
    });
    carry(input(), 'drop', [picture()]);
    await waitFor(() => expect(below()).toMatch(/scan\.png is not what its name says: it holds PDF/));
    await userEvent.click(action());
    await waitFor(() => expect(below()).toMatch(/Waiting/));
  });

  test('what was refused is not said of another text', async () => {
    await userEvent.type(input(), 'file_');
    carry(input(), 'drop', [picture(0)]);
    await waitFor(() => expect(below()).toContain('The file is empty.'));
    await userEvent.type(input(), '9');
    expect(below()).not.toContain('The file is empty.');
  });

  test.each([
    ['the field', () => input(), 1],
    ['its action', () => action(), 1],
    ['elsewhere after it', () => document.body, 0],
  ])('Ctrl+O with the focus on %s', async (_, on, times) => {
    input().focus();
    if (on() === document.body) input().blur();
    else on().focus();
    new DraftActions(editor, new FormView(editor), () => undefined).press({ does: 'choose' });
    if (times > 0) await waitFor(() => expect(below()).toMatch(/Waiting/));
    else await new Promise((resolve) => setTimeout(resolve));
    expect(fake.requests('document_choose')).toHaveLength(times);
  });

  test('the field shows that it would take the file that is over it', async () => {
    const place = input().closest('.place');
    carry(input(), 'dragover', [picture()]);
    expect(place?.hasAttribute('data-drop')).toBe(true);
    await fireEvent.dragLeave(place as Element);
    expect(place?.hasAttribute('data-drop')).toBe(false);
  });

  test('a file that is dropped elsewhere does nothing; a text is not in the way', () => {
    refuseDrops();
    for (const type of ['dragover', 'drop']) {
      expect(carry(document.body, type, [picture()]).defaultPrevented).toBe(true);
      expect(carry(document.body, type, [], { 'text/plain': 'a' }).defaultPrevented).toBe(false);
    }
    expect(fake.requests('document_add')).toEqual([]);
  });
});

describe('an id that lands in its field', () => {
  beforeEach(() => {
    render(FormField, { editor, field: fieldOf(FRONT), path: FRONT });
    render(FormField, { editor, field: fieldOf(NAME), path: NAME });
  });

  test('appears while something else is typed, which stays', async () => {
    await stand({ state: 'sending', sent: 1 });
    input(NAME).focus();
    await userEvent.type(input(NAME), 'Lay');
    draft = { ...draft, seq: 7, texts: [{ path: FRONT, text: 'file_1' }] };
    await stand({ state: 'sent', file_id: 'file_1' });
    await userEvent.type(input(NAME), 'la');
    expect(input().value).toBe('file_1');
    expect(input(NAME).value).toBe('Layla');
    expect(editor.seq).toBe(7);
    expect(announcer.polite).toBe('passport.png sent');
    expect(document.activeElement).toBe(input(NAME));
    await editor.queue.flush();
    expect(editor.text(NAME)).toBe('Layla');
  });

  test('is one step of the form: undo brings back what stood there, redo the id', async () => {
    await userEvent.type(input(), 'mine');
    await userEvent.tab();
    await editor.queue.flush();
    await stand({ state: 'sending' });
    draft = { ...draft, texts: [{ path: FRONT, text: 'file_1' }] };
    await stand({ state: 'sent', file_id: 'file_1' });
    const texts = [() => editor.undo(), () => editor.undo(), () => editor.redo(), () => editor.redo()].map((step) => {
      step();
      return editor.text(FRONT);
    });
    expect(texts).toEqual(['mine', '', 'mine', 'file_1']);
  });

  test('does not go over what is typed in it and not kept yet', async () => {
    await stand({ state: 'sending' });
    editor.composing(true);
    editor.composing(false);
    editor.type(FRONT, 'mine');
    draft = { ...draft, texts: [{ path: FRONT, text: 'file_1' }] };
    await stand({ state: 'sent', file_id: 'file_1' });
    expect(input().value).toBe('mine');
    await waitFor(() => expect(action().textContent?.trim(), 'the file is not of this text').toBe('Choose file'));
  });

  test('is read again once, and nothing more is asked for when all have landed', async () => {
    await stand({ state: 'waiting' });
    files.follow();
    draft = { ...draft, texts: [{ path: FRONT, text: 'file_1' }] };
    await stand({ state: 'sent', file_id: 'file_1' });
    const asked = fake.requests('document_list').length;
    files.follow();
    expect(fake.requests('document_list')).toHaveLength(asked);
    expect(fake.requests('draft_open')).toHaveLength(1);
  });
});

describe('the slots of a business', () => {
  beforeEach(() => void render(DocumentList, { editor, field: fieldOf(`${SLOTS}/0`), list: SLOTS }));
  const kind = () => screen.getByRole<HTMLSelectElement>('combobox', { name: /^Kind of file/ });

  test('a file that could not be removed keeps its id, which is said', async () => {
    fake.on('document_remove', () => {
      throw ipcError('store.full');
    });
    const [one, two] = [`${SLOTS}/0`, `${SLOTS}/1`];
    editor.type(one, 'file_1');
    editor.type(two, 'file_2');
    kept = [{ ...FILE, path: two, state: 'sent', file_id: 'file_2' }];
    await files.load();
    await userEvent.click(await screen.findByRole('button', { name: 'Remove file ID 2' }));
    expect([editor.text(one), editor.text(two)]).toEqual(['file_1', 'file_2']);
    expect(below(two)).toMatch(/full/);
  });

  test('the first is for the registration, the next for the articles, and each can be something else', async () => {
    expect(kind().value).toBe('business_registration');
    await userEvent.selectOptions(kind(), 'contract');
    await userEvent.click(action());
    expect(fake.requests('document_choose').map(({ file_type }) => file_type)).toEqual(['contract']);
    await userEvent.click(await screen.findByRole('button', { name: 'Add file ID' }));
    expect(kind().value).toBe('article_of_association');
    expect([...kind().options].map(({ label }) => label)).toEqual([
      'Business registration',
      'Articles of association',
      'Invoice',
      'Contract',
    ]);
  });
});
