import { waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ipcError, type DraftView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { creators, newDraft, wanted } from '$lib/shell/new-draft';
import { overlays } from '$lib/shell/overlays.svelte';
import { READY } from './app-view';

const goto = vi.hoisted(() => vi.fn<(href: string) => Promise<void>>());
vi.mock('$app/navigation', () => ({ goto }));

const field = (id: string) => document.querySelector<HTMLInputElement>(`#${id}`)!;

/** Lets the draft be made: before, the keys are held. */
let made: () => void;
/** What the program then says. */
let answer: () => DraftView;

beforeEach(() => {
  fake.reset();
  app.view = READY;
  document.body.innerHTML = '<main><input id="old" /></main>';
  field('old').focus();
  answer = () => ({ id: 'd-new' }) as DraftView;
  const gate = new Promise<void>((resolve) => (made = resolve));
  fake.on('draft_create', () => gate.then(answer));
  goto.mockReset().mockImplementation(async (href) => {
    document.body.innerHTML = `<main><input id="new" data-href="${href}" /></main>`;
    queueMicrotask(() => field('new').focus());
  });
});
afterEach(() => (app.view = null));

describe('a new draft', () => {
  test('what is typed before it opens goes into it, and nothing into the old one', async () => {
    const old = field('old');
    const heard = vi.fn();
    const opened = newDraft();
    document.addEventListener('input', heard);
    await userEvent.keyboard('Acme Ltd');
    made();
    await opened;
    document.removeEventListener('input', heard);
    expect(old.value).toBe('');
    expect(field('new').value).toBe('Acme Ltd');
    expect(heard, 'the field hears it as it hears the keyboard').toHaveBeenCalledOnce();
    await userEvent.keyboard('!');
    expect(field('new').value, 'then the keys are free again').toBe('Acme Ltd!');
  });

  test('what follows a key that moves is not guessed at', async () => {
    const opened = newDraft();
    await userEvent.keyboard('ab{Tab}cd');
    made();
    await opened;
    expect(field('new').value).toBe('ab');
  });

  test('two presses make one draft', async () => {
    const both = Promise.all([newDraft(), newDraft()]);
    made();
    await both;
    expect(fake.requests('draft_create')).toHaveLength(1);
  });

  test('where it could not be made the focus goes back, nothing was typed, and it says so', async () => {
    answer = () => {
      throw ipcError('store.full');
    };
    const opened = newDraft();
    await userEvent.keyboard('Acme');
    made();
    await opened;
    expect(document.activeElement).toBe(field('old'));
    expect(field('old').value).toBe('');
    expect(announcer.urgent).not.toBe('');
  });

  test.each([
    ['Acme', 'business_details/business_name_english'],
    ['Łódź', 'business_details/business_name_english'],
    ['九號港', 'business_details/business_name'],
  ])('for %s has the name at %s, kept before it opens', async (name, path) => {
    fake.on('draft_save', () => ({ seq: 1, saved_at: '', check: {} as never, changes: [] }));
    made();
    await newDraft(name);
    expect(fake.requests('draft_save')).toEqual([
      { draft: 'd-new', edits: [{ op: 'set', path, text: name }], position: null, closing: true },
    ]);
    await waitFor(() => expect(goto).toHaveBeenCalledExactlyOnceWith('/draft?id=d-new'));
  });

  test('without a connection goes where one is made', async () => {
    app.view = { ...READY, current_connection: null };
    await newDraft();
    expect(goto).toHaveBeenCalledExactlyOnceWith('/connections');
    expect(fake.requests('draft_create')).toEqual([]);
  });
});

describe('where the platform makes its customers itself', () => {
  const on = (current_connection: string) => (app.view = { ...READY, current_connection });
  beforeEach(() => {
    overlays.open = vi.fn(() => Promise.resolve());
    made();
  });

  test('nothing is made: it is said, and others are offered', async () => {
    on('c-btest');
    await newDraft('Acme');
    expect(fake.requests('draft_create')).toEqual([]);
    expect([vi.mocked(overlays.open).mock.calls, wanted.name]).toEqual([[['no_draft']], 'Acme']);
    expect(creators().map(({ id }) => id)).toEqual(['c-test', 'c-test2']);
  });

  test('the one that was chosen there makes it', async () => {
    on('c-btest');
    await newDraft('', 'c-test2');
    expect(fake.requests('draft_create')).toEqual([{ connection: 'c-test2' }]);
  });

  test('a platform that takes new ones is asked at once', async () => {
    on('c-test');
    await newDraft();
    expect([fake.requests('draft_create').length, vi.mocked(overlays.open).mock.calls]).toEqual([1, []]);
  });
});
