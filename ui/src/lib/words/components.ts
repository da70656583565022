import { time } from './format';

/** Words of the basic components. */
export const components = {
  optional: '(optional)',
  close: 'Close',
  clear: 'Clear',
  recent: 'Used recently',
  all: 'All',
  tabTakes: (label: string) => ` takes ${label}`,
  tabKey: 'Tab',
  matches: (count: number) => (count === 1 ? '1 match' : `${count} matches`),
  noMatch: (text: string) => `Nothing in the list matches “${text}”. It is kept as typed`,
  saving: 'Saving…',
  saved: (at: string) => `Saved ${time(at)}`,
  notSaved: 'Not saved',
  retry: 'Retry',
  savedHere: 'Saved on this computer, not sent',
  showAnswer: 'Show answer',
  hideAnswer: 'Hide answer',
  answerStatus: (status: number) => `The platform answered ${status}`,
  answered: (status: number) => `answered ${status}`,
  request: 'request',
  answerEmpty: 'The answer had no text',
  loading: 'Loading…',
  error: 'Error:',
  warning: 'Warning:',
};
