import { beforeNavigate, goto } from '$app/navigation';
import type { Reveal } from '$lib/customer/reveal.svelte';
import { asIpcError, call } from '$lib/ipc';
import type { DraftView } from '$lib/ipc/bindings';
import { announcer } from '$lib/shell/announcer.svelte';
import { saveBeforeClosing } from '$lib/shell/closing';
import { reviewHref } from '$lib/shell/routes';
import { draft as words } from '$lib/words/draft';
import { errorText } from '$lib/words/errors';
import { setAddressWords } from '$lib/words/fields';
import { update } from '$lib/words/update';
import { useDocuments } from '../documents/documents.svelte';
import { DraftActions } from '../draft-actions';
import { DraftEditor } from './draft-editor.svelte';
import { draftMasks } from './draft-masks';
import { FormView } from '../form-view.svelte';

/** What a screen needs to write a draft. Call it while the screen is made: it guards the way out. */
export function draftSession(
  draft: DraftView,
  fromReview: boolean,
): { editor: DraftEditor; view: FormView; actions: DraftActions; masks: Reveal | undefined } {
  const masks = draft.update === null ? undefined : draftMasks(draft.id, (path) => editor.update.mask(path) !== null);
  const editor: DraftEditor = new DraftEditor(draft, {
    save: (request) => call('draft_save', request),
    toError: asIpcError,
    keep: (path) => call('draft_keep', { draft: draft.id, path, reason: null }),
    reveal: masks,
    announce: (what, error) => {
      if (what === 'not_kept') announcer.alert(update.keepFailed(error ? errorText(error) : ''));
      else if (what === 'failed' && error) announcer.alert(words.saveFailed(errorText(error)));
      else announcer.say(words.saveRecovered);
    },
  });
  guardLeaving(editor);
  const unsaid = setAddressWords(editor.addresses.names);
  $effect(() => unsaid);
  $effect(() =>
    saveBeforeClosing(async () => {
      const kept = await editor.close();
      if (!kept) announcer.alert(words.cannotLeave);
      return kept;
    }),
  );
  const view = new FormView(editor);
  if (draft.connection.capabilities.files) useDocuments(editor, view);
  const actions = new DraftActions(editor, view, () => void goto(reviewHref(draft.id)), fromReview);
  return { editor, view, actions, masks };
}

/** Nothing leaves the form that is not on the disk: the way on waits for the answer, and stays where there is none. */
function guardLeaving(editor: DraftEditor): void {
  let leaving = false;
  beforeNavigate((navigation) => {
    if (leaving || navigation.willUnload || editor.readOnly) return;
    const to = navigation.to?.url;
    navigation.cancel();
    void editor.close().then((kept) => {
      if (!kept || !to) return announcer.alert(words.cannotLeave);
      leaving = true;
      return goto(to);
    });
  });
}
