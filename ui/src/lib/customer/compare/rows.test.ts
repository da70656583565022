import { expect, it, test } from 'vitest';
import type { ComparisonRowView, ComparisonView } from '$lib/ipc';
import { becameOf, compareGroups, MARKS, nothingOf, rowLabel, sideOf, wasOf } from './rows';

function row(more: Partial<ComparisonRowView>): ComparisonRowView {
  const path = 'business_details/website';
  return {
    before_path: path,
    after_path: path,
    section: 'business_details',
    person: null,
    kind: 'text',
    before: 'old',
    after: 'new',
    masked: false,
    change: 'changed',
    ...more,
  };
}
const reading = (id: string, at: string) => ({ id, first_read_at: at, last_read_at: at, status: null, changes: null });
const view = (rows: ComparisonRowView[], persons: ComparisonView['persons'] = []): ComparisonView => ({
  before: reading('r1', '2026-05-03T16:45:00Z'),
  after: reading('r2', '2026-11-21T14:10:00Z'),
  rows,
  persons,
  changed: rows.length,
  same: 0,
});
const unknown = { section: null, kind: null, before_path: null, after_path: 'risk_tier', before: null, after: '2' };

test.each<[string, Partial<ComparisonRowView>, string]>([
  ['another value', {}, 'Changed'],
  ['one that was not there', { change: 'added' }, 'Added'],
  ['one that is gone', { change: 'removed' }, 'Removed'],
  ['the same', { change: 'same' }, 'Same'],
  ['one of which an answer says nothing', { change: 'not_said' }, 'Not said'],
  ['one this program does not know', { ...unknown, change: 'added' }, 'Added, kept'],
  ['one it does not know, and is another', { ...unknown, change: 'changed' }, 'Changed, kept'],
  ['one it does not know, and is gone: nothing is kept', { ...unknown, change: 'removed' }, 'Removed'],
])('%s is said in a word', (_what, more, word) => {
  const one = row(more);
  expect(becameOf(one)).toBe(word);
  // What is the same is the only one without a mark: a mark never stands without its word.
  expect(MARKS[one.change] === null).toBe(one.change === 'same');
});

test.each<[string, Partial<ComparisonRowView>, string]>([
  ['an empty field', { change: 'added', before: null }, 'Not provided'],
  ['a section that the answer leaves out', { change: 'not_said', before: null }, 'Not in this reading'],
  ['a field that is not known and not there', unknown, 'Not in this reading'],
])('%s is %s', (_what, more, said) => expect(nothingOf(row(more), 'before')).toBe(said));

test.each<[Partial<ComparisonRowView>, string]>([
  [{}, 'Website'],
  [{ section: null, before_path: 'status', after_path: 'status' }, 'Status'],
  [{ after_path: null, before_path: 'business_person_list/0/identification/id_number' }, 'Document number'],
  [{ ...unknown, after_path: 'screening/website' }, 'screening/website'],
])('the row %o is called %s: only what this program knows has a label', (more, label) =>
  expect(rowLabel(row(more))).toBe(label),
);

it('persons are named, and one who is in one reading alone is said to be', () => {
  const persons = [
    { name: 'Yulan Shen', local_name: '沈玉兰', before: 0, after: 1 },
    { name: '', local_name: '林伟', before: 1, after: null },
    { name: '', local_name: '', before: null, after: 2 },
  ];
  const of = (person: number) => row({ section: 'business_person_list', person });
  const groups = compareGroups(
    view([row({ section: null, before_path: 'status' }), row({}), of(0), of(0), of(1), of(2), row(unknown)], persons),
  );
  expect(groups.map(({ title, local = '', only = '', rows }) => [title, local, only, rows.length])).toEqual([
    ['Status and IDs', '', '', 1],
    ['Business details', '', '', 1],
    ['Yulan Shen', '沈玉兰', '', 2],
    ['林伟', '', 'Only before', 1],
    ['Person 3', '', 'Only after', 1],
    ['Fields this program does not know', '', '', 1],
  ]);
});

it('what a value was stands at its badge, but never one that is masked', () => {
  const phone = 'primary_contact/contact_phone';
  const was = wasOf(
    view([
      row({ before: 'CN', kind: 'country' }),
      row({ after_path: phone, before: '+86 •••• ••88', masked: true }),
      row({ after_path: null, change: 'removed' }),
      row({ after_path: 'x', before: null, change: 'added' }),
      row({ after_path: 'y', change: 'same' }),
    ]),
  );
  expect([...was]).toEqual([
    ['business_details/website', 'Was: China, on 3 May 2026'],
    ['x', 'Was: Not provided, on 3 May 2026'],
  ]);
});

it('each side is shown from its own place in its own reading', () => {
  const moved = row({ before_path: 'p/0/id', after_path: 'p/1/id', masked: true });
  expect([sideOf(moved, 'before'), sideOf(moved, 'after')]).toEqual([
    { path: 'p/0/id', kind: 'text', value: 'old', masked: true },
    { path: 'p/1/id', kind: 'text', value: 'new', masked: true },
  ]);
});
