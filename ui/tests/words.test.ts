import { describe, expect, test } from 'vitest';
import { FIELDS } from '$lib/draft/fixture';
import * as bindings from '$lib/ipc/bindings';
import { blocked } from '$lib/words/blocked';
import { errorText, errorWords } from '$lib/words/errors';
import { FIELD_KEYS, fieldLabel, keyOfPath } from '$lib/words/fields';
import { missingText, problemText } from '$lib/words/problems';
import { BANNED } from './words-banned';

/** Stands for whatever a function of the catalogue takes: reads as a text, a number, a list and an object. */
const ANYTHING: unknown = new Proxy(() => '1', {
  get: (_target, key) => (key === Symbol.toPrimitive || key === 'toString' || key === 'valueOf' ? () => '1' : ANYTHING),
  apply: () => '1',
});

function texts(value: unknown, where: string): [where: string, text: string][] {
  if (typeof value === 'string') return [[where, value]];
  if (typeof value === 'function') {
    try {
      return texts((value as (...args: unknown[]) => unknown)(ANYTHING, ANYTHING, ANYTHING, ANYTHING), where);
    } catch {
      // It wants a date or an object of its own; its words are in the source, which is looked through as well.
      return [];
    }
  }
  if (typeof value !== 'object' || value === null || value === ANYTHING) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${where}.${key}`));
}

const modules = import.meta.glob<Record<string, unknown>>(['../src/lib/words/**/*.ts', '!**/*.test.ts'], {
  eager: true,
});
const raw = import.meta.glob<string>(['../src/lib/words/**/*.ts', '!**/*.test.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});
const catalogue = Object.entries(modules).flatMap(([path, module]) =>
  texts(module, path.replace(/^.*words\/|\.ts$/g, '')),
);

describe('the catalogue', () => {
  test('is found', () => {
    expect(catalogue.length).toBeGreaterThan(150);
  });

  test('says how to fix it, and never please, sorry, invalid or oops', () => {
    expect(catalogue.filter(([, text]) => BANNED.test(text))).toEqual([]);
    const quoted = Object.entries(raw).flatMap(([path, source]) =>
      [...source.matchAll(/(['"`])((?:\\.|(?!\1).)*)\1/g)].map((hit) => [path, hit[2] ?? '']),
    );
    expect(quoted.filter(([, text]) => BANNED.test(text ?? ''))).toEqual([]);
    expect(
      catalogue.filter(([, text]) => text.includes('!')),
      'shouts',
    ).toEqual([]);
  });

  test.each(bindings.ERROR_CODES.map((code) => [code]))('%s says what happened in words of the task', (code) => {
    const words = errorWords({ code, params: {} });
    expect(words.says).toMatch(/^[A-Z].*\.$/);
    expect(words.says).not.toContain(code);
    expect(words.next === '' || words.next.endsWith('.')).toBe(true);
    expect(errorText({ code, params: {} })).not.toMatch(/undefined|NaN|HTTP|TLS|JSON|null/);
  });

  test('a code of another version is shown, not hidden', () => {
    expect(errorText({ code: 'moon.full', params: {} })).toContain('moon.full');
    expect(problemText({ path: 'business_details/website', code: 'moon.full', params: {} })).toBe('Website: moon.full');
  });

  test('every reason that blocks the start has a screen with steps', () => {
    const reasons = bindings.ERROR_CODES.filter(
      (code) => /^(keyring|database)\./.test(code) && code !== 'keyring.failed',
    );
    expect([...blocked.codes].sort()).toEqual([...reasons].sort());
    for (const code of reasons) {
      const screen = blocked.screen({ code, params: {} });
      expect(screen.steps.length).toBeGreaterThan(0);
      expect(JSON.stringify(screen)).not.toContain('undefined');
    }
  });

  test('every field of the contract has a label, and no label is without a field', () => {
    expect([...FIELD_KEYS].sort()).toEqual([...new Set(FIELDS.map((field) => keyOfPath(field.path)))].sort());
    expect(fieldLabel('business_details/business_identifier_document_list/0')).toBe('Certificate file ID');
    expect(fieldLabel('business_person_list/0190a1b2-7c3d/identification/id_number')).toBe('Document number');
  });

  test('an empty field asks for its text, a list for a choice', () => {
    expect(missingText('business_details/business_name_english')).toBe('Enter the business name in English');
    expect(missingText('business_person_list/1/basic_info/nationality')).toBe('Select the nationality');
    expect(missingText(null)).toBe('Add at least one person');
  });
});
