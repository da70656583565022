import { asIpcError } from '$lib/ipc';
import { errorText } from '$lib/words/errors';
import { shell } from '$lib/words/shell';
import { announcer } from './announcer.svelte';
import { app } from './app.svelte';

/** The steps that a browser has: people know them. */
export const ZOOM_STEPS_PERCENT = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const;

/** What was asked for and not answered yet: presses come faster than answers. */
let asked: number | null = null;

/** The step after or before a size, which need not be a step itself; 0 is the usual size. The ends stay. */
export function zoomStep(from: number, by: 1 | 0 | -1): number {
  if (by === 0) return 100;
  if (by > 0) return ZOOM_STEPS_PERCENT.find((step) => step > from) ?? from;
  return ZOOM_STEPS_PERCENT.findLast((step) => step < from) ?? from;
}

/** Makes everything one step larger or smaller, or as usual. */
export async function zoom(by: 1 | 0 | -1): Promise<void> {
  const to = zoomStep(asked ?? app.view?.zoom_percent ?? 100, by);
  await zoomTo(to);
}

/** Makes everything as large as this, and says so. */
export async function zoomTo(percent: number): Promise<void> {
  asked = percent;
  try {
    await app.save({ zoom_percent: percent });
    announcer.say(shell.zoomed(percent));
  } catch (thrown) {
    announcer.alert(errorText(asIpcError(thrown)));
  } finally {
    if (asked === percent) asked = null;
  }
}
