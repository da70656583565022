import type {
  ConnectionTestView,
  ConnectionView,
  Environment,
  Kind,
  Message,
  Revision,
  TestStepView,
  UploadEncoding,
} from '$lib/ipc';
import { components } from './components';
import { errorText } from './errors';
import { counted, day, isToday, list, moment, time } from './format';
import { shell } from './shell';

const KINDS: Record<Kind, string> = { axisfi: 'AxisFI', bultra: 'Bultra' };

/** What a platform calls the two things that it signs us in with. */
const CREDENTIALS: Record<Kind, Record<'api_key' | 'api_secret', string>> = {
  axisfi: { api_key: 'API key', api_secret: 'API secret' },
  bultra: { api_key: 'Client ID', api_secret: 'Client secret' },
};

/** A label inside a sentence. */
function inside(label: string): string {
  return label.startsWith('API') ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** Both of them, inside a sentence. */
function both(kind: Kind): string {
  return kind === 'bultra' ? 'client ID or client secret' : 'API key or secret';
}
const REVISIONS: Record<Revision, string> = { typed: 'with type fields', untyped: 'without type fields' };

function when(at: string): string {
  return isToday(at) ? `today ${time(at)}` : moment(at);
}

/** How far two clocks are from each other: `0.4 s`, `12 minutes`. */
function apart(ms: number): string {
  const seconds = Math.abs(ms) / 1000;
  return seconds < 90 ? `${seconds.toFixed(1)} s` : counted(Math.round(seconds / 60), 'minute', 'minutes');
}

/** What a test that failed comes to, as short as the list wants it. */
const SHORT: Record<string, string> = {
  'network.name': 'Address not found',
  'network.refused': 'Nothing answers',
  'network.timeout': 'No answer in time',
  'network.reset': 'Answer broke off',
  'network.other': 'Not reached',
  'tls.expired': 'Certificate expired',
  'tls.wrong_host': 'Certificate of another host',
  'tls.untrusted': 'Certificate not trusted',
  'tls.other': 'Not encrypted',
  'answer.redirect': 'Sent elsewhere',
  'answer.html': 'Not the platform',
  'answer.cut': 'Answer broke off',
  'answer.too_large': 'Answer too large',
  'answer.unreadable': 'Answer not understood',
  'answer.error': 'Answered with an error',
  'auth.refused': 'Refused',
  'auth.forbidden': 'Not permitted',
  'rate.limited': 'Too many calls',
  'credentials.missing': 'Credentials missing',
  'credentials.unusable': 'Credentials cannot be sent',
  'network.proxy': 'Proxy not reached',
  'clock.off': 'Clocks differ',
  'token.refused': 'No token: refused',
  'token.scope': 'No token: scope refused',
  'token.unreadable': 'No token: answer not understood',
  'token.unreached': 'Token URL not reached',
};

/** What a test says, where the words of the error are for another place. */
const HEADLINES: Record<string, string> = {
  'network.name': 'The address of the platform was not found. Check the base URL, then the network of this computer.',
  'network.refused':
    'Nothing answers at the address of the platform. Check the base URL, then the network of this computer.',
};

/** The same, of what a platform signs us in with. */
const SIGN_IN: Record<string, (kind: Kind) => string> = {
  'auth.refused': (kind) =>
    kind === 'bultra'
      ? 'The platform refused the token that was just made. Check that base URL and token URL are of one account, then test.'
      : `The platform refused the ${both(kind)}. Enter them again, then test.`,
  'credentials.missing': (kind) => `The ${both(kind)} is missing. Enter it, then test.`,
  'credentials.unusable': (kind) => `The ${both(kind)} has a character that cannot be sent. Enter them again.`,
};

type RefusedField = 'base_url' | 'token_url' | 'token_scope' | 'api_key' | 'api_secret';

/** What a failed test says at the field to look at. */
const REFUSED: Record<string, Partial<Record<RefusedField, string>>> = {
  'auth.refused': {
    // The platform does not say which of the two.
    api_key: 'API key or secret was refused. Check it',
    api_secret: 'API secret or key was refused. Enter it again',
  },
  'token.refused': {
    api_key: 'Client ID or secret was refused. Check it',
    api_secret: 'Client secret or ID was refused. Enter it again',
  },
  'token.scope': { token_scope: 'Scope was refused. Leave it empty, or ask the platform for it' },
  'token.unreadable': { token_url: 'Token URL answers with no token. Check it' },
  'token.unreached': { token_url: 'Token URL was not reached. Check it' },
  'network.name': { base_url: 'Base URL names a host that was not found' },
  'tls.wrong_host': { base_url: 'Base URL names another host than the certificate' },
  'answer.redirect': { base_url: 'Base URL leads to another address. Check it' },
  'answer.html': { base_url: 'Base URL leads to a web page. Check it' },
};

/** Words of the connections screen. */
export const connections = {
  title: 'Connections',
  list: 'All connections',
  detail: 'Details',
  add: 'Add',
  addTitle: 'Add a connection',
  addText: 'One account of a platform. Nothing is sent before you submit something.',
  added: (name: string) => `Connection ${name} added.`,
  testNow: 'Test it before anything is sent.',
  cancel: 'Cancel',
  addButton: 'Add connection',
  adding: 'Adding…',
  more: 'More actions',
  test: 'Test connection',
  testing: 'Testing…',
  stop: 'Stop',
  saveFirst: 'Save the changes first.',
  use: 'Use this connection',
  inUse: 'It is in use',
  switches: (environment: Environment) => `Lists then show ${shell.environment[environment].word}`,
  save: 'Save changes',
  saving: 'Saving…',
  saved: (name: string) => `Changes of ${name} saved.`,
  discard: 'Discard',
  unsaved: 'Changes are not saved yet.',
  unsavedShort: 'Changes not saved',
  leave: {
    title: 'Leave without saving?',
    text: (names: string[]) => `Changes of ${list(names)} are not saved.`,
    stay: 'Stay here',
    go: 'Discard and leave',
    closing: (names: string[]) =>
      `The window stays open: changes of ${list(names)} are not saved. Save or discard them, then close it.`,
  },
  platform: 'Platform',
  credentials: 'Credentials',
  name: 'Name',
  kind: 'Kind',
  kindOf: (connection: Pick<ConnectionView, 'kind' | 'revision'>) =>
    connection.revision ? `${KINDS[connection.kind]}, ${REVISIONS[connection.revision]}` : KINDS[connection.kind],
  kindWord: (kind: Kind) => KINDS[kind],
  kindHint: 'Set when the connection was added',
  kinds: (['axisfi', 'bultra'] as const).map((value) => ({ value, label: KINDS[value] })) as {
    value: Kind;
    label: string;
  }[],
  /** What a platform cannot do, and where it is done. */
  bultraCan:
    'Customers of Bultra are made by its application process. This program reads them, and changes their email, phone and address.',
  revision: 'Type fields',
  revisions: [
    { value: 'typed', label: 'With type fields' },
    { value: 'untyped', label: 'Without type fields' },
  ] as { value: Revision; label: string }[],
  revisionsHint: 'As the account takes them',
  revisionHint: 'Open drafts are checked again when it changes',
  revisionChanged: 'Open drafts are checked again after saving',
  baseUrl: 'Base URL',
  baseUrlHint: (kind: Kind) => (kind === 'bultra' ? 'Like https://api.bultra.com/v1' : 'Like https://api.example.com'),
  tokenUrl: 'Token URL',
  tokenUrlHint: 'Like https://auth.bultra.com/oauth2/token',
  scope: 'Scope',
  scopeHint: 'Empty: the platform decides',
  hostFixed: 'Something was sent to it, so it stays',
  servedHere: 'Served by this program',
  environment: 'Environment',
  environments: (['test', 'production'] as const).map((value) => ({
    value,
    label: `${shell.environment[value].word}. ${shell.environment[value].meaning}`,
  })) as { value: Environment; label: string }[],
  environmentHint: 'Stays: its records are apart',
  secrets: CREDENTIALS,
  replace: 'Replace',
  keep: 'Keep the old one',
  replaceOne: (label: string) => `Replace the ${inside(label)}`,
  credential: (tail: string) => `${'•'.repeat(10)}${tail}`,
  setAt: (at: string) => `Set ${day(at)}`,
  notSet: 'Not set',
  credentialMissing: (label: string) => `Enter the ${inside(label)}`,
  kept: 'Kept in the keyring of this computer. They are never shown in full.',
  madeUpValue: 'Made up by this program',
  madeUp: 'They open nothing but the sandbox on this computer.',
  refusedAt: (kind: Kind, code: string, field: RefusedField): string | null =>
    // A token that was refused says nothing of what it was made with.
    kind === 'bultra' && code === 'auth.refused' ? null : (REFUSED[code]?.[field] ?? null),

  files: 'Files',
  encoding: 'File upload',
  encodings: [
    { value: 'multipart', label: 'Form parts' },
    { value: 'json', label: 'JSON, base64' },
  ] as { value: UploadEncoding; label: string }[],
  encodingHint: 'JSON where the platform refuses form parts',
  limit: 'Largest file',
  limitUnit: 'MB',
  limitHint: 'Larger files are not sent',

  confirm: {
    change: (name: string) => `Change ${name}?`,
    changeText: (fields: string[]) => `Real customers are sent with it. You change the ${list(fields)}.`,
    field: (field: RefusedField | 'revision', kind: Kind) =>
      field === 'api_key' || field === 'api_secret' ? inside(CREDENTIALS[kind][field]) : CHANGED[field],
    type: (word: string) => `Type “${word}” to go on`,
    mismatch: (word: string) => `Enter the word “${word}”`,
    save: (word: string) => `Save in ${word.toLowerCase()}`,
    archive: (word: string) => `Archive in ${word.toLowerCase()}`,
  },

  archive: 'Archive',
  archiveMenu: 'Archive…',
  archiving: 'Archiving…',
  archiveTitle: (name: string) => `Archive ${name}?`,
  archiveText: 'Its drafts and customers leave the lists, stay on this computer, and come back when it is restored.',
  archivedDone: (name: string) => `${name} is archived.`,
  archivedList: 'Archived connections',
  showArchived: (count: number) => `Show archived (${count})`,
  hideArchived: (count: number) => `Hide archived (${count})`,
  archivedOn: (at: string) => `Archived ${day(at)}`,
  restore: 'Restore',
  restoring: 'Restoring…',
  restoreName: (name: string) => `Restore ${name}`,
  restored: (name: string) => `${name} is restored.`,

  result: 'Result of the last test',
  works: 'The connection works',
  headline: ({ problem }: ConnectionTestView, kind: Kind): string =>
    problem ? (SIGN_IN[problem.code]?.(kind) ?? HEADLINES[problem.code] ?? errorText(problem)) : connections.works,
  millis: (millis: number) => (millis < 10_000 ? `${millis} ms` : `${Math.round(millis / 1000)} s`),
  worksAnnounced: (millis: number) => `Connection works, ${millis} ms.`,
  stopped: 'The test was stopped.',
  when: (at: string) => (isToday(at) ? `Today ${time(at)}` : moment(at)),
  summary: (connection: ConnectionView): string => {
    const { tested, practice } = connection;
    if (!tested) return practice ? 'Never tested, on this computer' : 'Never tested';
    if (tested.works) return practice ? 'Works, on this computer' : `Works, tested ${when(tested.at)}`;
    return `${SHORT[tested.problem?.code ?? ''] ?? 'Does not work'}, tested ${when(tested.at)}`;
  },
  step: {
    address: 'Address found and reached',
    addressFailed: (code: string | undefined) => ADDRESS[code ?? ''] ?? 'Address not reached',
    encryption: (until: string | null) => (until ? `Encrypted, certificate valid until ${day(until)}` : 'Encrypted'),
    encryptionFailed: (code: string | undefined, until: string | null) =>
      code === 'tls.expired' && until
        ? `Certificate expired ${day(until)}`
        : (SHORT[code ?? ''] ?? 'No encryption was agreed on'),
    token: 'Token received',
    tokenFailed: (code: string | undefined) => TOKEN[code ?? ''] ?? 'No token received',
    clock: 'Clock agrees with the platform',
    clockFailed: ({ ahead_ms }: TestStepView) =>
      ahead_ms === null
        ? 'Clock differs from the platform'
        : `Clock is ${apart(ahead_ms)} ${ahead_ms < 0 ? 'behind' : 'ahead of'} the platform`,
    apart: (ahead_ms: number) => `${apart(ahead_ms)} apart`,
    signIn: 'Sign in',
    signedIn: 'Signed in',
    answered: components.answered,
    notAnswered: (code: string | undefined) => ENDED[code ?? ''] ?? 'had no answer',
  },

  fieldErrors: {
    name: { 'field.required': 'Enter the name of the connection' },
    base_url: addressErrors('Base URL', 'https://api.example.com'),
    token_url: addressErrors('Token URL', 'https://auth.example.com/oauth2/token'),
    token_scope: { 'field.required': 'Enter the scope, or leave it empty' },
    revision: { 'field.required': 'Select whether it takes type fields' },
    'upload/limit_mb': { 'field.required': 'Largest file must be a whole number from 1 to 100' },
  } as Record<string, Record<string, string>>,
  fieldError: (field: string, error: Message, kind: Kind = 'axisfi'): string => {
    const said = connections.fieldErrors[field]?.[error.code];
    if (field !== 'api_key' && field !== 'api_secret') return said ?? errorText(error);
    const label = CREDENTIALS[kind][field];
    if (error.code === 'field.required') return `Enter the ${inside(label)}`;
    return error.code === 'credentials.unusable'
      ? `${label} must be letters, digits and signs of the keyboard`
      : errorText(error);
  },
  noneTitle: 'No connections',
  noneText: 'Add the account of a platform to begin.',
  unreadable: 'Archived connections could not be read.',
};

const CHANGED: Record<'base_url' | 'token_url' | 'token_scope' | 'revision', string> = {
  base_url: 'base URL',
  token_url: 'token URL',
  token_scope: 'scope',
  revision: 'type fields',
};

function addressErrors(label: string, like: string): Record<string, string> {
  return {
    'field.required': `Enter the ${inside(label)}`,
    'field.url': `${label} must be a web address, like ${like}`,
    'field.url_insecure': `${label} must start with https://`,
    'field.url_credentials': `${label} must not hold a user name or a password`,
    'field.url_extra': `${label} must end before ? or #`,
    'host.fixed': `${label} must stay: something was sent to it`,
  };
}

const TOKEN: Record<string, string> = {
  'token.refused': 'No token: client ID or secret was refused',
  'token.scope': 'No token: the scope was refused',
  'token.unreadable': 'No token: the answer was not understood',
  'token.unreached': 'No token: the token URL was not reached',
};

const ADDRESS: Record<string, string> = {
  'network.name': 'Address not found',
  'network.refused': 'Address found, nothing answers there',
  'network.timeout': 'No answer from the address in time',
  'network.proxy': 'Proxy not reached, or it refused',
};

const ENDED: Record<string, string> = {
  'network.timeout': 'had no answer in time',
  'network.reset': 'broke off before the answer was whole',
  'answer.cut': 'broke off before the answer was whole',
  'answer.too_large': 'had an answer that is too large',
};

/** Words of the proxy and of the certificate authorities, on the settings screen. */
export const network = {
  title: 'Network',
  about: 'For networks where the platforms are reached through a proxy, or where it puts its own certificate on them.',
  proxy: 'Proxy',
  proxyHint: 'Like http://proxy.example:8080. Leave it empty for none',
  proxySaved: (at: string) => `Saved ${time(at)}. Every call goes through it`,
  proxyRemoved: (at: string) => `Saved ${time(at)}. Calls go straight to the platforms`,
  proxySaving: 'Saving…',
  authorities: 'Certificate authorities',
  authoritiesText: 'Trusted beside those of the system, for the platforms only.',
  none: 'None added. Those of the system are trusted.',
  add: 'Add authority',
  adding: 'Adding…',
  addTitle: 'Add a certificate authority',
  addText: 'Who holds its key can read what goes to the platforms. Add only what those who run this network gave you.',
  pem: 'Certificates as PEM text',
  pemHint: 'From BEGIN CERTIFICATE to END CERTIFICATE, one or more',
  cancel: 'Cancel',
  added: (names: string[]) =>
    names.length === 0
      ? 'It was trusted already.'
      : `${list(names)} ${names.length === 1 ? 'is' : 'are'} trusted from now on.`,
  until: (at: string) => `Until ${day(at)}`,
  expired: (at: string) => `Expired ${day(at)}`,
  fingerprint: 'SHA-256',
  remove: 'Remove',
  removeName: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Stop trusting ${name}?`,
  removeText: 'Platforms whose certificate it signed are no longer reached until it is added again.',
  removing: 'Removing…',
  removed: (name: string) => `${name} is not trusted any more.`,
  count: (number: number) => counted(number, 'authority', 'authorities'),
  unreadable: 'The network settings could not be read.',
  retry: 'Try again',
  fieldErrors: {
    proxy: {
      'field.proxy': 'Proxy must be like http://proxy.example:8080',
      'field.proxy_credentials': 'Proxy must not hold a user name or a password',
    },
    authorities_pem: {
      'field.authority': 'Enter certificates as text, from BEGIN CERTIFICATE to END CERTIFICATE',
      'field.authority_key': 'Enter the certificates without the private key. Nothing was kept',
    },
  } as Record<string, Record<string, string>>,
  notAuthority: (name: string) =>
    `${name} is no certificate of an authority. Enter that of the authority that signed it`,
  fieldError: (field: string, error: Message): string =>
    error.code === 'field.authority_leaf' && error.params.name
      ? network.notAuthority(error.params.name)
      : (network.fieldErrors[field]?.[error.code] ?? errorText(error)),
};
