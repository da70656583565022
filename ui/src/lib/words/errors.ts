import type { ERROR_CODES, IpcError, Message } from '$lib/ipc';
import { counted } from './format';

type Params = Record<string, string>;
type Sentence = string | ((params: Params) => string);

/** The words of one code. */
export interface ErrorWords {
  /** What happened. */
  says: string;
  /** What to do about it; empty where there is nothing to do. */
  next: string;
  /** `stopped` failed, `attention` wants a look, `waiting` goes on by itself. */
  severity: 'stopped' | 'attention' | 'waiting';
}

interface Entry {
  says: Sentence;
  next: Sentence;
  severity?: ErrorWords['severity'];
}

type Code = (typeof ERROR_CODES)[number];

const NETWORK_NEXT = 'Check the network of this computer, then try again.';
const ADDRESS_NEXT = 'Check the base URL of the connection.';

const ENTRIES: Record<Code, Entry> = {
  'network.name': { says: 'The address of the platform was not found.', next: `${ADDRESS_NEXT} ${NETWORK_NEXT}` },
  'network.refused': {
    says: 'Nothing answers at the address of the platform.',
    next: `${ADDRESS_NEXT} ${NETWORK_NEXT}`,
  },
  'network.timeout': { says: 'The platform did not answer in time.', next: 'Try again in a moment.' },
  'network.reset': { says: 'The platform broke off before its answer was whole.', next: 'Try again in a moment.' },
  'network.proxy': {
    says: 'The proxy of this program was not reached, or it refused the call.',
    next: 'Check the proxy in Settings, Network.',
  },
  'network.other': { says: 'The platform could not be reached.', next: NETWORK_NEXT },
  'tls.expired': {
    says: 'The certificate of the platform has expired.',
    next: 'Nothing was sent. Check the clock of this computer; if it is right, tell the platform.',
  },
  'tls.wrong_host': {
    says: 'The certificate belongs to another host than the base URL.',
    next: `Nothing was sent. ${ADDRESS_NEXT}`,
  },
  'tls.untrusted': {
    says: 'The certificate of the platform is not trusted by this computer.',
    next: 'Nothing was sent. If this network has a certificate authority of its own, add it in Settings, Network.',
  },
  'tls.other': { says: 'No encrypted connection could be made.', next: `Nothing was sent. ${ADDRESS_NEXT}` },
  'answer.redirect': {
    says: ({ host }) =>
      host
        ? `The platform sent the program on to ${host}. It did not go there.`
        : 'The platform sent the program on to another address. It did not go there.',
    next: ADDRESS_NEXT,
  },
  'answer.html': {
    says: 'A web page answered, not the platform.',
    next: `${ADDRESS_NEXT} A sign-in page of the network can be the cause too.`,
  },
  'answer.cut': { says: 'The answer of the platform ended too early.', next: 'Try again in a moment.' },
  'answer.too_large': {
    says: ({ limit_mb }) => `The answer is larger than ${limit_mb ?? 'the limit of'} MB, so it was not read.`,
    next: 'Show the address and the time to the platform.',
  },
  'answer.unreadable': {
    says: 'The answer of the platform has another shape than its documents say.',
    next: 'It is kept as it came. Show it to the platform.',
  },
  'answer.error': {
    says: ({ status }) => (status ? `The platform answered ${status}.` : 'The platform answered with an error.'),
    next: 'Look at its answer, then try again.',
  },
  'auth.refused': {
    says: 'The platform refused what the connection signs in with.',
    next: 'Enter them again in the connection, then test it.',
  },
  'auth.forbidden': {
    says: 'The platform knows who signs in, and does not permit this.',
    next: 'Ask the platform what this account may do.',
  },
  'token.refused': {
    says: 'The platform gave no token: it refused the client ID or the client secret.',
    next: 'Nothing else was sent. Enter them again in the connection, then test it.',
  },
  'token.scope': {
    says: 'The platform gave no token: the scope of the connection is not granted.',
    next: 'Nothing else was sent. Ask the platform for the scope, or leave it empty in the connection.',
  },
  'token.unreadable': {
    says: 'The token URL answered with something that is no token.',
    next: 'Nothing else was sent. Check the token URL of the connection, then test it.',
  },
  'token.unreached': {
    says: ({ host, reason }) =>
      `${host ?? 'The token URL'}, where tokens come from, was not reached. ${reason ? errorWords({ code: reason, params: {} }).says : ''}`.trim(),
    next: 'Nothing else was sent. Check the token URL of the connection and the network, then try again.',
  },
  'clock.off': {
    says: ({ minutes, way }) =>
      minutes && way
        ? `The clock of this computer is ${counted(Number(minutes), 'minute', 'minutes')} ${way === 'behind' ? 'behind' : 'ahead of'} that of the platform.`
        : 'The clock of this computer differs from that of the platform.',
    next: 'Set the clock of this computer, then test again.',
  },
  'rate.limited': {
    says: 'The platform asks for fewer calls.',
    next: ({ retry_after_s }) =>
      retry_after_s ? `Try again in ${counted(Number(retry_after_s), 'second', 'seconds')}.` : 'Try again in a minute.',
    severity: 'waiting',
  },
  not_found: {
    says: 'The platform has no customer with this ID.',
    next: 'Compare the ID, and the connection above.',
    severity: 'attention',
  },
  'customer.unread': {
    says: 'Only the list of the platform has named this customer so far.',
    next: 'Read it to see the rest.',
    severity: 'attention',
  },
  'platform.busy': {
    says: 'The list or the customers of this connection are being read already.',
    next: 'Wait until that is done, or stop it.',
    severity: 'waiting',
  },
  'platform.stuck': {
    says: 'The platform gave the same page of its list again and again.',
    next: 'What was read stays. Read on later: it begins anew.',
    severity: 'attention',
  },
  'lookup.missed': {
    says: 'The platform does not have this customer under its partner customer ID.',
    next: 'It may still be on its way, so one look proves nothing.',
    severity: 'attention',
  },
  'lookup.absent': {
    says: 'The platform does not have it: it was looked up several times and not found.',
    next: 'It is sent again, the same under the same ID.',
    severity: 'waiting',
  },
  'queue.offline': {
    says: 'The platform is out of reach, and other drafts wait for it already.',
    next: 'Nothing of this one was sent.',
    severity: 'attention',
  },
  'queue.turn': { says: 'Others of this connection are sent before it.', next: '', severity: 'waiting' },
  'queue.paused': {
    says: 'One of this connection that was submitted before it is paused.',
    next: 'Mend the connection, or take that one out of the queue.',
    severity: 'attention',
  },
  'queue.tired': {
    says: 'It was sent several times, and the platform still does not have it.',
    next: 'Ask the platform before you send it again.',
    severity: 'attention',
  },
  'outbox.settled': {
    says: 'It no longer waits: something became of it meanwhile.',
    next: 'See in the drafts what became of it.',
    severity: 'attention',
  },
  'conflict.stale': {
    says: 'The platform holds something else by now than what was compared. Nothing was sent.',
    next: 'Compare both again.',
    severity: 'attention',
  },
  'conflict.settled': {
    says: 'This conflict is settled already.',
    next: 'See in the drafts what became of it.',
    severity: 'attention',
  },
  'lookup.exists': {
    says: 'The platform has a customer under this partner customer ID already.',
    next: 'Compare it with this draft.',
    severity: 'attention',
  },
  cancelled: { says: 'Stopped.', next: '', severity: 'attention' },
  'program.ended': {
    says: 'The program ended while this was on its way to the platform.',
    next: 'Look it up before anything is sent again.',
    severity: 'attention',
  },
  'partner_customer_id.taken': {
    says: 'Another draft of this connection used this partner customer ID already.',
    next: 'Enter another one.',
  },
  'update.waiting': {
    says: 'Another change of this customer is on its way.',
    next: 'Wait until it is accepted, or take it out of the queue.',
    severity: 'waiting',
  },
  'update.incomplete': {
    says: 'The platform left out parts of this customer, and nobody here has sent them.',
    next: 'Fill in what is named, so that nothing is lost.',
    severity: 'attention',
  },
  'update.nothing': { says: 'Nothing is changed.', next: 'Change a field first.', severity: 'attention' },
  'update.clash': {
    says: ({ count }) =>
      `Meanwhile ${counted(Number(count ?? 1), 'value was', 'values were')} changed on the platform, too.`,
    next: 'Nothing was sent. Choose which of them stay.',
    severity: 'attention',
  },
  'update.changed': {
    says: 'The customer has changed on the platform meanwhile.',
    next: 'Look at the changes again.',
    severity: 'attention',
  },
  'update.persons': {
    says: 'It is not certain who some of the persons are on the platform now.',
    next: 'Say who they are.',
    severity: 'attention',
  },
  'update.gone': { says: 'The platform has no such customer any more.', next: 'Nothing was sent.' },
  'reveal.reason': { says: 'Showing it needs a reason.', next: 'Enter the reason.', severity: 'attention' },
  'document.gone': { says: 'The file is not there any more.', next: 'Choose it again.' },
  'document.not_a_file': { says: 'This is not a file.', next: 'Choose a PDF, PNG, JPEG or TIFF file.' },
  'document.unreadable': {
    says: 'The file could not be read.',
    next: 'Check that you may open it, then choose it again.',
  },
  'document.empty': { says: 'The file is empty.', next: 'Choose another one.' },
  'document.too_large': {
    says: ({ size_mb, limit_mb }) =>
      `The file has ${size_mb ?? ''} MB. The connection takes ${limit_mb ?? ''} MB at most.`,
    next: 'Choose a smaller one.',
  },
  'document.kind': {
    says: ({ name }) => `${name ?? 'The file'} is of a kind that is not sent.`,
    next: 'Choose a PDF, PNG, JPEG or TIFF file.',
  },
  'document.other_kind': {
    says: ({ name, found }) =>
      `${name ?? 'The file'} is not what its name says: it holds ${found?.toUpperCase() ?? 'something else'}.`,
    next: 'Check that it is the right file, and give it the right name.',
  },
  'document.waiting': {
    says: ({ count }) =>
      `${count ? counted(Number(count), 'file has', 'files have') : 'A file has'} not reached the platform yet.`,
    next: 'Wait until it has them, or remove them.',
    severity: 'waiting',
  },
  'document.stopped': {
    says: 'Sending the file was stopped.',
    next: 'Retry when you are ready.',
    severity: 'attention',
  },
  'store.full': {
    says: 'The disk is full. What you typed last is not saved.',
    next: 'Keep this window open, make room on the disk, then save again.',
  },
  'store.failed': {
    says: 'Your data could not be written.',
    next: 'Keep this window open. Check the disk, then try again.',
  },
  'store.closed': { says: 'Your data is not open yet.', next: 'Try again in a moment.', severity: 'waiting' },
  'keyring.missing': { says: 'This computer has no keyring that is running.', next: 'Start it, then try again.' },
  'keyring.locked': { says: 'The keyring of this computer is locked.', next: 'Unlock it, then try again.' },
  'keyring.slow': {
    says: 'The keyring of this computer does not answer.',
    next: 'Look for a window that asks for its password.',
  },
  'keyring.key_lost': {
    says: 'The key of your data is not in the keyring.',
    next: 'Sign in as the user who made the data.',
  },
  'keyring.key_wrong': {
    says: 'The key in the keyring does not open your data.',
    next: 'Sign in as the user who made the data.',
  },
  'keyring.failed': {
    says: 'The keyring of this computer could not keep it.',
    next: 'Check that the keyring is unlocked, then try again.',
  },
  'database.newer': {
    says: 'Your data was written by a newer version of this program.',
    next: 'Install the newer version.',
  },
  'database.damaged': { says: 'Your data could not be read.', next: 'Put back a copy of the data folder.' },
  'database.unwritable': {
    says: 'The data folder cannot be written to.',
    next: 'Check the rights of the folder and the room on the disk.',
  },
  'credentials.missing': {
    says: 'Key, ID or secret of the connection is missing.',
    next: 'Enter it in the connection.',
  },
  'credentials.unusable': {
    says: 'Key, ID or secret of the connection has a character that cannot be sent.',
    next: 'Enter them again in the connection.',
  },
  'draft.gone': { says: 'This draft is no longer there.', next: 'Go back to the drafts.' },
  'draft.id_frozen': {
    says: 'The partner customer ID stays once something was submitted under it.',
    next: 'Start a new draft to use another one.',
    severity: 'attention',
  },
  'draft.read_only': {
    says: 'This draft can no longer be changed.',
    next: 'See in the drafts what became of it.',
    severity: 'attention',
  },
  'draft.changed': {
    says: 'The draft was changed after this review.',
    next: 'Look at the review again, then submit.',
    severity: 'attention',
  },
  'draft.blocked': { says: 'The draft still has problems.', next: 'Fix what the review lists, then submit.' },
  'draft.unconfirmed': {
    says: 'A warning is not confirmed yet.',
    next: 'Tick each warning of the review, then submit.',
    severity: 'attention',
  },
  'connection.gone': { says: 'This connection is no longer there.', next: 'Choose another connection.' },
  'connection.archived': {
    says: 'This connection is archived.',
    next: 'Restore it in Connections first.',
    severity: 'attention',
  },
  'connection.busy': {
    says: ({ count }) =>
      count
        ? `${counted(Number(count), 'draft is', 'drafts are')} on the way to the platform, or of an unknown outcome.`
        : 'Drafts are on the way to the platform, or of an unknown outcome.',
    next: 'Look up what became of them, then archive the connection.',
    severity: 'attention',
  },
  'connection.last': {
    says: 'This is the last connection in use, so it cannot be archived.',
    next: 'Add or restore another connection first.',
    severity: 'attention',
  },
  'field.required': { says: 'Something is still to be entered.', next: 'Fill in the marked fields.' },
  'field.url': { says: 'The address must be a web address, like https://api.example.com.', next: '' },
  'field.url_insecure': {
    says: ({ host }) =>
      host
        ? `The address must start with https://, or ${host} gets the credentials unencrypted.`
        : 'The address must start with https://.',
    next: '',
  },
  'field.url_credentials': {
    says: 'The address must not hold a user name or a password.',
    next: 'Enter them in their own fields.',
  },
  'field.url_extra': { says: 'The address must end before ? or #.', next: '' },
  'field.proxy': { says: 'The proxy must be an address with a port, like http://proxy.example:8080.', next: '' },
  'field.proxy_credentials': { says: 'The proxy must not hold a user name or a password.', next: '' },
  'field.authority': { says: 'No certificate was found in the text.', next: 'Enter it as PEM text.' },
  'field.authority_leaf': {
    says: ({ name }) =>
      name ? `${name} is no certificate of an authority.` : 'This is no certificate of an authority.',
    next: 'Enter that of the authority that signed it.',
  },
  'field.authority_key': {
    says: 'The text holds a private key, so nothing was kept.',
    next: 'Enter the certificates alone.',
  },
  'host.fixed': {
    says: 'The base URL can no longer change: something was sent to it.',
    next: 'Add another connection for another address.',
  },
  unsupported: { says: 'This connection cannot do that.', next: 'Choose another connection.', severity: 'attention' },
  'request.unreadable': {
    says: 'The window and the program do not fit together.',
    next: 'Close the program and start it again.',
  },
  internal: {
    says: 'The program made a mistake.',
    next: 'Nothing you typed is lost. Try again; if it stays, start the program again.',
  },
};

/** The words of an error or a reason. A code of another version is shown as it is, never hidden. */
export function errorWords(message: Message | IpcError): ErrorWords {
  const entry = (ENTRIES as Record<string, Entry | undefined>)[message.code];
  if (!entry) return { says: `The program stopped with “${message.code}”.`, next: 'Try again.', severity: 'stopped' };
  const say = (sentence: Sentence) => (typeof sentence === 'string' ? sentence : sentence(message.params as Params));
  return { says: say(entry.says), next: say(entry.next), severity: entry.severity ?? 'stopped' };
}

/** What happened and what to do, as one text. */
export function errorText(message: Message | IpcError): string {
  const { says, next } = errorWords(message);
  return next ? `${says} ${next}` : says;
}
