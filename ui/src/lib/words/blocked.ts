import type { Message } from '$lib/ipc';

type Params = Record<string, string>;

/** The words of a screen that says why the program cannot start. */
export interface BlockedWords {
  title: string;
  happened: string;
  steps: string[];
}

const SAME_USER = 'Sign in to this computer as the user who made the data, then start the program.';

const SCREENS: Record<string, (params: Params) => BlockedWords> = {
  'keyring.missing': () => ({
    title: 'No keyring on this computer',
    happened: 'Your data is encrypted, and its key lies in the keyring of this computer. No keyring is running.',
    steps: [
      'Start the keyring: GNOME Keyring or KWallet on Linux. Who looks after this computer can install one.',
      'If you signed in without a password, sign out and in again with one: this opens the keyring.',
      'Then press “Try again”.',
    ],
  }),
  'keyring.locked': () => ({
    title: 'The keyring is locked',
    happened: 'Your data is encrypted, and its key lies in the keyring of this computer. The keyring is locked.',
    steps: [
      'Press “Try again”. If a window asks for the password of the keyring, enter it there.',
      'If no window appears, open the program for passwords and keys of this computer and unlock the keyring.',
      'Then press “Try again”.',
    ],
  }),
  'keyring.slow': () => ({
    title: 'The keyring does not answer',
    happened: 'The key of your data was asked for, and the keyring of this computer has not answered.',
    steps: [
      'Look for a window that asks for the password of the keyring. It may lie behind this one. Answer it there.',
      'Then press “Try again”.',
      'If it stays like this, sign out of this computer and in again.',
    ],
  }),
  'keyring.key_lost': () => ({
    title: 'The key of your data is missing',
    happened:
      'There is data in the folder below, and the keyring of this computer has no key for it. No new key was made.',
    steps: [
      SAME_USER,
      'If the keyring was emptied or replaced, put back a copy of it, then press “Try again”.',
      'If the folder came from another computer, start the program there.',
    ],
  }),
  'keyring.key_wrong': () => ({
    title: 'The key does not open your data',
    happened: 'The keyring of this computer has a key, and it belongs to other data than that in the folder below.',
    steps: [
      'If the data folder was copied or put back, put back the folder that belongs to this computer.',
      SAME_USER,
      'Then press “Try again”.',
    ],
  }),
  'database.newer': ({ found, known }) => ({
    title: 'Your data is from a newer version',
    happened:
      found && known
        ? `A newer version of the program wrote your data (format ${found}). This version reads up to format ${known}.`
        : 'A newer version of the program wrote your data. This version cannot read it.',
    steps: [
      'Install the newer version of the program and start it.',
      'This version can be used again with a data folder of its own.',
    ],
  }),
  'database.damaged': () => ({
    title: 'Your data cannot be read',
    happened: 'The key fits, and the file with your data is damaged.',
    steps: [
      'Make a copy of the whole folder below before anything else.',
      'Put back the last good copy of the folder, then press “Try again”.',
      'Check the disk of this computer for faults.',
    ],
  }),
  'database.unwritable': () => ({
    title: 'The data folder cannot be written to',
    happened: 'The program could not write to the folder below, so nothing you type could be kept.',
    steps: [
      'Check that there is room on the disk.',
      'Check that the folder belongs to you and that it is not read-only.',
      'Then press “Try again”.',
    ],
  }),
};

/** Words of the blocked screens. */
export const blocked = {
  /** The screen of a reason; one for a code of another version says the code. */
  screen: (reason: Message): BlockedWords =>
    SCREENS[reason.code]?.(reason.params as Params) ?? {
      title: 'The program cannot start',
      happened: `Something stands in the way: “${reason.code}”.`,
      steps: ['Press “Try again”.', 'If it stays like this, start the program again.'],
    },
  codes: Object.keys(SCREENS),
  whatHappened: 'What happened',
  whatToDo: 'What to do',
  unchanged: 'Nothing was changed. Your data lies in',
  retry: 'Try again',
  retrying: 'Trying again…',
};
