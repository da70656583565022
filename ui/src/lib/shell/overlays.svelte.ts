// What lies over any screen, or in its place: the palette, the help, the first start. None of it is needed for the
// first screen: each comes when it is asked for.
import { tick, type Component } from 'svelte';
import { shell } from '$lib/words/shell';
import { announcer } from './announcer.svelte';
import { holdKeys } from './held-keys';

type Overlay = Component<{ open: boolean }, object, 'open'>;

const LOADERS = {
  palette: () => import('$lib/palette/Palette.svelte'),
  help: () => import('$lib/palette/Help.svelte'),
  look_up: () => import('$lib/customer/lookup/LookupDialog.svelte'),
  no_draft: () => import('./NoNewDraft.svelte'),
};

/** The first screen comes first; then what a key opens is fetched, so that the key need not wait. */
const AFTER_FIRST_SCREEN_MS = 1_500;

class Overlays {
  palette = $state(false);
  help = $state(false);
  look_up = $state(false);
  no_draft = $state(false);
  /** What was fetched. */
  parts = $state.raw<Partial<Record<keyof typeof LOADERS, Overlay>>>({});

  /** Opens one of them. Behind a question nothing else begins. */
  async open(name: keyof typeof LOADERS): Promise<void> {
    if (document.querySelector('dialog[open]')) return;
    if (this.parts[name]) this[name] = true;
    // What is typed meanwhile belongs to what opens.
    else await holdKeys(() => this.#fetchAndOpen(name));
  }

  async #fetchAndOpen(name: keyof typeof LOADERS): Promise<void> {
    await this.#load(name);
    if (!this.parts[name]) return;
    this[name] = true;
    await tick();
  }

  /** Fetches all of them some time after the first screen. Returns how not to. */
  fetchLater(): () => void {
    const timer = setTimeout(() => {
      for (const name of ['palette', 'help'] as const) void this.#load(name);
    }, AFTER_FIRST_SCREEN_MS);
    return () => clearTimeout(timer);
  }

  async #load(name: keyof typeof LOADERS): Promise<void> {
    try {
      const part = (await LOADERS[name]()).default as Overlay;
      this.parts = { ...this.parts, [name]: part };
    } catch {
      announcer.alert(shell.lazyFailed);
    }
  }
}

export const overlays = new Overlays();
