import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fieldLabel, sectionTitle } from '$lib/words/fields';
import { missingText, problemText } from '$lib/words/problems';
import { BOOK, type BookRule } from './rules-book';

/** The parts of the book, in its order. */
const PARTS: [section: string, title: string, about: string][] = [
  ['every_text', 'Every text', 'What holds for texts, lists, codes and dates in all sections.'],
  ['business_details', sectionTitle('business_details'), 'The business, its identifier, and our own ID of it.'],
  ['address', 'Addresses', 'The registration address and the address of each person.'],
  ['account_usage', sectionTitle('account_usage'), 'What the account is for.'],
  ['primary_contact', sectionTitle('primary_contact'), 'How the business is reached.'],
  ['business_person_list', sectionTitle('business_person_list'), 'The persons, alone and beside each other.'],
  ['duplicates', 'Duplicates', 'Other drafts and known customers. The page links to the other record.'],
];
const WEIGHTS = { error: 'error', warning: 'warning', note: 'note' };
const REQUIRED = {
  platform: 'the platform',
  house: 'the house',
  country: 'its country’s address data',
  optional: 'nobody',
};
/** A rule at more fields than these is one of all. */
const NAMED_MAX = 6;

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
const table = (head: string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

function where(fields: readonly string[]): string {
  const labels = [...new Set(fields.map(fieldLabel))];
  return labels.length > NAMED_MAX
    ? `${labels.slice(0, 3).join(', ')} and ${labels.length - 3} more`
    : labels.join(', ');
}

function ruleRow(rule: BookRule): string[] {
  return [
    where(rule.fields),
    rule.asks,
    WEIGHTS[rule.severity],
    rule.confirmed ?? 'house',
    problemText({ ...rule.example, code: rule.code }),
    `\`${rule.code}\``,
  ];
}

function partOf([section, title, about]: (typeof PARTS)[number]): string {
  const rules = BOOK.rules.filter((rule) => rule.section === section);
  const head = ['Field', 'Asks for', 'Weight', 'Says so', 'Message', 'Code'];
  return `## ${title}\n\n${about}\n\n${table(head, rules.map(ruleRow))}\n`;
}

function requiredPart(): string {
  const rows = BOOK.required
    .filter(({ requirement }) => requirement !== 'optional')
    .map(({ section, field, requirement, typed_only }) => [
      sectionTitle(section),
      `${fieldLabel(field)}${typed_only ? ' (typed revision only)' : ''}`,
      REQUIRED[requirement],
      missingText(field),
    ]);
  const optional = BOOK.required.filter(({ requirement }) => requirement === 'optional');
  return [
    '## What is required',
    'What the platform requires blocks. What the house or the country requires blocks too, but one tick for the whole draft sends it anyway. Nothing is asked for before a section is checked.',
    table(['Section', 'Field', 'Required by', 'Message'], rows),
    `Nobody requires: ${optional.map(({ section, field }) => `${fieldLabel(field)} (${sectionTitle(section)})`).join(', ')}.`,
  ].join('\n\n');
}

const accepted = readFileSync(join(import.meta.dirname, 'rules-accepted.md'), 'utf8');

const HEAD = `<!-- Written by a test. Do not edit: change the rule, then \`cargo xtask bindings\` and \`npx vitest run rules -u\` in ui/. -->

# The rules of the form

${new Set(BOOK.rules.map(({ code }) => code)).size} codes in ${BOOK.rules.length} rows, from \`desk-domain/src/rules\` (each row with the texts that break and keep it) and
\`ui/src/lib/words/problems\`. A test fails where a rule lacks texts or words.

- **Weight**: an *error* blocks, a *warning* wants a tick at the review, a *note* is said and no more.
- **Says so**: the page of the API or the contract that confirms it; *house* where the rule is our own.
- **Message**: as the user reads it, with the values of an example. It is the same below the field, in the list of
  problems and at the review.

Of each field one problem is shown, the gravest. Text is never changed or cleared by a rule: it is kept, and said why.`;

// A message names the year of a day in another year: the file must not change with the years.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

test('docs/rules.md is the book of rules', async () => {
  const known = PARTS.map(([section]) => section);
  expect(BOOK.rules.filter(({ section }) => !known.includes(section))).toEqual([]);
  const parts = [HEAD, requiredPart(), ...PARTS.map(partOf), accepted];
  await expect(`${parts.map((part) => part.trim()).join('\n\n')}\n`).toMatchFileSnapshot('../../docs/rules.md');
});
