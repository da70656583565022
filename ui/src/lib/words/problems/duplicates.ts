import { cut, dayShort } from '../format';
import type { Sentence, Sentences } from './sentence';

/** Characters of a name: the line below a field is short. */
const NAME_MAX = 60;

/** Whose it is: a name and when it was last touched, never a number (the other record may be hidden). */
const used: Sentence = (_label, _name, { what, name, at }) => {
  const kind = what === 'customer' ? 'customer' : 'draft';
  const since = at ? ` ${kind === 'customer' ? 'read' : 'of'} ${dayShort(at)}` : '';
  return name ? `Used by ${cut(name, NAME_MAX)}, ${kind}${since}` : `Used by another ${kind}${since && `,${since}`}`;
};

/** What stands in another draft or customer of the environment (desk-core finds it). */
export const duplicates: Sentences = {
  'duplicate.id_document': used,
  'duplicate.identifier': used,
  'duplicate.partner_id': used,
};

/** Words beside such a problem. */
export const duplicateWords = {
  openOther: (what: string | undefined) => (what === 'customer' ? 'Open the customer' : 'Open the draft'),
  openHidden: (name: string | undefined) => (name ? ` of ${name}` : ''),
};
