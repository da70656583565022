import { inSentence, type Params, type Sentences } from './sentence';

const digits = ({ min, max }: Params): string => (min === max ? `${min} digits` : `${min} to ${max} digits`);
/** After a word that asks for one: a region that is known. */
const of = (word: string, region: string | undefined): string => (region ? ` ${word} ${inSentence(region)}` : '');

/** Rules of the contact. */
export const primaryContact: Sentences = {
  'email.format': (label) => `${label} must be an address like name@example.com`,
  'email.long': (label, _name, { max, found }) =>
    `${label} must be ${max ?? 254} characters or less${found ? `. It has ${found}` : ''}`,
  'email.typo': (_label, _name, { suggestion }) =>
    suggestion ? `Did you mean ${suggestion}?` : 'Check the part after the @',
  'phone.country_code': (_label, name) => `Enter the ${name} with its country code, like +852 2123 4567`,
  'phone.extension': (_label, _name, { extension }) => `Extension${extension ? ` ${extension}` : ''} is not sent`,
  'phone.length': (label, _name, params) => {
    const { found, min, max, region } = params;
    if (!min || !max) return `${label} must be 6 to 15 digits with its country code`;
    if (!region) return `${label} must be ${digits(params)} with its country code`;
    return `${label} is too ${Number(found) < Number(min) ? 'short' : 'long'}${of('for', region)}: it must be ${digits(params)}`;
  },
  'phone.letters': (label) => `${label} must use digits only`,
  'phone.unassigned': (label, _name, { region }) => `${label} is not a known number${of('of', region)}. Check it`,
};
