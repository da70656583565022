// What the rules of a draft say, by code; one file a section, as the rules themselves have it (desk-domain's rules/).
import type { Problem } from '$lib/ipc';
import { fieldLabel, fieldName, isSelected } from '../fields';
import { accountUsage } from './account-usage';
import { address } from './address';
import { businessDetails } from './business-details';
import { duplicates } from './duplicates';
import { everyText } from './every-text';
import { persons } from './persons';
import { primaryContact } from './primary-contact';
import type { Params, Sentences } from './sentence';

/** Every code of desk-domain's codes.rs and of desk-core's duplicates. */
const SENTENCES: Sentences = {
  ...everyText,
  ...businessDetails,
  ...address,
  ...accountUsage,
  ...primaryContact,
  ...persons,
  ...duplicates,
};

/** What is wrong at a field and how to fix it, in the words of its label; the same everywhere (UX.md P9). */
export function problemText(problem: Pick<Problem, 'path' | 'code' | 'params'>): string {
  const label = fieldLabel(problem.path);
  const sentence = SENTENCES[problem.code];
  // A rule of another version: its code is shown rather than nothing.
  if (!sentence) return `${label}: ${problem.code}`;
  return sentence(label, fieldName(problem.path), problem.params as Params);
}

/** What to do at an empty field that somebody requires. Without a field a whole person is missing. */
export function missingText(path: string | null): string {
  if (path === null) return 'Add at least one person';
  return `${isSelected(path) ? 'Select' : 'Enter'} the ${fieldName(path)}`;
}

export { duplicateWords } from './duplicates';

/** The codes that have words. */
export const PROBLEM_CODES: readonly string[] = Object.keys(SENTENCES);
