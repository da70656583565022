import { formatMust, formatsUsual } from './formats';
import { inSentence, type Params, type Sentences } from './sentence';

const person = ({ other }: Params): string => (other ? `Person ${other}` : 'Another person');

/** Rules of the persons, alone and beside each other. */
export const persons: Sentences = {
  'age.minor': (_label, _name, { age }) => `Person must be at least ${age ?? 18}`,
  'age.over': (label, _name, { age }) => `${label} must be less than ${age ?? 120} years ago`,
  'id.back_missing': () => 'This document has two sides. Enter the back file ID',
  'id.country': (label, _name, { country: code }) =>
    `${label} is not the nationality${code ? `, ${inSentence(code)}` : ''}. Check it`,
  'id.long_validity': (_label, _name, { years }) =>
    `Issue and expiry are more than ${years ?? 20} years apart. Check both dates`,
  'id_number.birth_date': () => 'The date in the ID number is not the date of birth',
  'id_number.check_digit': () => 'The check digit does not match. Compare it with the document',
  'id_number.format': (label, _name, { format }) => formatMust(format) ?? `${label} must be as on the document`,
  'id_number.unusual': (label, _name, { format }) => {
    // Its form is asked for elsewhere: here no province has its first two digits.
    if (format === 'cn_resident_id') return 'No resident ID begins with these two digits. Check it';
    const usual = formatsUsual(format);
    return usual === null ? `${label} is unusual for this document. Check it` : `Usually ${usual}. Check it`;
  },
  'name.digits': (label) => `${label} has a digit. Check it`,
  'person.same_id': (_label, _name, params) => `${person(params)} has the same document. Check both`,
  'person.same_name': (_label, _name, params) =>
    `${person(params)} has the same name and date of birth. Check it is not the same person`,
  'persons.no_director': () => 'No person runs the business, as a director does. Check the roles',
};
