import { asIpcError, call, ipcError } from '$lib/ipc';
import type { ConnectionSave, ConnectionView, IpcError, Kind, Revision, UploadEncoding, UploadView } from '$lib/ipc';
import { app } from '$lib/shell/app.svelte';
import { connections as words } from '$lib/words/connections';
import { now } from './now';

type Field =
  'name' | 'base_url' | 'revision' | 'api_key' | 'api_secret' | 'token_url' | 'token_scope' | 'upload/limit_mb';

/** The largest file that a connection may take, in MB (10^6 bytes). */
const LIMIT_MB = { min: 1, max: 100 };

/** What of a production connection changes only after the environment's name was typed (UX.md B8). */
const GUARDED = ['base_url', 'revision', 'api_key', 'api_secret', 'token_url', 'token_scope'] as const;
export type GuardedField = (typeof GUARDED)[number];

interface Typed {
  name: string | null;
  base_url: string | null;
  revision: Revision | null;
  api_key: string | null;
  api_secret: string | null;
  token_url: string | null;
  token_scope: string | null;
  encoding: UploadEncoding | null;
  limit_mb: string | null;
}

const NOTHING: Typed = {
  name: null,
  base_url: null,
  revision: null,
  api_key: null,
  api_secret: null,
  token_url: null,
  token_scope: null,
  encoding: null,
  limit_mb: null,
};

/** What is typed over a connection and not saved yet. What others change meanwhile shows where nothing was typed. */
export class ConnectionEdit {
  readonly #source: () => ConnectionView;
  #typed = $state<Typed>({ ...NOTHING });
  saving = $state(false);
  failure = $state.raw<IpcError | null>(null);
  /** When it was last saved here; RFC 3339. */
  savedAt = $state<string | null>(null);

  /** `source` gives the connection as it is now. */
  constructor(source: () => ConnectionView) {
    this.#source = source;
  }

  get connection(): ConnectionView {
    return this.#source();
  }

  get name(): string {
    return this.#typed.name ?? this.connection.name;
  }
  set name(text: string) {
    this.#typed.name = text;
  }
  get baseUrl(): string {
    return this.#typed.base_url ?? this.connection.base_url;
  }
  set baseUrl(text: string) {
    this.#typed.base_url = text;
  }
  get revision(): Revision {
    return this.#typed.revision ?? this.connection.revision ?? 'typed';
  }
  set revision(revision: Revision) {
    this.#typed.revision = revision;
  }
  /** A new secret while one is being typed; none while the old one stays. */
  get apiKey(): string | null {
    return this.#typed.api_key;
  }
  set apiKey(text: string | null) {
    this.#typed.api_key = text;
  }
  get apiSecret(): string | null {
    return this.#typed.api_secret;
  }
  set apiSecret(text: string | null) {
    this.#typed.api_secret = text;
  }

  get tokenUrl(): string {
    return this.#typed.token_url ?? this.connection.token_url ?? '';
  }
  set tokenUrl(text: string) {
    this.#typed.token_url = text;
  }
  get tokenScope(): string {
    return this.#typed.token_scope ?? this.connection.token_scope ?? '';
  }
  set tokenScope(text: string) {
    this.#typed.token_scope = text;
  }

  get encoding(): UploadEncoding {
    return this.#typed.encoding ?? this.connection.upload.encoding;
  }
  set encoding(encoding: UploadEncoding) {
    this.#typed.encoding = encoding;
  }
  get limitMb(): string {
    return this.#typed.limit_mb ?? String(this.connection.upload.limit_mb);
  }
  set limitMb(text: string) {
    this.#typed.limit_mb = text;
  }

  /** How files are to be sent; none where that stays. A limit that is no number is refused before anything is sent. */
  get #upload(): UploadView | null {
    const { upload } = this.connection;
    const next = { encoding: this.encoding, limit_mb: Number(this.limitMb) };
    return next.encoding === upload.encoding && next.limit_mb === upload.limit_mb ? null : next;
  }

  /** What differs from the connection as it is; what is absent stays. */
  changes: ConnectionSave = $derived.by(() => {
    const { connection } = this;
    const addressStays = connection.practice || connection.host_fixed;
    const tokens = connection.kind === 'bultra' && !connection.practice;
    const changed = <T>(next: T, old: T): T | null => (next === old ? null : next);
    return {
      connection: connection.id,
      name: changed(this.name, connection.name),
      base_url: addressStays ? null : changed(this.baseUrl, connection.base_url),
      revision:
        connection.revision === null || connection.practice ? null : changed(this.revision, connection.revision),
      api_key: this.apiKey,
      api_secret: this.apiSecret,
      upload: this.#upload,
      token_url: !tokens || addressStays ? null : changed(this.tokenUrl, connection.token_url ?? ''),
      token_scope: tokens ? changed(this.tokenScope, connection.token_scope ?? '') : null,
    };
  });
  dirty: boolean = $derived(
    Object.entries(this.changes).some(([key, value]) => key !== 'connection' && value !== null),
  );
  /** The changes that ask for the name of the environment first. */
  guarded: GuardedField[] = $derived(
    this.connection.environment === 'production' ? GUARDED.filter((field) => this.#changes(field)) : [],
  );

  /** A secret whose field is open and empty stays what it is. */
  #changes(field: GuardedField): boolean {
    const next = this.changes[field];
    return field === 'api_key' || field === 'api_secret' ? Boolean(next?.trim()) : next !== null;
  }

  /** Forgets what was typed. */
  discard(): void {
    this.#typed = { ...NOTHING };
    this.failure = null;
  }

  /** Keeps the changes. Gives the connection as it is now, or nothing where something is wrong (see `failure`). */
  async save(): Promise<ConnectionView | null> {
    if (this.saving) return null;
    const limit = this.changes.upload?.limit_mb ?? LIMIT_MB.min;
    if (!Number.isInteger(limit) || limit < LIMIT_MB.min || limit > LIMIT_MB.max) {
      const at = { path: 'upload/limit_mb', code: 'field.required', params: {} };
      this.failure = { ...ipcError('request.unreadable'), fields: [at] };
      return null;
    }
    const sent = this.changes;
    const before = { ...this.#typed };
    this.saving = true;
    try {
      const saved = await call('connection_save', sent);
      // Read again first, so that no field shows what was there before for a moment.
      await app.refresh();
      // Secrets do not stay in the page any longer than they must. What was typed meanwhile does.
      for (const field of Object.keys(NOTHING) as (keyof Typed)[]) {
        if (this.#typed[field] === before[field]) this.#typed[field] = null;
      }
      this.failure = null;
      this.savedAt = now();
      return saved;
    } catch (thrown) {
      this.failure = asIpcError(thrown);
      return null;
    } finally {
      this.saving = false;
    }
  }

  /** The words about a field that was refused, when saving or by the last test. What is typed over it is not judged yet. */
  problem(field: Field): string | null {
    const refused = fieldProblem(this.failure, field, this.connection.kind);
    if (refused) return refused;
    const { tested, practice, host_fixed } = this.connection;
    const code = tested?.problem?.code;
    if (!code || practice || field === 'name' || field === 'revision' || field === 'upload/limit_mb') return null;
    if ((field === 'base_url' || field === 'token_url') && host_fixed) return null;
    if (this.changes[field] !== null) return null;
    if (code === 'credentials.missing' && (field === 'api_key' || field === 'api_secret') && !this.connection[field])
      return words.credentialMissing(words.secrets[this.connection.kind][field]);
    return words.refusedAt(this.connection.kind, code, field);
  }
}

/** The words about one field of a refused request. */
export function fieldProblem(failure: IpcError | null, field: string, kind?: Kind): string | null {
  const error = failure?.fields.find((at) => at.path === field);
  return error ? words.fieldError(field, error, kind) : null;
}

/** Puts the focus in the first field of the open question that was refused. */
export function focusRefused(): void {
  document.querySelector<HTMLElement>('dialog[open] [aria-invalid="true"]')?.focus();
}

/** Whether a refused request says anything that stands at no field. */
export function isGeneral(failure: IpcError | null): failure is IpcError {
  return failure !== null && failure.fields.length === 0;
}
