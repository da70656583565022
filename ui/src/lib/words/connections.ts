import type { ConnectionView, Environment, Kind, Message, Revision } from '$lib/ipc';
import { day, isToday, moment, time } from './format';

const KINDS: Record<Kind, string> = { axisfi: 'AxisFI', bultra: 'Bultra' };
const REVISIONS: Record<Revision, string> = { typed: 'with type fields', untyped: 'without type fields' };

function when(at: string): string {
  return isToday(at) ? `today ${time(at)}` : moment(at);
}

const SHORT: Record<string, string> = {
  'network.name': 'Address not found',
  'network.refused': 'Nothing answers',
  'network.timeout': 'No answer in time',
  'tls.expired': 'Certificate expired',
  'tls.wrong_host': 'Certificate of another host',
  'tls.untrusted': 'Certificate not trusted',
  'auth.refused': 'Refused',
  'auth.forbidden': 'Not permitted',
  'credentials.missing': 'No API key or secret',
};

/** Words of the connections screen. */
export const connections = {
  title: 'Connections',
  list: 'All connections',
  detail: 'Details',
  add: 'Add',
  addTitle: 'Add a connection',
  addText: 'One account of a platform. It is tested before anything is sent.',
  added: (name: string) => `Connection ${name} added.`,
  cancel: 'Cancel',
  addButton: 'Add connection',
  adding: 'Adding…',
  test: 'Test connection',
  testing: 'Testing…',
  stop: 'Stop',
  saveFirst: 'Save the changes first.',
  signedIn: 'Reached and signed in',
  save: 'Save changes',
  saving: 'Saving…',
  saved: (name: string) => `Changes of ${name} saved.`,
  discard: 'Discard',
  unsaved: 'Changes are not saved yet.',
  platform: 'Platform',
  credentials: 'Credentials',
  name: 'Name',
  kind: 'Kind',
  kindOf: (connection: Pick<ConnectionView, 'kind' | 'revision'>) =>
    connection.revision ? `${KINDS[connection.kind]}, ${REVISIONS[connection.revision]}` : KINDS[connection.kind],
  kindHint: 'Set when the connection was added',
  revision: 'Type fields',
  revisions: [
    { value: 'typed', label: 'AxisFI, with type fields' },
    { value: 'untyped', label: 'AxisFI, without type fields' },
  ] as { value: Revision; label: string }[],
  revisionHint: 'What the account of the platform takes',
  baseUrl: 'Base URL',
  baseUrlHint: 'Like https://api.example.com',
  hostFixed: 'Something was sent to it, so it stays',
  servedHere: 'Served by this program',
  environment: 'Environment',
  environments: [
    { value: 'test', label: 'Test' },
    { value: 'production', label: 'Production' },
  ] as { value: Environment; label: string }[],
  environmentHint: 'Its records stay apart',
  apiKey: 'API key',
  apiSecret: 'API secret',
  replace: 'Replace',
  keep: 'Keep the old one',
  replaceKey: 'Replace the API key',
  replaceSecret: 'Replace the API secret',
  credential: (tail: string) => `${'•'.repeat(10)}${tail}`,
  setAt: (at: string) => `Set ${day(at)}`,
  notSet: 'Not set',
  secretRefused: 'Key or secret was refused. Enter it again',
  credentialMissing: (label: string) => `Enter the ${label}`,
  kept: 'Kept in the keyring of this computer. They are never shown in full.',
  madeUpValue: 'Made up by this program',
  madeUp: 'They open nothing but the sandbox on this computer.',
  result: 'Result of the last test',
  works: 'The connection works',
  millis: (millis: number) => `${millis} ms`,
  worksAnnounced: (millis: number) => `Connection works, ${millis} ms.`,
  stopped: 'The test was stopped.',
  when: (at: string) => (isToday(at) ? `Today ${time(at)}` : moment(at)),
  summary: (connection: ConnectionView): string => {
    const { tested, practice } = connection;
    if (!tested) return practice ? 'Never tested, on this computer' : 'Never tested';
    if (tested.works) return practice ? 'Works, on this computer' : `Works, tested ${when(tested.at)}`;
    return `${SHORT[tested.problem?.code ?? ''] ?? 'Does not work'}, tested ${when(tested.at)}`;
  },
  fieldErrors: {
    name: { 'field.required': 'Enter the name of the connection' },
    base_url: {
      'field.required': 'Enter the base URL',
      'field.url': 'Base URL must be a web address, like https://api.example.com',
      'field.url_insecure': 'Base URL must start with https://',
      'field.url_credentials': 'Base URL must not hold a user name or a password',
      'field.url_extra': 'Base URL must end before ? or #',
      'host.fixed': 'Base URL must stay: something was sent to it',
    },
    api_key: { 'field.required': 'Enter the API key' },
    api_secret: { 'field.required': 'Enter the API secret' },
    revision: { 'field.required': 'Select whether it takes type fields' },
  } as Record<string, Record<string, string>>,
  fieldError: (field: string, error: Message): string =>
    connections.fieldErrors[field]?.[error.code] ?? `${field}: ${error.code}`,
  noneTitle: 'No connections',
  noneText: 'Add the account of a platform to begin.',
};
