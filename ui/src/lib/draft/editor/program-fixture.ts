// For tests: a program that keeps what an editor sends.
import { vi } from 'vitest';
import type { Check, DraftSave, DraftSavedView, IpcError } from '$lib/ipc/bindings';
import { checkOf, draftOf } from '../fixture';
import { DraftEditor } from './draft-editor.svelte';

const FULL: IpcError = { code: 'store.full', params: {}, fields: [], trace_id: null, answer: null };

/** The program: it answers only when a test lets it. */
export class Program {
  requests: DraftSave[] = [];
  said: string[] = [];
  check: Check = checkOf();
  #open: { resolve(view: DraftSavedView): void; reject(error: IpcError): void }[] = [];

  save = (request: DraftSave): Promise<DraftSavedView> => {
    this.requests.push(structuredClone(request));
    return new Promise((resolve, reject) => this.#open.push({ resolve, reject }));
  };

  async answer(check: Check = this.check): Promise<void> {
    this.#open.shift()?.resolve({ seq: this.requests.length, saved_at: '2026-11-21T06:33:00Z', check, changes: [] });
    await vi.advanceTimersByTimeAsync(0);
  }

  async fail(): Promise<void> {
    this.#open.shift()?.reject(FULL);
    await vi.advanceTimersByTimeAsync(0);
  }

  editor(view = draftOf()): DraftEditor {
    return new DraftEditor(view, {
      save: this.save,
      toError: (thrown) => thrown as IpcError,
      announce: (what) => this.said.push(what),
    });
  }

  texts(at: number): string[] {
    return (this.requests[at]?.edits ?? []).map((edit) => (edit.op === 'set' ? edit.text : edit.op));
  }
}
