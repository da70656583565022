// What the whole window shares: whether the program can work, its connections, the network, the colours.
import {
  asIpcError,
  call,
  type AppView,
  type ConnectionView,
  type IpcError,
  type Phase,
  type SettingsSave,
} from '$lib/ipc';

/** How often the state is asked for: the network and the tests of connections change without the page. */
const REFRESH_MS = 5_000;
/** The same while the store is being opened: somebody is waiting. */
const STARTING_MS = 250;

/** What stays as it is has to be said as such. */
const UNCHANGED: SettingsSave = {
  theme: null,
  density: null,
  date_order: null,
  language: null,
  zoom_percent: null,
  welcome: null,
  current_connection: null,
  when_offline: null,
  notify: null,
};

export class AppState {
  /** The last answer; none before the first. */
  view = $state.raw<AppView | null>(null);
  /** Why there is no answer at all: the program itself is at fault. */
  failure = $state.raw<IpcError | null>(null);
  /** The connection of the record on the screen, which the strip names instead of the chosen one (DECISIONS 1). */
  #record = $state.raw<ConnectionView | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Questions are numbered, so that an answer that was overtaken does not bring an older state back. */
  #asked = 0;
  #taken = 0;
  #saving: Promise<unknown> = Promise.resolve();
  #running = false;
  #begun: Promise<void> | null = null;

  phase: Phase = $derived(this.view?.phase ?? { state: 'starting' });
  ready: boolean = $derived(this.phase.state === 'ready');
  connections: ConnectionView[] = $derived(this.view?.connections ?? []);
  /** The connection that was chosen; its environment is the window's. */
  current: ConnectionView | null = $derived(
    this.connections.find((connection) => connection.id === this.view?.current_connection) ?? null,
  );
  /** What the strip names. */
  shown: ConnectionView | null = $derived(this.#record ?? this.current);
  isRecord: boolean = $derived(this.#record !== null);

  /** A connection by its id; none where it is archived or of another computer. */
  connection(id: string): ConnectionView | null {
    return this.connections.find((connection) => connection.id === id) ?? null;
  }

  /** Asks for the state again; call it after whatever changes it. */
  async refresh(): Promise<void> {
    await this.#take(call('app_status', {}));
  }

  /** Tries again to open the store. */
  async retry(): Promise<void> {
    await this.#take(call('app_retry', {}));
  }

  /** Changes settings; what is not named stays. Rejects with an `IpcError`. */
  async save(settings: Partial<SettingsSave>): Promise<void> {
    const answer = this.#newest(call('settings_save', { ...UNCHANGED, ...settings }));
    this.#saving = answer.catch(() => undefined);
    await answer;
  }

  /** Waits for settings that are being changed: what comes next is meant for the connection just chosen. */
  async settled(): Promise<void> {
    await this.#saving;
  }

  /** Lets the strip name a record's own connection. Give the result to `$effect`: it takes the name back. */
  nameRecord(connection: ConnectionView): () => void {
    this.#record = connection;
    return () => {
      if (this.#record === connection) this.#record = null;
    };
  }

  /** Asks for the state before anything is drawn; `start` goes on from that answer. */
  begin(): Promise<void> {
    this.#begun = this.refresh();
    return this.#begun;
  }

  /** Starts asking. Returns how to stop. */
  start(): () => void {
    this.#running = true;
    const again = () => void this.refresh();
    window.addEventListener('focus', again);
    void this.#loop();
    return () => {
      this.#running = false;
      clearTimeout(this.#timer);
      window.removeEventListener('focus', again);
    };
  }

  async #loop(): Promise<void> {
    await (this.#begun ?? this.refresh());
    this.#begun = null;
    if (!this.#running) return;
    this.#timer = setTimeout(() => void this.#loop(), this.phase.state === 'starting' ? STARTING_MS : REFRESH_MS);
  }

  async #newest(answer: Promise<AppView>): Promise<void> {
    const number = ++this.#asked;
    const view = await answer;
    if (number < this.#taken) return;
    this.#taken = number;
    this.view = view;
  }

  async #take(answer: Promise<AppView>): Promise<void> {
    try {
      await this.#newest(answer);
      this.failure = null;
    } catch (thrown) {
      this.failure = asIpcError(thrown);
    }
  }
}

/** The one state of the window. */
export const app = new AppState();
