import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '$lib/ipc/bindings';
import { checkOf, draftOf } from '../fixture';
import { Program } from './program-fixture';
import { RETRY_MS } from './save-queue.svelte';

const NAME = 'business_details/business_name_english';
const PHONE = 'primary_contact/contact_phone';
const COUNTRY = 'registration_address/registration_address_country_code';
const POSTCODE = 'registration_address/registration_address_postcode';
const START = 'business_details/business_identifier_start_date';
function problem(path: string, code = 'phone.unreadable'): Problem {
  return { path, code, params: {}, severity: 'error' };
}

let program: Program;
beforeEach(() => {
  vi.useFakeTimers();
  program = new Program();
});
afterEach(() => vi.useRealTimers());

describe('saving', () => {
  it('sends a burst once, 250 ms after its first key press', async () => {
    const editor = program.editor();
    editor.enter(NAME);
    editor.type(NAME, 'H');
    await vi.advanceTimersByTimeAsync(200);
    editor.type(NAME, 'Ha');
    await vi.advanceTimersByTimeAsync(49);
    expect(program.requests, 'not before 250 ms').toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(program.texts(0), 'the whole burst as one edit, not later because of the second key').toEqual(['Ha']);
  });

  it('sends at once when a field is left', async () => {
    const editor = program.editor();
    editor.enter(NAME);
    editor.type(NAME, 'Harbour');
    editor.leave(NAME, PHONE);
    await vi.advanceTimersByTimeAsync(0);
    expect(program.texts(0)).toEqual(['Harbour']);
    expect(program.requests[0]?.position, 'the field the user is in now').toBe(PHONE);
  });

  it('keeps one request in flight and the order of edits', async () => {
    const editor = program.editor();
    editor.enter(NAME);
    editor.type(NAME, 'a');
    editor.leave(NAME, PHONE);
    await vi.advanceTimersByTimeAsync(0);
    editor.enter(PHONE);
    editor.type(PHONE, '1');
    editor.leave(PHONE, NAME);
    editor.enter(NAME);
    editor.type(NAME, 'ab');
    await vi.advanceTimersByTimeAsync(1000);
    expect(program.requests, 'the second waits for the first answer').toHaveLength(1);
    await program.answer();
    expect(program.texts(1), 'in the order they were made').toEqual(['1', 'ab']);
  });

  it('is saved only when the answer has come', async () => {
    const editor = program.editor();
    editor.type(NAME, 'a');
    await vi.advanceTimersByTimeAsync(250);
    expect(editor.queue.state).toBe('saving');
    expect(editor.queue.unsaved).toBe(true);
    await program.answer();
    expect(editor.queue.state).toBe('saved');
    expect(editor.queue.unsaved).toBe(false);
    expect(editor.seq, 'the review names the newest edit').toBe(1);
  });

  it('keeps what failed, tries it again, and says so once each way', async () => {
    const editor = program.editor();
    editor.type(NAME, 'a');
    await vi.advanceTimersByTimeAsync(250);
    await program.fail();
    expect(editor.queue.state).toBe('failed');
    expect(editor.text(NAME), 'the text stays on the screen').toBe('a');
    await vi.advanceTimersByTimeAsync(RETRY_MS);
    await program.fail();
    expect(program.said, 'one alert, not one a try').toEqual(['failed']);
    editor.type(PHONE, '1');
    await vi.advanceTimersByTimeAsync(RETRY_MS);
    await program.answer();
    expect(program.texts(2), 'first what failed, then what came after').toEqual(['a', '1']);
    expect(program.said).toEqual(['failed', 'recovered']);
    expect(editor.queue.state).toBe('saved');
  });

  it('sends nothing while an input method composes', async () => {
    const editor = program.editor();
    editor.enter(NAME);
    editor.type(NAME, 'A');
    editor.composing(true);
    editor.type(NAME, 'Ani');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(program.requests, 'no preedit text crosses').toHaveLength(0);
    editor.composing(false);
    editor.type(NAME, 'A你');
    await vi.advanceTimersByTimeAsync(250);
    expect(program.texts(0), 'the composed text, once').toEqual(['A你']);
  });

  it('says on closing that nothing needs restoring, and keeps the position', async () => {
    const editor = program.editor();
    editor.enter(PHONE);
    const closed = editor.close();
    await program.answer();
    expect(await closed).toBe(true);
    expect(program.requests[0]).toMatchObject({ closing: true, position: PHONE, edits: [] });
  });

  it('does not close over an edit that could not be kept', async () => {
    const editor = program.editor();
    editor.type(NAME, 'a');
    const closed = editor.close();
    await program.fail();
    expect(await closed).toBe(false);
    expect(editor.queue.unsaved).toBe(true);
  });

  it.each(['sending', 'accepted', 'unknown', 'conflict'] as const)(
    'takes no edit while the draft is %s',
    async (state) => {
      const editor = program.editor(draftOf({ state }));
      editor.type(NAME, 'a');
      editor.addPerson();
      await vi.advanceTimersByTimeAsync(1000);
      expect(program.requests).toHaveLength(0);
      expect(editor.text(NAME)).toBe('');
    },
  );
});

describe('problems', () => {
  it('shows nothing before a field is left', async () => {
    const editor = program.editor();
    editor.enter(PHONE);
    editor.type(PHONE, '12');
    await vi.advanceTimersByTimeAsync(250);
    await program.answer(checkOf({ problems: [problem(PHONE)] }));
    expect(editor.shown).toEqual([]);
  });

  it('shows a problem of format when a changed field was left and the rules have answered', async () => {
    const editor = program.editor();
    editor.enter(PHONE);
    editor.type(PHONE, '12');
    editor.leave(PHONE);
    expect(editor.shown, 'not by an answer about an older text').toEqual([]);
    await program.answer(checkOf({ problems: [problem(PHONE)] }));
    expect(editor.problems.at(PHONE)).toMatchObject({ from: 'rule', problem: { code: 'phone.unreadable' } });
  });

  it('shows nothing for a field that was left unchanged or empty', async () => {
    const editor = program.editor();
    program.check = checkOf({ problems: [problem(PHONE)] });
    editor.enter(PHONE);
    editor.leave(PHONE);
    editor.enter(START);
    editor.type(START, '1');
    editor.type(START, '');
    editor.leave(START);
    await program.answer();
    expect(editor.shown).toEqual([]);
  });

  it('rechecks what is shown without waiting, and clears it with the answer', async () => {
    const editor = program.editor();
    editor.enter(PHONE);
    editor.type(PHONE, '12');
    editor.leave(PHONE);
    await program.answer(checkOf({ problems: [problem(PHONE)] }));
    editor.enter(PHONE);
    editor.type(PHONE, '+852 2123 4567');
    expect(editor.problems.at(PHONE), 'kept until the rules have seen the new text').not.toBeNull();
    await vi.advanceTimersByTimeAsync(0);
    expect(program.requests, 'no 250 ms for a field that speaks').toHaveLength(2);
    await program.answer(checkOf());
    expect(editor.problems.at(PHONE)).toBeNull();
  });

  it('shows empty required fields only after Check section, and clears them with the first character', async () => {
    const check = checkOf({ missing: [{ path: NAME, section: 'business_details', requirement: 'house' }] });
    const editor = program.editor(draftOf({ check }));
    expect(editor.shown).toEqual([]);
    expect(await editor.checkSection('primary_contact'), 'another section stays quiet').toEqual([]);
    const found = await editor.checkSection('business_details');
    expect(found).toMatchObject([{ from: 'missing', path: NAME }]);
    expect(editor.status('business_details')).toEqual({ is: 'problems', count: 1, gravest: 'error' });
    editor.type(NAME, 'H');
    expect(editor.shown, 'at once, before any answer').toEqual([]);
  });

  it('asks no longer for what another country does without', async () => {
    const missing = [{ path: POSTCODE, section: 'registration_address' as const, requirement: 'country' as const }];
    const editor = program.editor(draftOf({ check: checkOf({ missing }) }));
    expect(await editor.checkSection('registration_address')).toMatchObject([{ from: 'missing', path: POSTCODE }]);
    editor.enter(COUNTRY);
    editor.type(COUNTRY, 'HK');
    editor.leave(COUNTRY);
    await program.answer(checkOf());
    expect(editor.shown).toEqual([]);
  });

  it('asks again for what was filled and emptied', async () => {
    const check = checkOf({ missing: [{ path: NAME, section: 'business_details', requirement: 'house' }] });
    const editor = program.editor(draftOf({ check }));
    await editor.checkSection('business_details');
    for (const [text, answer] of [
      ['H', checkOf()],
      ['', check],
    ] as const) {
      editor.enter(NAME);
      editor.type(NAME, text);
      editor.leave(NAME);
      await program.answer(answer);
      expect(editor.shown, text).toHaveLength(text === '' ? 1 : 0);
    }
  });

  it('shows the platform’s words at a field until it changes', () => {
    const error = { status: 422, code: null, message: null, fields: [], raw: '', trace_id: 't' };
    const fields = [{ path: PHONE, message: 'phone not reachable' }];
    const outcome = { outcome: 'rejected' as const, error, fields, at: '2026-11-21T06:30:00Z' };
    const editor = program.editor(draftOf({ state: 'rejected', texts: [{ path: PHONE, text: '1' }], outcome }));
    expect(editor.problems.at(PHONE)).toMatchObject({ from: 'platform', message: 'phone not reachable' });
    const again = program.editor(draftOf({ state: 'rejected', outcome, changed: [PHONE] }));
    expect(again.problems.at(PHONE), 'nor of a text that was changed before it was opened').toBeNull();
    editor.type(PHONE, '12');
    expect(editor.problems.at(PHONE)).toBeNull();
  });

  it('shows of a draft that was opened what had been left, not the field the user was in', () => {
    const texts = [
      { path: PHONE, text: '12' },
      { path: START, text: '20' },
    ];
    const check = checkOf({ problems: [problem(START, 'date.unreadable'), problem(PHONE)] });
    const editor = program.editor(draftOf({ texts, check, position: START }));
    expect(editor.shown.map((said) => said.path)).toEqual([PHONE]);
  });

  it.each([
    [{ required: 2, filled: 0, started: false }, { is: 'not_started' }],
    [{ required: 2, filled: 1, started: true }, { is: 'in_progress' }],
    [{ required: 2, filled: 2, started: true }, { is: 'complete' }],
  ])('gives a section with %o the state %o', (tally, status) => {
    const check = checkOf({ sections: [{ section: 'primary_contact', ...tally }] });
    expect(program.editor(draftOf({ check })).status('primary_contact')).toEqual(status);
  });

  it('gives an echo only for the text that the rules have seen', async () => {
    const editor = program.editor();
    editor.enter(PHONE);
    editor.type(PHONE, '2123 4567');
    await vi.advanceTimersByTimeAsync(250);
    const echoes = [{ path: PHONE, code: 'phone', params: { e164: '+85221234567' } }];
    await program.answer(checkOf({ echoes }));
    expect(editor.echo(PHONE)?.params['e164']).toBe('+85221234567');
    editor.type(PHONE, '2123 456');
    expect(editor.echo(PHONE)).toBeNull();
  });
});
