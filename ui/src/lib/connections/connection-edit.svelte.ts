import { asIpcError, call, type ConnectionSave, type ConnectionView, type IpcError, type Revision } from '$lib/ipc';
import { connections as words } from '$lib/words/connections';

type Field = 'name' | 'base_url' | 'revision' | 'api_key' | 'api_secret';

/** What is typed over a connection and not saved yet. */
export class ConnectionEdit {
  readonly connection: ConnectionView;
  name = $state('');
  baseUrl = $state('');
  revision = $state<Revision>('typed');
  /** A new secret while one is being typed; none while the old one stays. */
  apiKey = $state<string | null>(null);
  apiSecret = $state<string | null>(null);
  saving = $state(false);
  failure = $state.raw<IpcError | null>(null);

  constructor(connection: ConnectionView) {
    this.connection = connection;
    this.#fill(connection);
  }

  /** What differs from the connection as it is; what is absent stays. */
  changes: ConnectionSave = $derived.by(() => {
    const { connection } = this;
    const changed = <T>(next: T, old: T): T | null => (next === old ? null : next);
    return {
      connection: connection.id,
      name: changed(this.name, connection.name),
      base_url: connection.practice || connection.host_fixed ? null : changed(this.baseUrl, connection.base_url),
      revision:
        connection.revision === null || connection.practice ? null : changed(this.revision, connection.revision),
      api_key: this.apiKey,
      api_secret: this.apiSecret,
    };
  });
  dirty: boolean = $derived(
    Object.entries(this.changes).some(([key, value]) => key !== 'connection' && value !== null),
  );

  /** Forgets what was typed. */
  discard(): void {
    this.#fill(this.connection);
  }

  /** Keeps the changes. Gives the connection as it is now, or nothing where something is wrong (see `failure`). */
  async save(): Promise<ConnectionView | null> {
    this.saving = true;
    try {
      const saved = await call('connection_save', this.changes);
      // Secrets do not stay in the page any longer than they must.
      this.apiKey = null;
      this.apiSecret = null;
      this.failure = null;
      return saved;
    } catch (thrown) {
      this.failure = asIpcError(thrown);
      return null;
    } finally {
      this.saving = false;
    }
  }

  /** The words about a field that was refused. */
  problem(field: Field): string | null {
    return fieldProblem(this.failure, field);
  }

  #fill(connection: ConnectionView): void {
    this.name = connection.name;
    this.baseUrl = connection.base_url;
    this.revision = connection.revision ?? 'typed';
    this.apiKey = null;
    this.apiSecret = null;
    this.failure = null;
  }
}

/** The words about one field of a refused request. */
export function fieldProblem(failure: IpcError | null, field: string): string | null {
  const error = failure?.fields.find((at) => at.path === field);
  return error ? words.fieldError(field, error) : null;
}

/** Whether a refused request says anything that stands at no field. */
export function isGeneral(failure: IpcError | null): failure is IpcError {
  return failure !== null && failure.fields.length === 0;
}
