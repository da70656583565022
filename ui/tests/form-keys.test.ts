// Keys that go elsewhere in the form: the field the user is in is left before the next one is looked for.
import { render } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DraftActions } from '$lib/draft/draft-actions';
import { forgetDefaults } from '$lib/draft/editor/defaults';
import { DraftEditor } from '$lib/draft/editor/draft-editor.svelte';
import type { DraftKey } from '$lib/draft/editor/draft-keys';
import { codeOptions } from '$lib/draft/fields/code-options.svelte';
import { checkOf, draftOf, FIELDS } from '$lib/draft/fixture';
import { FormView } from '$lib/draft/form-view.svelte';
import { domId, sectionOf } from '$lib/draft/paths';
import { call } from '$lib/ipc';
import type { IpcError } from '$lib/ipc/bindings';
import { answerAddresses } from '$lib/ipc/fake-addresses';
import { fake } from '$lib/ipc/fake';
import { lists } from '$lib/ipc/fake-records';
import Form from './FormFields.svelte';

const COUNTRY = 'registration_address/registration_address_country_code';
const OPERATING = 'account_usage/operating_country';
const GOODS = 'account_usage/goods_service_description';
const START = 'business_details/business_identifier_start_date';

let editor: DraftEditor;
let actions: DraftActions;
let check = checkOf();

function open(empty: string[]) {
  check = checkOf({ missing: empty.map((path) => ({ path, section: sectionOf(path), requirement: 'house' })) });
  editor = new DraftEditor(draftOf({ check }), {
    save: (request) => call('draft_save', request),
    toError: (thrown) => thrown as IpcError,
    announce: () => undefined,
  });
  actions = new DraftActions(editor, new FormView(editor), () => undefined);
  const fields = [START, COUNTRY, OPERATING, GOODS].flatMap((path) => FIELDS.filter((one) => one.path === path));
  render(Form, { editor, fields });
}
const control = (path: string) => document.getElementById(domId(path)) as HTMLInputElement;
async function press(key: DraftKey) {
  actions.press(key);
  for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
  await tick();
}

beforeEach(async () => {
  fake.reset();
  forgetDefaults();
  fake
    .on('code_lists', () => lists)
    .on('draft_save', ({ edits }) => ({ seq: edits.length, saved_at: '2026-11-22T02:00:00Z', check, changes: [] }));
  answerAddresses();
  await codeOptions.load();
});
afterEach(() => editor.queue.stop());

const JAPAN = ['japan{Enter}', 'japan', 'JP'];
const TO_OPERATING: DraftKey[] = [
  { does: 'section', at: 2 },
  { does: 'empty', by: 1 },
];
test.each(JAPAN.flatMap((typed) => TO_OPERATING.map((key) => [typed, key.does, key] as const)))(
  '%s and the key for %s pass the country that was filled by it',
  async (typed, _does, key) => {
    open([COUNTRY, OPERATING, GOODS]);
    control(COUNTRY).focus();
    await userEvent.keyboard(typed);
    await press(key);
    expect(editor.text(OPERATING)).toBe('JP');
    expect(document.activeElement).toBe(control(GOODS));
  },
);

test('where nothing is empty, the focus stays', async () => {
  open([]);
  control(GOODS).focus();
  await press({ does: 'empty', by: 1 });
  expect(document.activeElement).toBe(control(GOODS));
});

test.each<DraftKey>([{ does: 'check' }, { does: 'save' }, { does: 'section', at: 2 }, { does: 'empty', by: 1 }])(
  't in a date is today after the key for $does',
  async (key) => {
    open([GOODS]);
    control(START).focus();
    await userEvent.keyboard('t');
    await press(key);
    expect(editor.text(START)).toBe('2026-11-22');
    expect(control(START).value).toBe('2026-11-22');
  },
);

test('Ctrl+Z takes back a line that Enter took', async () => {
  open([]);
  control(COUNTRY).focus();
  await userEvent.keyboard('CN{Tab}');
  control(COUNTRY).focus();
  control(COUNTRY).select();
  await userEvent.keyboard('japan{Enter}');
  expect(editor.text(COUNTRY)).toBe('JP');
  expect(actions.press({ does: 'undo' })).toBe(true);
  expect(editor.text(COUNTRY)).toBe('CN');
  await tick();
  expect(control(COUNTRY).value).toBe('China');
});
