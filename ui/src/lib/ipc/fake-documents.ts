// Files of a draft on made-up answers: `?fake=files` shows one of each state, `?fake=slow-files` never ends a sending.
import type { DocumentListView, DocumentView, FileType, IpcError } from './bindings';
import { fake } from './fake';

/** The ids that landed, by their field: the draft that is opened again has them. */
export const landed = new Map<string, string>();

const LIMIT = 10_000_000;
const SLOTS = 'business_details/business_identifier_document_list/';
const PERSON = 'business_person_list/p2/identification/';
const base: DocumentView = {
  id: '',
  path: `${PERSON}id_document_front_file_id`,
  file_type: 'main_page',
  name: 'passport-al-marri.png',
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
const EACH: Partial<DocumentView>[] = [
  {
    path: `${SLOTS}0`,
    file_type: 'business_registration',
    name: 'certificate-of-incorporation.pdf',
    media_type: 'application/pdf',
    pages: 3,
    preview: false,
    state: 'sent',
    file_id: 'file_8c1f20b7a9d4',
  },
  {
    path: `${SLOTS}1`,
    file_type: 'article_of_association',
    name: 'articles.pdf',
    media_type: 'application/pdf',
    pages: 42,
    size: 8_700_000,
    preview: false,
    reason: { code: 'network.refused', params: {} },
    next_at: new Date(Date.now() + 180_000).toISOString(),
  },
  { state: 'sending', sent: 558_000 },
  {
    path: `${PERSON}id_document_back_file_id`,
    file_type: 'back_page',
    name: 'passport-al-marri-back.jpg',
    media_type: 'image/jpeg',
    size: 812_000,
    state: 'failed',
    reason: { code: 'document.stopped', params: {} },
  },
];

function fail(code: string, params: Record<string, string> = {}): IpcError {
  return { code, params, fields: [], trace_id: null, answer: null };
}

/** A picture that looks like a page: bars on paper. */
function paper(): string {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [560, 400];
  const on = canvas.getContext('2d');
  if (!on) return '';
  on.fillStyle = '#fbf7ec';
  on.fillRect(0, 0, 560, 400);
  on.fillStyle = '#c9bfa5';
  on.fillRect(36, 60, 150, 190);
  for (let line = 0; line < 7; line += 1) on.fillRect(220, 64 + line * 30, 300 - (line % 3) * 60, 12);
  for (let line = 0; line < 2; line += 1) on.fillRect(36, 310 + line * 34, 488, 16);
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}

/** Answers the commands about files. */
export function answerDocuments(wish: readonly string[]): void {
  let files: DocumentView[] = (wish.includes('files') ? EACH : []).map((part, at) => ({
    ...base,
    ...part,
    id: `f${at}`,
  }));
  for (const { path, file_id } of files) if (file_id !== null) landed.set(path, file_id);
  const view = (): DocumentListView => ({ documents: files, limit_bytes: LIMIT });
  const change = (id: string, part: Partial<DocumentView>) => {
    files = files.map((file) => (file.id === id ? { ...file, ...part } : file));
    fake.advance('outbox_watch');
    return view();
  };
  const send = (id: string) => {
    const one = files.find((file) => file.id === id);
    if (one?.state !== 'waiting' && one?.state !== 'sending') return;
    const sent = one.sent + one.size / 5;
    const slow = wish.includes('slow-files');
    if (sent < one.size || slow) {
      change(id, { state: 'sending', sent: slow ? one.size * 0.45 : sent });
    } else {
      landed.set(one.path, `file_${id}c1f20b7a9d4`);
      change(id, { state: 'sent', sent: one.size, file_id: landed.get(one.path) ?? null });
    }
    setTimeout(() => send(id), 700);
  };
  let count = 0;
  const add = (path: string, file_type: FileType, part: Partial<DocumentView>) => {
    const id = `new${(count += 1)}`;
    landed.delete(path);
    files = [...files.filter((file) => file.path !== path), { ...base, ...part, path, file_type, id }];
    setTimeout(() => send(id), 700);
    return view();
  };

  fake
    .on('document_list', view)
    .on('document_choose', async ({ path, file_type }) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      if (wish.includes('no-file')) throw fail('cancelled');
      if (wish.includes('other-kind')) throw fail('document.other_kind', { name: 'scan.png', found: 'PDF' });
      return add(path, file_type, {});
    })
    .on('document_add', ({ path, file_type, name, content }) => {
      const png = /\.png$/i.test(name);
      if (!png && !/\.(jpe?g|pdf|tiff?)$/i.test(name)) throw fail('document.kind', { name });
      const media_type = png ? 'image/png' : /\.pdf$/i.test(name) ? 'application/pdf' : 'image/jpeg';
      const size = Math.floor((content.length * 3) / 4);
      return add(path, file_type, { name, media_type, size, preview: media_type.startsWith('image') });
    })
    .on('document_cancel', ({ document }) =>
      change(document, { state: 'failed', sent: 0, reason: { code: 'document.stopped', params: {} } }),
    )
    .on('document_retry', ({ document }) => {
      setTimeout(() => send(document), 700);
      return change(document, { state: 'waiting', sent: 0, reason: null });
    })
    .on('document_remove', ({ document }) => {
      for (const file of files) if (file.id === document) landed.delete(file.path);
      files = files.filter((file) => file.id !== document);
      return view();
    })
    .on('document_preview', () => ({ media_type: 'image/png', content: paper(), width: 560, height: 400 }));
}
