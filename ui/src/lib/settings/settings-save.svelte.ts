import { asIpcError, type SettingsSave } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { errorText } from '$lib/words/errors';
import { settings as words } from '$lib/words/settings';

/** The time as every view says it. */
const now = () => new Date().toISOString();

/** Saves one setting at a time, at once, and says that it was saved. */
export class SettingsSaving {
  state = $state<'saved' | 'saving' | 'failed'>('saved');
  /** When the last change was saved; none before the first. */
  at = $state<string | undefined>(undefined);
  #last: { change: Partial<SettingsSave>; what: string; value: string } | null = null;

  /** Saves a change: `what` is the setting, `value` what it is now, both in words. */
  async save(change: Partial<SettingsSave>, what: string, value: string): Promise<void> {
    this.#last = { change, what, value };
    this.state = 'saving';
    try {
      await app.save(change);
      this.state = 'saved';
      this.at = now();
      announcer.say(words.saved(what, value));
    } catch (thrown) {
      this.state = 'failed';
      announcer.alert(errorText(asIpcError(thrown)));
    }
  }

  /** Tries the last change again. */
  async retry(): Promise<void> {
    if (this.#last) await this.save(this.#last.change, this.#last.what, this.#last.value);
  }
}
