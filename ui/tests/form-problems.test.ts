import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import DraftScreen from '$lib/draft/DraftScreen.svelte';
import { checkOf, draftOf } from '$lib/draft/fixture';
import { domId } from '$lib/draft/paths';
import type { Check, DraftView, Problem } from '$lib/ipc/bindings';
import { fake } from '$lib/ipc/fake';
import { lists } from '$lib/ipc/fake-records';
import { app } from '$lib/shell/app.svelte';
import { draft as words } from '$lib/words/draft';
import { missingText, problemText } from '$lib/words/problems';
import { READY } from './app-view';

vi.mock('$app/navigation', () => ({
  goto: vi.fn(() => Promise.resolve()),
  beforeNavigate: vi.fn(),
  afterNavigate: vi.fn(),
}));

const NAME = 'business_details/business_name_english';
const NUMBER = 'business_details/business_identifier_number';
const START = 'business_details/business_identifier_start_date';
const PHONE = 'primary_contact/contact_phone';
const at = (path: string, code: string, severity: Problem['severity'], params = {}): Problem => ({
  path,
  code,
  severity,
  params,
});
const PROBLEMS = [
  at(NUMBER, 'duplicate.identifier', 'warning', {
    what: 'draft',
    draft: 'd2',
    name: 'Acme',
    at: '2026-05-12T08:00:00Z',
  }),
  at(START, 'date.ambiguous', 'error', { first: '2021-04-03', second: '2021-03-04' }),
  at(PHONE, 'phone.letters', 'error'),
];
const TEXTS = [NUMBER, START, PHONE].map((path) => ({ path, text: '3/4/2021' }));
let check: Check;

beforeEach(() => {
  fake.reset();
  app.view = READY;
  check = checkOf({
    problems: PROBLEMS,
    missing: [
      { path: NAME, section: 'business_details', requirement: 'house' },
      { path: null, section: 'business_person_list', requirement: 'house' },
    ],
  });
  fake
    .on('app_status', () => READY)
    .on('outbox_list', () => ({ rows: [] }))
    .on('code_lists', () => lists)
    .on('address_form', ({ country }) => ({ country, parts: [], only_city: null, calling_code: null }))
    .on('document_list', () => ({ documents: [] }) as never)
    .on('draft_save', ({ edits }) => ({ seq: edits.length, saved_at: '2026-11-22T02:00:00Z', check, changes: [] }));
});

async function open(part: Partial<DraftView> = {}) {
  fake.on('draft_open', () => draftOf({ texts: TEXTS, check, position: null, ...part }));
  render(DraftScreen, { id: 'd', field: null });
  await waitFor(() => expect(document.getElementById(domId(NAME))).toBeTruthy());
  await waitFor(() => expect(document.activeElement?.id).toMatch(/^f-/));
}
const field = (path: string) => document.getElementById(domId(path)) as HTMLInputElement;
const below = (path: string) => document.getElementById(`${domId(path)}-note`)?.textContent ?? '';
const here = () => document.activeElement?.id;
/** Presses a key, and waits for the focus, which comes after the page was drawn. */
async function press(keys: string, id: string) {
  await userEvent.keyboard(keys);
  await waitFor(() => expect(here()).toBe(id));
}

describe('what is wrong', () => {
  test('is said in the same words below the field and in the panel, and counted in the section', async () => {
    await open();
    const panel = document.querySelector('[data-pane="problems"]')?.textContent ?? '';
    for (const problem of PROBLEMS) {
      expect(below(problem.path)).toContain(problemText(problem));
      expect(panel).toContain(problemText(problem));
    }
    const nav = screen.getByRole('navigation', { name: words.sectionsLabel }).textContent.replace(/\s+/g, ' ');
    expect(nav).toMatch(/Business details 2 problems/);
    expect(nav).toMatch(/Primary contact 1 problem/);
  });

  test('F8 goes through all of it in the order of the form, warnings too, and round', async () => {
    await open();
    await press('{F8}', domId(NUMBER));
    await press('{F8}', domId(START));
    await press('{F8}', domId(PHONE));
    await press('{F8}', domId(NUMBER));
    await press('{Shift>}{F8}{/Shift}', domId(PHONE));
  });

  test('F9 goes to what is empty, and to the person that is missing', async () => {
    await open();
    field(PHONE).focus();
    await press('{F9}', 'add-person');
    field(PHONE).focus();
    await press('{Shift>}{F9}{/Shift}', domId(NAME));
  });

  test('nothing that is empty is an error before the section is checked, and then the focus is there', async () => {
    await open();
    expect(field(NAME).getAttribute('aria-invalid')).toBeNull();
    field(NUMBER).focus();
    await press('{Control>}{Enter}{/Control}', domId(NAME));
    expect(field(NAME).getAttribute('aria-invalid')).toBe('true');
    expect(below(NAME)).toContain(missingText(NAME));
  });

  test('the first error goes before a warning that stands above it', async () => {
    check = checkOf({ problems: PROBLEMS });
    await open();
    field(NAME).focus();
    await press('{Control>}{Enter}{/Control}', domId(START));
  });
});
