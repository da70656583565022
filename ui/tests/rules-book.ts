// The book of rules as the program wrote it (`cargo xtask bindings`), for the tests of its words and for docs/rules.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Requirement, Section, Severity } from '$lib/ipc/bindings';

/** One row of the book. */
export interface BookRule {
  /** The file of desk-domain's rules that it stands in. */
  section: string;
  /** Keys of fields. */
  fields: string[];
  code: string;
  severity: Severity;
  /** What it asks for. */
  asks: string;
  /** The page or contract that says so; without one it is the house's own. */
  confirmed: string | null;
  example: { path: string; params: Record<string, string> };
}

/** A field of the form, and who requires it. */
export interface BookField {
  section: Section;
  field: string;
  requirement: Requirement;
  typed_only: boolean;
}

/** The whole book. */
export const BOOK = JSON.parse(readFileSync(join(import.meta.dirname, 'rules.json'), 'utf8')) as {
  rules: BookRule[];
  required: BookField[];
};
