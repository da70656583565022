// What waits, is unknown or in conflict: one subscription for the life of the window, whose news every screen that shows
// it reads. It says by itself only what left for good while the user was elsewhere (UX.md B4 "Announced").
import { areKeysRefused } from '$lib/draft/outcome';
import { asIpcError, call, job, type IpcError, type OutboxRowView } from '$lib/ipc';
import { outbox as words } from '$lib/words/outbox';
import { announcer } from './announcer.svelte';
import { app } from './app.svelte';

/** News that come together are one: a look-up changes the row, then the draft, then the counts. */
const TOGETHER_MS = 150;
/** Before the subscription starts again after it failed. */
const AGAIN_MS = 5_000;
/** Sent today, the newest first; what has just left is among them. */
const SENT_MAX = 200;

type Watch = ReturnType<typeof job<'outbox_watch'>>;

export class Outbox {
  /** Grows with whatever changes. A screen that shows something of the outbox reads it in an effect, and asks again. */
  changes = $state(0);
  /** Conflicts, then what is unknown, then the queue in its order. None before the first answer. */
  rows = $state.raw<readonly OutboxRowView[] | null>(null);
  /** Why the rows may be old. */
  error = $state.raw<IpcError | null>(null);
  #asked = 0;
  #news: ReturnType<typeof setTimeout> | undefined;

  /** Everything paused waits for keys that the platform takes. */
  keysRefused: boolean = $derived.by(() => {
    const paused = (this.rows ?? []).filter((row) => row.delivery.state === 'paused');
    return paused.length > 0 && paused.every((row) => areKeysRefused(row.delivery.reason?.code ?? ''));
  });

  /** Subscribes. Returns how to stop. */
  start(): () => void {
    let again: ReturnType<typeof setTimeout> | undefined;
    let watch: Watch | null = null;
    const begin = () => {
      const one: Watch = job('outbox_watch', {}, ({ event }) => {
        if (event === 'advanced' && watch === one) this.#hear();
      });
      watch = one;
      // However it ended: what happened until it starts again is not told, so it is asked for then.
      const ended = () => {
        if (watch !== one) return;
        again = setTimeout(() => {
          begin();
          this.#hear();
        }, AGAIN_MS);
      };
      one.done.then(ended, ended);
    };
    begin();
    return () => {
      const last = watch;
      watch = null;
      clearTimeout(again);
      clearTimeout(this.#news);
      this.#news = undefined;
      last?.cancel().catch(() => undefined);
    };
  }

  /** Another environment has other rows: those of before did not leave, they are only not shown. */
  enter(): void {
    this.rows = null;
    void this.load();
  }

  /** Asks for the rows. */
  async load(): Promise<void> {
    const number = ++this.#asked;
    try {
      const { rows } = await call('outbox_list', {});
      if (number !== this.#asked) return;
      const before = this.rows ?? [];
      this.rows = rows;
      this.error = null;
      // A conflict is ended by a person, who sees it end.
      const gone = before.filter(
        (row) => row.delivery.state !== 'conflict' && !rows.some((left) => left.draft === row.draft),
      );
      await sayAccepted(gone).catch(() => undefined);
    } catch (thrown) {
      if (number === this.#asked) this.error = asIpcError(thrown);
    }
  }

  /** Takes in what a command of this window has changed, without waiting for the news of it. */
  async refresh(): Promise<void> {
    this.changes += 1;
    await Promise.all([app.refresh(), this.load()]);
  }

  #hear(): void {
    this.#news ??= setTimeout(() => {
      this.#news = undefined;
      void this.refresh();
    }, TOGETHER_MS);
  }
}

/** Says which of those that left the outbox were accepted, but for the one whose own screen is open: it says so itself. */
async function sayAccepted(gone: OutboxRowView[]): Promise<void> {
  const { pathname, search } = window.location;
  const open = /^\/(draft|review)$/.test(pathname) ? new URLSearchParams(search).get('id') : null;
  const elsewhere = gone.filter((row) => row.draft !== open);
  if (elsewhere.length === 0) return;
  const request = { query: '', group: 'sent_today' as const, deleted: false, offset: 0, limit: SENT_MAX };
  const { drafts } = await call('draft_list', request);
  const sent = elsewhere.filter((row) => drafts.some((draft) => draft.id === row.draft));
  if (sent.length > 0) announcer.say(words.sentSaid(sent.map((row) => row.name.trim() || row.local_name.trim())));
}

/** The one of the window. */
export const outbox = new Outbox();
