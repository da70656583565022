import type { Attachment } from 'svelte/attachments';
import { holdsFiles } from '$lib/shell/dropped';

/** Makes an element take files that are dropped on it, or pasted while it holds the focus. None takes nothing. */
export function takesFiles(take: ((files: File[]) => void) | null): Attachment<HTMLElement> {
  return (element) => {
    if (!take) return;
    const mark = (on: boolean) => element.toggleAttribute('data-drop', on);
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      mark(true);
    };
    const leave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) mark(false);
    };
    const drop = (event: DragEvent) => {
      mark(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      take([...(event.dataTransfer?.files ?? [])]);
    };
    const paste = (event: ClipboardEvent) => {
      const data = event.clipboardData;
      // A table or a text processor adds a picture of the text that was copied: the text is meant.
      if (!data?.files.length || (data.types.includes('text/html') && data.getData('text/plain').trim() !== '')) return;
      event.preventDefault();
      take([...data.files]);
    };
    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener('dragover', over, { signal });
    element.addEventListener('dragleave', leave, { signal });
    element.addEventListener('drop', drop, { signal });
    element.addEventListener('paste', paste, { signal });
    return () => stop.abort();
  };
}
