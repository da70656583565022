import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ipcError } from '$lib/ipc';
import type { DocumentView } from '$lib/ipc/bindings';
import { fake } from '$lib/ipc/fake';
import { DraftEditor } from '../editor/draft-editor.svelte';
import { checkOf, draftOf } from '../fixture';
import { Documents } from './documents.svelte';
import SourceDocument from './SourceDocument.svelte';

const SLOT = 'business_details/business_identifier_document_list/0';
const FRONT = 'business_person_list/p1/identification/id_document_front_file_id';

const PDF: DocumentView = {
  id: 'f1',
  path: SLOT,
  file_type: 'business_registration',
  name: 'certificate.pdf',
  media_type: 'application/pdf',
  size: 1_200_000,
  pages: 3,
  state: 'waiting',
  sent: 0,
  file_id: null,
  reason: null,
  next_at: null,
  preview: false,
};
const PICTURE: DocumentView = {
  ...PDF,
  id: 'f2',
  path: FRONT,
  file_type: 'main_page',
  name: 'passport.png',
  media_type: 'image/png',
  pages: null,
  preview: true,
};

let editor: DraftEditor;
let files: Documents;
let kept: DocumentView[];
const draws = vi.fn();

async function open(readonly = false): Promise<void> {
  await files.load();
  render(SourceDocument, { files, readonly });
}

beforeEach(() => {
  fake.reset();
  draws.mockReset();
  kept = [PDF, PICTURE];
  vi.stubGlobal(
    'createImageBitmap',
    vi.fn((blob: Blob) => Promise.resolve({ width: 8, height: 5, type: blob.type, size: blob.size })),
  );
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({
    transferFromImageBitmap: draws,
  } as never);
  fake
    .on('document_list', () => ({ documents: kept, limit_bytes: 10_000_000 }))
    .on('document_preview', () => ({ media_type: 'image/png', content: btoa('pixels'), width: 8, height: 5 }))
    .on('document_remove', ({ document }) => {
      kept = kept.filter(({ id }) => id !== document);
      return { documents: kept, limit_bytes: 10_000_000 };
    });
  const view = draftOf({ persons: ['p1'] });
  editor = new DraftEditor(view, {
    save: () => Promise.resolve({ seq: 1, saved_at: '', check: checkOf(), changes: [] }),
    toError: () => ipcError('store.failed'),
    announce: () => undefined,
  });
  files = new Documents(editor, () => undefined);
});

describe('the source document', () => {
  test('is absent where there is no file', async () => {
    kept = [];
    await open();
    expect(screen.queryByText('Source document')).toBeNull();
  });

  test('is the last one that was added, drawn of the picture that the program made', async () => {
    await open();
    expect(await screen.findByRole('img', { name: 'Preview of passport.png' })).toBeTruthy();
    expect(screen.getByText('Main page, PNG, 1.2 MB')).toBeTruthy();
    expect(draws).toHaveBeenCalledWith({ width: 8, height: 5, type: 'image/png', size: 6 });
    expect(document.querySelector('img, iframe, object, embed'), 'nothing loads the file itself').toBeNull();
  });

  test('is that of the field with the focus', async () => {
    await open();
    editor.enter(SLOT);
    await screen.findByText('certificate.pdf');
    expect(screen.getByText('No preview of a PDF. 3 pages, 1.2 MB')).toBeTruthy();
    expect(fake.requests('document_preview')).toEqual([{ document: 'f2' }]);
  });

  test('says why there is no picture', async () => {
    fake.on('document_preview', () => {
      throw ipcError('document.unreadable');
    });
    await open();
    expect(await screen.findByText(/The file could not be read/)).toBeTruthy();
    expect(screen.queryByRole('img')).toBeNull();
  });

  test('a picture that comes late is not drawn over the next one', async () => {
    let answer: () => void = () => undefined;
    fake.on('document_preview', () =>
      new Promise<void>((done) => (answer = done)).then(() => ({
        media_type: 'image/png',
        content: btoa('old'),
        width: 1,
        height: 1,
      })),
    );
    await open();
    await waitFor(() => expect(fake.requests('document_preview')).toHaveLength(1));
    editor.enter(SLOT);
    await screen.findByText('certificate.pdf');
    answer();
    await new Promise((resolve) => setTimeout(resolve));
    expect(draws).not.toHaveBeenCalled();
  });

  test('is removed from its menu, and the focus goes to the field', async () => {
    await open();
    const field = document.createElement('input');
    field.id = 'f-business_person_list-p1-identification-id_document_front_file_id';
    document.body.append(field);
    await userEvent.click(screen.getByRole('menuitem', { name: 'Remove the file', hidden: true }));
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(fake.requests('document_remove')).toEqual([{ document: 'f2' }]);
    field.remove();
  });

  test('of a draft that is on the way it only shows', async () => {
    await open(true);
    expect(await screen.findByRole('img')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
