import { formatMust, formatsUsual } from './formats';
import { inSentence, type Sentences } from './sentence';

const COMPARE = 'Compare it with the certificate';

/** Rules of the business, its identifier, and our ID of it. */
export const businessDetails: Sentences = {
  'identifier.check_digit': () => `The check digit does not match. ${COMPARE}`,
  'identifier.format': (label, _name, { format }) => formatMust(format) ?? `${label} must be as on the certificate`,
  'identifier.lei': () => `LEI check digits must match. ${COMPARE}`,
  'identifier.prefix': (_label, _name, { prefix }) => `No EIN begins with ${prefix ?? 'these two digits'}. ${COMPARE}`,
  'identifier.type_country': (label, _name, { country: code }) =>
    `${label} is not usual ${code ? `in ${inSentence(code)}` : 'in this country'}. Check it`,
  'identifier.unusual': (label, _name, { formats }) => {
    const usual = formatsUsual(formats);
    return usual === null ? `${label} is unusual in this country. Check it` : `Usually ${usual}. Check it`;
  },
  'name.local_latin': () => 'The local name is in Latin letters. Check it is the registered one',
  'name.same': () => 'Local and English names are the same. Check the local name',
  'partner_customer_id.characters': (label) =>
    `${label} has more than letters, digits, dot, dash and underscore. Check it`,
  'partner_customer_id.length': (label, _name, { min, max, found }) =>
    `${label} must be ${min ?? 20} to ${max ?? 64} characters${found ? `. It has ${found}` : ''}`,
  'website.format': (label) => `${label} must be an address like example.com`,
};
