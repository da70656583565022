import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { placeOf } from '$lib/draft/fields/layout';
import { checkOf } from '$lib/draft/fixture';
import type { DraftEditor } from '$lib/draft/editor/draft-editor.svelte';
import { echoWords } from '$lib/draft/speech';
import { missingText, problemText, PROBLEM_CODES } from '$lib/words/problems';
import { FORMAT_NAMES } from '$lib/words/problems/formats';
import { BOOK, type BookRule } from './rules-book';
import { BANNED } from './words-banned';

/** Its words at each of its fields, with the parameters of the example and without some: an update may not know them. */
function said({ code, fields, example }: BookRule): string[] {
  const paths = fields.map((field) => `somewhere/${field}`);
  const pairs = Object.entries(example.params);
  const less = [pairs, [], ...pairs.map((one) => pairs.filter((other) => other !== one))];
  return less.flatMap((left) => paths.map((path) => problemText({ path, code, params: Object.fromEntries(left) })));
}

const source = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../../crates/desk-domain/src', path), 'utf8');

/** What is wrong with a sentence, if anything. */
function lint(text: string): string | null {
  if (!/^\p{Lu}/u.test(text)) return 'begins in small letters';
  if (/\.$/.test(text)) return 'ends with a full stop';
  if (text.includes('!')) return 'shouts';
  if (BANNED.test(text)) return 'says what is never said';
  if (/undefined|NaN|null|_| {2}|[a-z]\.[a-z]+_/.test(text)) return 'has a hole';
  return text.length > 140 ? 'is long' : null;
}

/** Characters of a line below the narrowest field, which is about 210 px wide. */
const LINE = 32;

/** How many lines a text takes there, roughly. */
function linesOf(text: string): number {
  let [lines, filled] = [1, -1];
  for (const { length } of text.split(' ')) {
    if (filled + 1 + length > LINE && filled >= 0) [lines, filled] = [lines + 1, length];
    else filled += 1 + length;
  }
  return lines;
}

describe('the words of the rules', () => {
  test('take two lines at most below a narrow field', () => {
    const narrow = BOOK.rules.flatMap(({ code, fields, example }) =>
      fields
        .filter((field) => placeOf(field).columns === 4)
        .map((field) =>
          problemText({ code, params: example.params, path: example.path.replace(/\w+(\/\d+)?$/, field) }),
        ),
    );
    expect(narrow.length).toBeGreaterThan(50);
    expect([...new Set(narrow)].filter((text) => linesOf(text) > 2)).toEqual([]);
  });

  test('of a duplicate say whose it is and when, whatever is known', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T12:00:00Z') });
    const at = '2026-11-13T08:00:00Z';
    const of = (params: Record<string, string>) =>
      problemText({ path: 'partner_customer_id', code: 'duplicate.partner_id', params });
    const draft = { what: 'draft', name: 'Brightwater Ceramics' };
    const customer = { what: 'customer', name: 'Brightwater Ceramics' };
    expect([
      of({ ...draft, at }),
      of({ ...draft, at: '2025-09-13T08:00:00Z' }),
      of({ ...draft, name: '', at }),
      of(draft),
      of({ ...customer, at }),
      of({ ...customer, name: '', at }),
      of({ what: 'customer', name: '' }),
    ]).toEqual([
      'Used by Brightwater Ceramics, draft of 13 Nov',
      'Used by Brightwater Ceramics, draft of 13 Sep 2025',
      'Used by another draft, of 13 Nov',
      'Used by Brightwater Ceramics, draft',
      'Used by Brightwater Ceramics, customer read 13 Nov',
      'Used by another customer, read 13 Nov',
      'Used by another customer',
    ]);
    const long = of({ ...draft, name: 'Brightwater '.repeat(20), at });
    expect([long.length < 100, long]).toEqual([true, expect.stringMatching(/…, draft of 13 Nov$/)]);
    vi.useRealTimers();
  });

  test('are there for every code of the book, and for no other', () => {
    const codes = new Set(BOOK.rules.map(({ code }) => code));
    expect([...PROBLEM_CODES].sort()).toEqual([...codes].sort());
  });

  test.each(BOOK.rules.map((rule) => [rule.code, rule.section, rule] as const))(
    '%s (%s) says what is wrong and how to fix it',
    (code, _section, rule) => {
      const faults = said(rule).map((text) => [text, text.includes(code) ? 'has its code' : lint(text)]);
      expect(faults.filter(([, fault]) => fault !== null)).toEqual([]);
    },
  );

  test('of an empty field ask for it: enter it, or select it where there is a list', () => {
    for (const { field } of BOOK.required) {
      const text = missingText(`somewhere/${field}`);
      expect(text).toMatch(/^(Enter|Select) the [a-z]/);
      expect(lint(text)).toBeNull();
    }
  });

  test('are there for every format of numbers, and for no other', () => {
    const folder = 'reference/identifiers';
    const files = readdirSync(join(import.meta.dirname, '../../crates/desk-domain/src', folder)).map(
      (name) => `${folder}/${name}`,
    );
    const names = [...files, 'reference/identity.rs'].flatMap((path) =>
      [...source(path).matchAll(/Format \{\s+name: "(\w+)"/g)].map(([, name]) => name),
    );
    expect(names.length).toBeGreaterThan(30);
    expect([...FORMAT_NAMES].sort()).toEqual([...new Set(names)].sort());
  });

  const echoes = [...source('codes.rs').matchAll(/^ {4}\("(\w+)", "(\w+)", "([^"]*)"\),$/gm)];
  test.each(echoes.map(([, code = '', key = '', value = '']) => [code, { [key]: value }] as const))(
    'what was understood as %s is said',
    (code, params) => {
      const path = 'somewhere/field';
      const editor = { echo: () => ({ path, code, params }), text: () => '', check: checkOf() };
      expect(echoWords(editor as unknown as DraftEditor, path)).toBeTruthy();
    },
  );

  test('what was understood is the parameter of its code, whatever comes beside it', () => {
    for (const [, code = '', key = '', value = ''] of echoes) {
      if (!['email', 'identifier', 'postcode', 'state', 'website'].includes(code)) continue;
      const echo = { path: 'a/b', code, params: { another: 'x', [key]: value } };
      expect(echoWords({ echo: () => echo, text: () => '' } as unknown as DraftEditor, 'a/b')).toBe(value);
    }
  });

  test.each([
    ['please enter it', 'begins in small letters'],
    ['Enter it.', 'ends with a full stop'],
    ['Enter it!', 'shouts'],
    ['The number is not valid', 'says what is never said'],
    ['It was undefined', 'has a hole'],
    ['Postcode must be 4 digits', null],
  ])('the lint reads %s', (text, fault) => {
    expect(lint(text)).toBe(fault);
  });
});
