import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { DraftEditor } from '../editor/draft-editor.svelte';
import { checkOf, draftOf, FIELDS } from '../fixture';
import { FormView } from '../form-view.svelte';
import { forPerson } from '../paths';
import HomeAddress from './HomeAddress.svelte';

const LINE = 'business_person_list/p1/residential_address/residential_address_line1';
const fields = FIELDS.filter((field) => field.path.includes('/residential_address/'));

let editor: DraftEditor;
let view: FormView;

beforeEach(() => {
  const texts = [{ path: 'registration_address/registration_address_line1', text: '18 Harbour Street' }];
  editor = new DraftEditor(draftOf({ texts, persons: ['p1'] }), {
    save: () => Promise.resolve({ seq: 1, saved_at: '', check: checkOf(), changes: [] }),
    toError: () => ({ code: 'store.failed', params: {}, fields: [], trace_id: null, answer: null }),
    announce: () => undefined,
  });
  view = new FormView(editor);
  render(HomeAddress, { editor, view, person: 'p1', name: 'Layla Al Marri', fields });
});

const tick = () =>
  screen.getByRole<HTMLInputElement>('checkbox', { name: 'Same as the registration address for Layla Al Marri' });
const shown = () => screen.queryAllByRole('textbox').length + screen.queryAllByRole('combobox').length;

describe('the tick of a person’s address', () => {
  test('is reached by Tab before the address, and Space ticks it', async () => {
    await userEvent.tab();
    expect(document.activeElement).toBe(tick());
    await userEvent.keyboard(' ');
    expect(tick().checked).toBe(true);
    expect(editor.text(LINE)).toBe('18 Harbour Street');
    expect(document.activeElement, 'the focus stays').toBe(tick());
  });

  test('hides what is the same, and shows it again as it stands', async () => {
    expect(shown()).toBe(fields.length);
    await userEvent.click(tick());
    expect(shown()).toBe(0);
    await userEvent.click(tick());
    expect(shown()).toBe(fields.length);
    expect(screen.getByLabelText<HTMLInputElement>('Address line 1').value).toBe('18 Harbour Street');
  });

  test('shows an address that a key or a problem leads to, without letting go of it', async () => {
    await userEvent.click(tick());
    await view.goTo(forPerson(LINE, 'p1'));
    expect(shown()).toBe(fields.length);
    expect(document.activeElement).toBe(screen.getByLabelText('Address line 1'));
    expect(tick().checked).toBe(true);
    await userEvent.keyboard('x');
    expect(tick().checked, 'until it is edited').toBe(false);
    expect(shown(), 'the field does not go from under the keys').toBe(fields.length);
  });

  test('follows Ctrl+Z', async () => {
    await userEvent.click(tick());
    editor.undo();
    await Promise.resolve();
    expect(tick().checked).toBe(false);
    expect(editor.text(LINE)).toBe('');
  });
});
