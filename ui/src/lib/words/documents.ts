import type { DocumentView, FileType, Message } from '$lib/ipc';
import { errorText, errorWords } from './errors';
import { counted, time } from './format';

const TYPES: Record<FileType, string> = {
  business_registration: 'Business registration',
  article_of_association: 'Articles of association',
  invoice: 'Invoice',
  contract: 'Contract',
  main_page: 'Main page',
  back_page: 'Back page',
};
const KINDS: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/tiff': 'TIFF',
};

/** A size as people say it: `812 kB`, `1.2 MB` (10^6 bytes). */
function size(bytes: number): string {
  if (bytes < 1_000) return counted(bytes, 'byte', 'bytes');
  return bytes < 999_500 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function kind(file: DocumentView): string {
  return KINDS[file.media_type] ?? file.media_type;
}

function facts({ pages, size: bytes }: DocumentView): string {
  return pages === null ? size(bytes) : `${counted(pages, 'page', 'pages')}, ${size(bytes)}`;
}

/** Why it did not leave yet, or when it is tried again. */
function waiting(next_at: string | null, reason: Message | null): string {
  if (next_at !== null) return `Waiting, tried again at ${time(next_at)}`;
  return reason ? `Waiting. ${errorWords(reason).says}` : 'Waiting to be sent';
}

/** Words of the files of a draft. */
export const documents = {
  types: TYPES,
  /** What a file of the business can be; those of a person say it by their field. */
  choices: (['business_registration', 'article_of_association', 'invoice', 'contract'] as const).map((value) => ({
    value,
    label: TYPES[value],
  })),
  typeOf: (field: string) => `Kind of file, ${field}`,
  /** What it is to the platform, and in itself. */
  about: (file: DocumentView) => `${TYPES[file.file_type]}, ${kind(file)}, ${facts(file)}`,

  action: { choose: 'Choose file', cancel: 'Cancel', retry: 'Retry', preview: 'Preview' },
  actionOf: (action: string, field: string) => `${action}, ${field}`,
  chooseAnother: 'Choose another file',
  remove: 'Remove the file',
  more: 'More for this file',

  reading: 'Reading the file…',
  progress: (name: string) => `Sending ${name}`,
  state: (file: DocumentView): string => {
    const it = `${file.name}, ${kind(file)}, ${facts(file)}.`;
    switch (file.state) {
      case 'waiting':
        return `${it} ${waiting(file.next_at, file.reason)}`;
      case 'sending':
        return `${it} Sending, ${Math.floor((100 * file.sent) / Math.max(1, file.size))} %`;
      case 'sent':
        return `${it} Sent`;
      case 'failed':
        return `${file.name} is not sent. ${file.reason ? errorText(file.reason) : ''}`.trim();
    }
  },
  several: 'A field takes one file. Choose one of them.',

  added: (name: string) => `${name} added`,
  sent: (name: string) => `${name} sent`,
  removed: (name: string) => `${name} removed`,

  source: 'Source document',
  previewOf: (name: string) => `Preview of ${name}`,
  making: 'Making the preview…',
  noPicture: (file: DocumentView) => `No preview of a ${kind(file)}. ${facts(file)}`,
};
