import type { Environment, NetworkView } from '$lib/ipc';
import { counted, moment } from './format';

/** Words of the window around the screens. */
export const shell = {
  product: 'Customer Desk',
  title: (page: string, environment?: string) =>
    environment ? `${page} - ${environment} - Customer Desk` : `${page} - Customer Desk`,
  skip: 'Skip to the content',
  main: 'Main',
  strip: 'Environment',
  environment: {
    production: { word: 'Production', meaning: 'Real customers' },
    test: { word: 'Test', meaning: 'Nothing here reaches a customer' },
    sandbox: { word: 'Sandbox', meaning: 'Made-up customers, on this computer only' },
  } satisfies Record<Environment, { word: string; meaning: string }>,
  connectionMenu: (name: string) => `Connection: ${name}. Choose another`,
  connections: 'Connections',
  manageConnections: 'Connections…',
  noConnection: 'No connection',
  rail: {
    find: 'Search or run',
    customers: 'Customers',
    drafts: 'Drafts',
    activity: 'Activity',
    connections: 'Connections',
    settings: 'Settings',
  },
  /** What is heard of a screen with open drafts, instead of its word and a bare number. */
  withOpen: (word: string, count: number) => `${word} ${count} open`,
  /** The same of customers that changed and that nobody has looked at. */
  withChanged: (word: string, count: number) => `${word} ${count} changed`,
  /** The network, and in one sentence the drafts, where nothing of the outbox follows it. */
  network: (network: NetworkView, drafts: number, outbox: string) => {
    if (network.online && outbox !== '') return 'Online.';
    // An open draft is not sent.
    if (network.online)
      return drafts === 0 ? 'Online. All sent.' : `Online. ${counted(drafts, 'draft', 'drafts')} open.`;
    const since = network.offline_since ? `Offline since ${moment(network.offline_since)}.` : 'Offline.';
    return outbox === '' ? `${since} Drafts are saved on this computer.` : since;
  },
  announceOffline: 'Offline. Drafts are saved on this computer.',
  announceOnline: (waiting: number) =>
    waiting > 0 ? `Online. Sending ${counted(waiting, 'draft', 'drafts')}.` : 'Online.',
  connectionChosen: (name: string, environment: string) => `${environment}, ${name}`,
  zoomed: (percent: number) => `Size ${percent} %`,
  lazyFailed: 'This part of the program could not be opened. Start the program again.',
  starting: 'Opening your data…',
  waitingForKeyring: 'Waiting for the keyring of this computer. If a window asks for its password, answer it there.',
  failed: {
    page: 'Page not found',
    pageText: 'There is no such screen in this program.',
    home: 'Go to customers',
    title: 'This screen stopped working',
    text: 'What you typed is saved up to the last word. Open the screen again.',
    again: 'Open it again',
  },
};
