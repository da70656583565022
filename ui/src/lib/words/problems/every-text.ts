import { fieldLabel, fieldName } from '../fields';
import { calendarDate } from '../format';
import { inner, type Sentences } from './sentence';

/** Rules that hold in every section: texts, lists, codes, dates and file IDs. */
export const everyText: Sentences = {
  'choice.other': () => 'Not in the list. Check it is right',
  'country.unknown': (label) => `Select the ${inner(label)}. The text names none`,
  'currency.unknown': (label) => `Select the ${inner(label)}. The text names none`,
  'date.ambiguous': (label, _name, { first, second }) =>
    first && second
      ? `Choose the ${inner(label)}: ${calendarDate(first)} or ${calendarDate(second)}`
      : `${label} can be read in two ways. Enter the month as a word`,
  'date.expired': (label, _name, { date }) =>
    `${label} must be today or later${date ? `. It was ${calendarDate(date)}` : ''}`,
  'date.expires_soon': (_label, _name, { days }) => {
    if (days === '0') return 'Expires today';
    return days ? `Expires in ${days} ${days === '1' ? 'day' : 'days'}` : 'Expires soon';
  },
  'date.future': (label) => `${label} must be today or in the past`,
  'date.order': (label, _name, { date, other }) =>
    `${label} must be after the ${other ? inner(fieldLabel(other)) : 'other date'}${date ? `, ${calendarDate(date)}` : ''}`,
  'date.short_year': (label) => `${label} must have a year of four digits, like 3 Apr 2021`,
  'date.unreadable': (label) => `${label} must be a real date, like 3 Apr 2021`,
  'file_id.characters': (label) => `${label} has an unusual character. Check it`,
  'file_id.repeated': (label, name, { other }) => {
    const where = other ? fieldName(other) : name;
    return `${label} must be another file${where === name ? '. This one is used' : ` than the ${where}`}`;
  },
  'name.script': (label) => `${label} should be in Latin letters. Check it`,
  'text.controls': (label) => `${label} has hidden characters, which are not sent`,
  'text.long': (label, _name, { max, found }) =>
    max && found ? `${label} may be cut: it has ${found} characters of ${max}` : `${label} is long and may be cut`,
};
