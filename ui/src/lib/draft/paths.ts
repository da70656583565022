import type { DraftView, Section } from '$lib/ipc/bindings';

/** All sections in the order of a form. */
export const SECTIONS: readonly Section[] = [
  'business_details',
  'registration_address',
  'account_usage',
  'primary_contact',
  'business_person_list',
];

/** The sections that a form has; their number on the screen is their place from 1. */
export function sectionsOf({ fields }: Pick<DraftView, 'fields'>): Section[] {
  return SECTIONS.filter((section) => fields.some((field) => field.section === section));
}

const PERSONS = 'business_person_list';

/** The id of a field's control in the page. */
export function domId(path: string): string {
  return `f-${path.replaceAll('/', '-')}`;
}

/** The id of a section's heading in the page. */
export function sectionId(section: Section): string {
  return `s-${section}`;
}

/** The person that a path belongs to. */
export function personOf(path: string): string | null {
  const [head, person] = path.split('/');
  return head === PERSONS && person !== undefined && person !== '*' ? person : null;
}

/** The path of a person's field, out of the table's row with `*`. */
export function forPerson(path: string, person: string): string {
  return path.replace('/*/', `/${person}/`);
}

/** The field's own key, which names its words: `id_number`; without the slot of a list. */
export function keyOf(path: string): string {
  const parts = path.split('/');
  const last = parts.at(-1) ?? path;
  return /^\d+$/.test(last) ? (parts.at(-2) ?? last) : last;
}

/** The group of a person's field: `basic_info`, `residential_address`, `identification`; `''` outside persons. */
export function groupOf(path: string): string {
  const parts = path.split('/');
  return parts[0] === PERSONS && parts.length === 4 ? (parts[2] ?? '') : '';
}

/** The section of a path. */
export function sectionOf(path: string): Section {
  const head = path.split('/')[0] ?? '';
  return SECTIONS.find((section) => section === head) ?? 'business_details';
}

/** A path without the slot, as the table of fields has it for lists. */
export function listOf(path: string): string {
  return path.replace(/\/\d+$/, '');
}
