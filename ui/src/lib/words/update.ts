import type { Kind, Message, MergeView, UpdateMissingView, UpdateView } from '$lib/ipc';
import { fieldLabel, sectionTitle } from './fields';
import { counted, isToday, list, moment, time } from './format';
import { individualOf, platform } from './individual';
import { outbox } from './outbox';

const day = (at: string) => (isToday(at) ? `today ${time(at)}` : moment(at));
const GROUPS: Record<string, string> = {
  basic_info: 'names and birth date',
  residential_address: 'residential address',
  identification: 'identification',
};
/** Labels stand inside a sentence: only their first letter is that of its beginning. */
const inside = (label: string) => label.charAt(0).toLowerCase() + label.slice(1);

/** Words of changing a customer: the form of an update, its review, and the choice between both sides. */
export const update = {
  kind: ({ read_at, customer_id }: UpdateView, kind: Kind) => {
    if (kind !== 'bultra') return `Update, as read ${day(read_at)}`;
    const owner = individualOf(customer_id);
    return `Update contact data, ${owner ? inside(platform.of(owner.customer)) : `as read ${day(read_at)}`}`;
  },
  /** Of a row that is named already: an individual does not say whose it is. */
  rowKind: (customerId: string) => {
    const owner = individualOf(customerId);
    return owner ? `${outbox.purposes.update}, ${inside(platform.of(owner.customer))}` : outbox.purposes.update;
  },
  contactOnly: 'Contact and address only. Major changes may need a new application on the platform.',
  cannotClear: (label: string) => `${label}: this platform cannot clear it`,
  /** A part of an address, be it cleared or never there. */
  addressNeeds: (label: string) => `${label}: an address is sent whole and needs it`,
  changes: (count: number) => (count === 0 ? 'Unchanged' : counted(count, 'change', 'changes')),
  changesHidden: (count: number) => ` ${count === 1 ? 'change' : 'changes'}`,

  hiddenName: (label: string) => `${label}, hidden, unchanged`,
  hint: 'Type to replace it, F2 shows it',
  hidAgain: 'Hidden. Type to replace it, F2 shows it',
  nothingHidden: 'Nothing is hidden here',
  show: 'Show',
  showField: (label: string) => `Show and change ${inside(label)}`,
  changed: 'Changed',
  cleared: 'Is cleared',
  keep: 'Keep as it was',
  keepField: (label: string) => `Keep as it was: ${inside(label)}`,
  keptSaid: (label: string) => `${label} is as it was`,
  keepFailed: (why: string) => `It could not be brought back. ${why}`,
  asSent: 'As last known, the platform left it out',

  newer: (at: string) =>
    isToday(at)
      ? `The customer changed on the platform at ${time(at)}.`
      : `The customer changed on the platform on ${moment(at)}.`,
  newerText: 'It is compared before anything is sent.',
  compareNow: 'Compare now',
  /** `The platform left out the residential address of Shen Yulan, and nobody here has sent it.` */
  missing: (parts: readonly UpdateMissingView[], personName: (person: string) => string) => {
    const names = parts.map(({ section, person, group }) => {
      const what = group ? (GROUPS[group] ?? group) : inside(sectionTitle(section));
      return `the ${what}${person === null ? '' : ` of ${personName(person)}`}`;
    });
    return `The platform left out ${list(names)}, and nobody here has sent ${names.length === 1 ? 'it' : 'them'}.`;
  },
  missingText: (count: number) =>
    count === 1 ? 'Fill it in, so that it is not lost.' : 'Fill them in, so that they are not lost.',

  review: {
    changes: (count: number, environment: string) => `${counted(count, 'change', 'changes')} in ${environment}`,
    columns: { field: 'Field', before: (at: string) => `As read ${day(at)}`, after: 'Is sent', change: 'Change' },
    untouched: (count: number) =>
      `${counted(count, 'value goes', 'values go')} back as ${count === 1 ? 'it' : 'they'} came.`,
    /** What goes beside what is changed, where only that is sent. */
    contact: (address: boolean) =>
      address
        ? 'The address is sent whole, also what is not changed of it. Nothing else is sent.'
        : 'Nothing else is sent.',
    none: 'Not provided',
    cleared: 'Not sent any more',
    cannotClear: 'This platform cannot clear it',
    notSent: 'Not sent',
    whole: 'Whole person',
    said: { changed: 'Changed', added: 'Added', cleared: 'Cleared', removed: 'Removed' },
    updates: (environment: string, one: boolean) => `Updates ${one ? 'an individual' : 'a customer'} in ${environment}`,
    updated: (environment: string, one: boolean) => `Updated ${one ? 'an individual' : 'a customer'} in ${environment}`,
    submit: { sandbox: 'Update in sandbox', test: 'Update in test', production: 'Submit update to production' },
    question: 'Submit the update to production?',
    text: (count: number, name: string, connection: string) =>
      `${counted(count, 'value', 'values')} of ${name} ${count === 1 ? 'is' : 'are'} changed on ${connection}.`,
    nothing: 'Change a field first: nothing is changed.',
    incomplete: 'Fill in what the platform left out before you submit.',
    refill: (count: number) =>
      `fill ${counted(count, 'field', 'fields')} that the platform requires, or keep ${count === 1 ? 'it as it was' : 'them as they were'},`,
    files: (count: number) => `wait until the platform has ${counted(count, 'file', 'files')}`,
    again: 'Reading it again…',
    notAgain: 'Not read again yet.',
    /** What the platform has where it was read again. */
    readBack: (paths: readonly string[]) => {
      if (paths.length === 0) return 'Read again: the platform has what was sent.';
      const names = paths.map((path) =>
        /^business_person_list\/\d+$/.test(path) ? sectionTitle('business_person_list') : fieldLabel(path),
      );
      return `Read again: the platform has ${paths.length} of them otherwise: ${list([...new Set(names)])}.`;
    },
    compare: 'Compare the readings',
    choose: 'Choose what stays',
  },

  choice: {
    title: 'Choose what stays',
    back: 'Back to the form',
    loadFailed: 'Both sides could not be compared.',
    clashes: (count: number) =>
      `${counted(count, 'value was', 'values were')} changed here and on the platform, each otherwise. Nothing is sent before you have chosen.`,
    none: 'Nothing was changed on both sides.',
    rest: ({ mine, taken }: Pick<MergeView, 'mine' | 'taken'>) =>
      [
        mine > 0 ? `${counted(mine, 'other change of yours goes', 'other changes of yours go')} on` : '',
        taken > 0
          ? `${counted(taken, 'other change of the platform stays', 'other changes of the platform stay')}`
          : '',
      ]
        .filter(Boolean)
        .join(', '),
    persons: 'Persons',
    who: (name: string) => `Who is ${name} now?`,
    at: (name: string, idNumber: string | null) => (idNumber ? `${name}, ${idNumber}` : name),
    nobody: 'Nobody: removed on the platform',
    columns: {
      field: 'Field',
      original: (at: string) => `As read ${day(at)}`,
      mine: 'Yours',
      theirs: (at: string) => `On the platform ${day(at)}`,
    },
    scrolls: 'What both sides changed',
    take: (label: string, mine: boolean) => `${label}: ${mine ? 'yours' : 'the platform’s'}`,
    removed: 'Removed',
    stays: 'Stays, changed',
    cleared: 'Cleared',
    allMine: 'All yours',
    allTheirs: 'All the platform’s',
    chosen: (chosen: number, all: number) => `${chosen} of ${all} chosen`,
    use: 'Use these and review',
    using: 'Taking them over…',
    left: (count: number) => `Choose for ${counted(count, 'more line', 'more lines')} first.`,
    twice: 'Two of the persons cannot be the same one.',
    settleFailed: 'It could not be taken over.',
    again: 'The customer has changed on the platform again. What you chose stays chosen where it still fits.',
    settled: 'Taken over. This is what changes now.',
  },

  /** Where the words of a reason that nothing was sent for lead. */
  wayOn: ({ code }: Message) => (/^update\.(clash|changed|persons)$/.test(code) ? 'Choose what stays' : null),
};
