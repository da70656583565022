import { tick, untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { FieldNote } from '$lib/components/Field.svelte';
import { asIpcError, call, job } from '$lib/ipc';
import type { DocumentListView, DocumentView, FileType } from '$lib/ipc/bindings';
import { announcer } from '$lib/shell/announcer.svelte';
import { outbox } from '$lib/shell/outbox.svelte';
import { documents as words } from '$lib/words/documents';
import { errorText, errorWords } from '$lib/words/errors';
import type { DraftEditor } from '../editor/draft-editor.svelte';
import type { FormView } from '../form-view.svelte';
import { keyOf } from '../paths';
import { readFile } from './read-file';

/** What can be done next about a field's file: the one action beside it. */
export type FileAction = 'choose' | 'cancel' | 'retry' | 'preview';

/** The files of an open draft: where each stands, what went wrong at which field, and what can be done about it. */
export class Documents {
  list = $state.raw<readonly DocumentView[]>([]);
  /** What a field says of a file that was not taken, as long as its text is the one it had then. */
  readonly #refused = new SvelteMap<string, { text: string; at: string }>();
  /** Fields at which something is being done; a file is being read where it says so. */
  readonly #busy = new SvelteMap<string, 'reading' | ''>();
  readonly #types = new SvelteMap<string, FileType>();
  /** The file to look at beside the form: that of the field the user is in, else the last one that was added. */
  readonly shown: DocumentView | null = $derived.by(() => {
    const here = this.list.find(({ path }) => path === this.editor.here);
    return here ?? this.list.at(-1) ?? null;
  });

  #limit = 0;
  #asked = 0;
  #known = false;

  constructor(
    private readonly editor: DraftEditor,
    /** Shows the file beside the form, and goes there. */
    private readonly show: () => unknown,
  ) {}

  /** The file of a field. An id that was typed over the one that came is not of this file any more. */
  at(path: string): DocumentView | null {
    const found = this.list.find((file) => file.path === path);
    return !found || (found.state === 'sent' && found.file_id !== this.editor.text(path)) ? null : found;
  }

  /** The fields of a list that hold a file. */
  under(list: string): string[] {
    return this.list.flatMap(({ path }) => (path.startsWith(`${list}/`) ? path : []));
  }

  /** What the field says below itself about its file. */
  note(path: string): FieldNote | null {
    const refused = this.#refused.get(path);
    if (refused?.at === this.editor.text(path)) return { kind: 'error', text: refused.text };
    if (this.#busy.get(path)) return { kind: 'hint', text: words.reading };
    const file = this.at(path);
    if (!file) return null;
    const stopped = file.reason && errorWords(file.reason).severity !== 'stopped';
    return { kind: file.state !== 'failed' ? 'hint' : stopped ? 'warning' : 'error', text: words.state(file) };
  }

  /** What a file for this field is to the platform. */
  typeOf(path: string): FileType {
    const key = keyOf(path);
    if (key !== 'business_identifier_document_list') return key.includes('_back_') ? 'back_page' : 'main_page';
    return this.#types.get(path) ?? (path.endsWith('/0') ? 'business_registration' : 'article_of_association');
  }

  setType(path: string, type: FileType): void {
    this.#types.set(path, type);
  }

  actionOf(path: string): FileAction {
    const state = this.at(path)?.state;
    if (state === undefined) return 'choose';
    return state === 'failed' ? 'retry' : state === 'sent' ? 'preview' : 'cancel';
  }

  /** Does the one action of a field. */
  async act(path: string): Promise<void> {
    const file = this.at(path);
    const action = this.actionOf(path);
    if (!file || action === 'choose') return void (await this.choose(path));
    if (action === 'preview') return void this.show();
    await this.#run(path, () => call(`document_${action}`, { document: file.id }));
  }

  choose(path: string): Promise<unknown> {
    const request = { draft: this.editor.view.id, path, file_type: this.typeOf(path) };
    return this.#run(path, () => job('document_choose', request).done);
  }

  /** Files that were dropped on the field, or pasted into it. */
  async add(path: string, files: readonly File[]): Promise<void> {
    const [file] = files;
    if (!file) return;
    if (files.length > 1) return this.#refuse(path, words.several);
    const request = { draft: this.editor.view.id, path, file_type: this.typeOf(path), name: file.name };
    const add = async () => call('document_add', { ...request, content: await readFile(file, this.#limit) });
    await this.#run(path, add, 'reading');
  }

  /** Removes a file. False where it could not be, which the field says. */
  remove(file: DocumentView): Promise<boolean> {
    return this.#run(file.path, () => call('document_remove', { document: file.id }));
  }

  /** News came. What neither waits nor is being sent stands as it stood. */
  follow(): void {
    if (!this.#known || this.list.some(({ state }) => state === 'waiting' || state === 'sending')) void this.load();
  }

  async load(): Promise<void> {
    const number = ++this.#asked;
    try {
      await this.#took(await call('document_list', { draft: this.editor.view.id }), number);
    } catch {
      // The next news asks again.
    }
  }

  async #run(path: string, work: () => Promise<DocumentListView>, doing: 'reading' | '' = ''): Promise<boolean> {
    if (this.#busy.has(path)) return false;
    this.#busy.set(path, doing);
    this.#refused.delete(path);
    try {
      const view = await work();
      await this.#took(view, ++this.#asked);
      return true;
    } catch (thrown) {
      const error = asIpcError(thrown);
      if (error.code !== 'cancelled') this.#refuse(path, errorText(error));
      return false;
    } finally {
      this.#busy.delete(path);
    }
  }

  #refuse(path: string, text: string): void {
    this.#refused.set(path, { text, at: this.editor.text(path) });
    announcer.alert(text);
  }

  /** Takes a list in. An older answer than the newest question is none. */
  async #took(view: DocumentListView, number: number): Promise<void> {
    const before = (id: string) => this.list.find((file) => file.id === id);
    const landed = view.documents.filter(
      (file) =>
        file.state === 'sent' && before(file.id)?.state !== 'sent' && file.file_id !== this.editor.text(file.path),
    );
    const gone = this.list.filter((file) => !view.documents.some(({ id }) => id === file.id));
    // The program put an id into a field, or took one out: this field is read again, and nothing else.
    const paths = [...landed, ...gone.filter(({ state }) => state === 'sent')].map(({ path }) => path);
    const draft = paths.length > 0 ? await call('draft_open', { draft: this.editor.view.id }) : null;
    if (number !== this.#asked) return;
    for (const path of draft ? paths : []) if (draft) this.editor.take(draft, path);
    const [known, old] = [this.#known, this.list];
    this.list = view.documents;
    this.#limit = view.limit_bytes;
    this.#known = true;
    if (known) this.#say(old, gone);
  }

  #say(before: readonly DocumentView[], gone: readonly DocumentView[]): void {
    for (const file of this.list) {
      const old = before.find(({ id }) => id === file.id);
      if (file.state === old?.state) continue;
      if (file.state === 'failed') announcer.alert(words.state(file));
      else if (file.state === 'sent') announcer.say(words.sent(file.name));
      else if (!old) announcer.say(words.added(file.name));
    }
    const replaced = (path: string) => this.list.some((file) => file.path === path);
    for (const { name, path } of gone) if (!replaced(path)) announcer.say(words.removed(name));
  }
}

/** The files of a draft while its form is open. Call it while the form is made. */
export function useDocuments(editor: DraftEditor, view: FormView): void {
  const files = new Documents(editor, async () => {
    // Beside the form where there is room for it, else in the drawer.
    view.drawer = window.matchMedia('(max-width: 1199px)').matches;
    await tick();
    document.getElementById('source')?.focus();
  });
  editor.documents = files;
  $effect(() => {
    void outbox.changes;
    untrack(() => files.follow());
  });
}
