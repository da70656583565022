import { beforeNavigate, goto } from '$app/navigation';
import { asIpcError, call } from '$lib/ipc';
import type { DraftView } from '$lib/ipc/bindings';
import { announcer } from '$lib/shell/announcer.svelte';
import { saveBeforeClosing } from '$lib/shell/closing';
import { reviewHref } from '$lib/shell/routes';
import { draft as words } from '$lib/words/draft';
import { errorText } from '$lib/words/errors';
import { DraftActions } from '../draft-actions';
import { DraftEditor } from './draft-editor.svelte';
import { FormView } from '../form-view.svelte';

/** What a screen needs to write a draft. Call it while the screen is made: it guards the way out. */
export function draftSession(
  draft: DraftView,
  fromReview: boolean,
): { editor: DraftEditor; view: FormView; actions: DraftActions } {
  const editor = new DraftEditor(draft, {
    save: (request) => call('draft_save', request),
    toError: asIpcError,
    announce: (what, error) => {
      if (what === 'failed' && error) announcer.alert(words.saveFailed(errorText(error)));
      else announcer.say(words.saveRecovered);
    },
  });
  guardLeaving(editor);
  $effect(() =>
    saveBeforeClosing(async () => {
      const kept = await editor.close();
      if (!kept) announcer.alert(words.cannotLeave);
      return kept;
    }),
  );
  const view = new FormView(editor);
  return { editor, view, actions: new DraftActions(editor, view, () => void goto(reviewHref(draft.id)), fromReview) };
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
