import { amount } from '../format';
import { inner, type Sentences } from './sentence';

/** Rules of what the account is for. */
export const accountUsage: Sentences = {
  'amount.ambiguous': (label, _name, { a, b }) =>
    a && b
      ? `Choose the ${inner(label)}: ${amount('', a)} or ${amount('', b)}`
      : `${label} can be read in two ways. Enter it without separators`,
  'amount.digits': (label, _name, { currency, digits }) =>
    digits === '0'
      ? `${label} in ${currency ?? 'this currency'} must be a whole number`
      : `${label}${currency ? ` in ${currency}` : ''} must have ${digits ?? 'fewer'} digits after the point at most`,
  'amount.large': (label, _name, { amount: value, currency }) =>
    `${value && currency ? amount(currency, value) : label} is very large. Check it`,
  'amount.not_positive': (label) => `${label} must be more than 0`,
  'amount.unreadable': (label) => `${label} must be a number, like 12,000`,
  'description.length': (label, _name, { found, max, min }) =>
    found && min && Number(found) < Number(min)
      ? `${label} should be ${min} characters or more. Say what the business sells`
      : `${label} may be cut${found && max ? `: it has ${found} characters of ${max}` : ''}`,
  'description.name': (label) => `${label} is the name of the business. Say what it sells`,
  'description.words': (label, _name, { min }) =>
    `${label} should be ${min ?? 2} words or more. Say what the business sells`,
};
