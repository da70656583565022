import type { DateOrder, Density, Language, Theme, WhenOffline } from '$lib/ipc';

/** Words of the settings. */
export const settings = {
  title: 'Settings',
  savedAtOnce: 'Each change is saved at once',
  saved: (what: string, value: string) => `${what}: ${value}. Saved.`,
  appearance: 'Appearance',
  theme: { legend: 'Colours', system: 'As the system', light: 'Light', dark: 'Dark' } satisfies Record<
    Theme | 'legend',
    string
  >,
  density: { legend: 'Rows and controls', compact: 'Compact', comfortable: 'Comfortable' } satisfies Record<
    Density | 'legend',
    string
  >,
  zoom: 'Size of everything',
  percent: (percent: number) => `${percent} %`,
  datesAndLanguage: 'Dates and language',
  dateOrder: {
    legend: '3/4/2021 is read as',
    ask: 'Unclear. The form asks which is meant',
    day_first: '3 April 2021, day first',
    month_first: '4 March 2021, month first',
  } satisfies Record<DateOrder | 'legend', string>,
  language: 'Language',
  languages: { en: 'English' } satisfies Record<Language, string>,
  languageHint: 'English is the only language so far',
  sending: 'Sending',
  whenOffline: {
    legend: 'When the platform cannot be reached',
    ask: 'Ask each time',
    wait: 'Send when online: it waits in the queue',
    back: 'Do not wait: the draft stays as it is',
  } satisfies Record<WhenOffline | 'legend', string>,
  keepingUp: 'Keeping up',
  notify: 'Tell me when a customer changes',
  notifyHint: 'A notification of the system, also while another program is in front. It names nobody.',
  on: 'On',
  off: 'Off',
  network: 'Network',
  computer: 'This computer',
  folder: 'Your data lies in',
  copyFolder: 'Copy the path',
  folderCopied: 'Path copied.',
  copyRefused: 'The path could not be copied.',
  actor: 'Signed in as',
  encrypted: 'It is encrypted. The key lies in the keyring of this computer.',
  loadFailed: 'The folder could not be read.',
  help: 'Help',
  allKeys: 'All keys',
  about: 'About Customer Desk',
  welcomeAgain: 'Show the first screen again',
};

/** Words of the first start. */
export const welcome = {
  title: 'Welcome to Customer Desk',
  does: 'Write applications for business customers, send them to the platform, and follow what becomes of them.',
  practiceTitle: 'Practise here first',
  practice:
    'There is a practice connection with made-up customers. It is on this computer only: nothing that you send there reaches anybody.',
  ownTitle: 'Add your own connection',
  own: 'With the address and the key of your platform you work on its test or its real customers. The strip at the top always says which.',
  keysTitle: 'Three keys that matter',
  keys: { palette: 'finds a customer, a draft or a command', new_draft: 'starts a draft', help: 'shows all keys' },
  dataTitle: 'Where your data lies',
  data: 'All of it is encrypted on this computer, the key is in its keyring. What you type is saved as you type.',
  folder: 'Folder:',
  start: 'Start practising',
  add: 'Add a connection',
  started: 'The first screen is closed. Settings has it again.',
};
