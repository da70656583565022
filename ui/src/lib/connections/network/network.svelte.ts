import { asIpcError, call, type AuthorityView, type IpcError, type NetworkSave, type SettingsView } from '$lib/ipc';
import { now } from '../now';

const NOTHING: NetworkSave = { proxy: null, authorities_pem: null, remove_authority: null };

/** How the platforms are reached: the proxy, and authorities trusted beside the system's. */
export class Network {
  /** What is in force; none before it was read. */
  view = $state.raw<SettingsView | null>(null);
  /** Why it could not be read. */
  unread = $state.raw<IpcError | null>(null);
  /** The proxy as it is being typed. */
  proxy = $state('');
  proxyState = $state<'idle' | 'saving' | 'saved'>('idle');
  proxyFailure = $state.raw<IpcError | null>(null);
  /** When the proxy was last saved here; RFC 3339. */
  proxySavedAt = $state('');

  async load(): Promise<void> {
    try {
      this.view = await call('settings_open', {});
      this.proxy = this.view.proxy ?? '';
      this.unread = null;
    } catch (thrown) {
      this.unread = asIpcError(thrown);
    }
  }

  /** Hears that the proxy is being typed: what was said of it before is about another text. */
  typedProxy(text: string): void {
    this.proxy = text;
    this.proxyState = 'idle';
    // A refusal stays until the text is another one that was looked at, but not over an empty field.
    if (text.trim() === '') this.proxyFailure = null;
  }

  /** Keeps the proxy as it is typed, where that is something new. */
  async saveProxy(): Promise<void> {
    const text = this.proxy.trim();
    if (!this.view || this.proxyState === 'saving') return;
    if (text === (this.view.proxy ?? '')) {
      this.proxyFailure = null;
      return;
    }
    this.proxyState = 'saving';
    try {
      this.view = await call('network_save', { ...NOTHING, proxy: text });
      this.proxyFailure = null;
      this.proxyState = 'saved';
      this.proxySavedAt = now();
      if (this.proxy.trim() === text) this.proxy = this.view.proxy ?? '';
    } catch (thrown) {
      this.proxyFailure = asIpcError(thrown);
      this.proxyState = 'idle';
    }
  }

  /** Trusts the authorities of a PEM text. Gives those that are new. Rejects with an `IpcError`. */
  async add(pem: string): Promise<AuthorityView[]> {
    const before = this.view?.authorities.map(({ fingerprint }) => fingerprint) ?? [];
    this.view = await call('network_save', { ...NOTHING, authorities_pem: pem });
    return this.view.authorities.filter(({ fingerprint }) => !before.includes(fingerprint));
  }

  /** Trusts one no longer. Rejects with an `IpcError`. */
  async remove(fingerprint: string): Promise<void> {
    this.view = await call('network_save', { ...NOTHING, remove_authority: fingerprint });
  }
}

/** A fingerprint as short as it still tells two apart: `8F:0B:30 … 1A`. */
export function shortPrint(fingerprint: string): string {
  const pairs = fingerprint.split(':');
  return pairs.length > 8 ? `${pairs.slice(0, 4).join(':')}…${pairs.slice(-2).join(':')}` : fingerprint;
}
