import { inSentence, type Sentences } from './sentence';

const named = (code: string | undefined): string => (code ? inSentence(code) : 'this country');

/** Rules of an address, of the registration and of each person; labels are those of its country. */
export const address: Sentences = {
  'address.not_used': (_label, _name, { country: code }) => `Not used in ${named(code)}. Sent as it is`,
  'address.po_box': (label) => `${label} looks like a PO box. Check it`,
  'country.closed': (_label, _name, { country: code }) =>
    `The house does no business in ${named(code)}. Select another one`,
  'postcode.format': (label, _name, { country: code, example }) =>
    example ? `${label} must look like ${example}` : `${label} must be one of ${named(code)}`,
  'postcode.region': (label, _name, { other, postcode, region }) =>
    `${label}${postcode ? ` ${postcode}` : ''} is in ${other ?? 'another place'}${region ? `, not ${region}` : ''}. Check it`,
  'state.other': (_label, _name, { country: code }) => `Not in the list of ${named(code)}. Check it is right`,
  'state.unknown': (_label, name, { country: code }) => `Select the ${name}. The text names none of ${named(code)}`,
};
