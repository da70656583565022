import { moment } from './format';

/** Words of a platform whose customers have accounts and individuals: what its records have, and what it does not offer. */
export const platform = {
  /** The platform's word for what a customer is; another word stays as it came. */
  party: (word: string) => PARTIES[word] ?? word,
  about: 'About',
  accounts: 'Accounts',
  columnsAccounts: { id: 'Account ID', currency: 'Currency', status: 'Status' },
  otherTitle: 'What else the platform says',
  otherLabel: (path: string) => readable(path.replace(/^(corporation|individual)\//, '')),
  /** What is known and no field: its label, or nothing for what this program does not know. */
  aboutLabel: (path: string): string | null => {
    const [, list, id, key] = /^(accounts|individuals)\/([^/]+)\/(id|currency|status|role)$/.exec(path) ?? [];
    if (list && id && key) return `${list === 'accounts' ? 'Account' : 'Individual'} ${id}, ${key}`;
    return ABOUT[path] ?? null;
  },
  percent: (value: string) => `${value} %`,
  unlisted: (at: string) => `When its list was last read, ${moment(at)}, the platform did not name it any more.`,
  elsewhereTitle: 'On the platform itself',
  elsewhere:
    'New customers come out of its application process, and major changes may need a new application there. Documents are handed in there too. It keeps no ID of yours.',

  individuals: 'Individuals',
  columns: { name: 'Name', role: 'Role', ownership: 'Ownership', read: 'Reading' },
  of: (customer: string) => `Individual of ${customer}`,
  openOwner: 'Open its customer',
  /** An id as it stands in a row: that of an individual names its customer too. */
  idWords: (id: string) => {
    const parts = individualOf(id);
    return parts ? `Individual ${parts.individual} of ${parts.customer}` : id;
  },
  notRead: 'Not read yet',
  notNamed: 'Asked for by ID',
  updating: 'Update in progress',
  none: 'The customer names none.',
  id: 'Individual ID',
  hint: 'For one that the customer does not name',
  enterId: 'Enter the individual ID',
  missed: 'The customer has no individual with this ID.',
  read: 'Read',
  reading: 'Reading it for the first time…',
  readFailed: 'It could not be read.',
  nothingRead: 'Nothing of it is known here yet.',
  readingFirst: (id: string) => `Reading this ${individualOf(id) ? 'individual' : 'customer'} for the first time`,
};

const PARTIES: Partial<Record<string, string>> = { INDIVIDUAL: 'Individual', CORPORATION: 'Corporation' };
const ABOUT: Partial<Record<string, string>> = { type: 'Type', role: 'Role', ownership_percentage: 'Ownership' };

/** `legal_form/registered_in` as a label: `Legal form, registered in`. */
function readable(path: string): string {
  const text = path.replaceAll('/', ', ').replace(/[_-]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** This program knows an individual by its customer's id and its own. */
export function individualOf(id: string): { customer: string; individual: string } | null {
  const [, customer, individual] = /^(.+)\/individuals\/(.+)$/.exec(id) ?? [];
  return customer && individual ? { customer, individual } : null;
}
