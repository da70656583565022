import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { IpcError } from '$lib/ipc/bindings';
import { Reveal } from './reveal.svelte';

const PHONE = 'primary_contact/contact_phone';
const EMAIL = 'primary_contact/contact_email';

let heard: string[];
let answer: (path: string) => Promise<{ path: string; value: string; hides_after_s: number }>;
beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  answer = (path) => Promise.resolve({ path, value: `whole ${path}`, hides_after_s: 30 });
});
afterEach(() => vi.useRealTimers());

function reveal(): Reveal {
  return new Reveal({
    reveal: (path) => answer(path),
    toError: (thrown) => thrown as IpcError,
    heard: (what, path) => heard.push(`${what} ${path}`),
  });
}

it('shows a value, counts down, and hides it by itself', async () => {
  const shown = reveal();
  await shown.show(PHONE);
  expect(shown.value(PHONE)).toBe(`whole ${PHONE}`);
  await vi.advanceTimersByTimeAsync(8_000);
  expect(shown.left(PHONE)).toBe(22);
  await vi.advanceTimersByTimeAsync(22_000);
  expect(shown.value(PHONE), 'not a second longer').toBeNull();
  expect(heard).toEqual([`shown ${PHONE}`, `hidden ${PHONE}`]);
});

it('each value has its own time', async () => {
  const shown = reveal();
  await shown.show(PHONE);
  await vi.advanceTimersByTimeAsync(20_000);
  await shown.show(EMAIL);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shown.value(PHONE)).toBeNull();
  expect(shown.left(EMAIL)).toBe(20);
});

it('hides everything at once when the window is left, and an answer that comes later stays hidden', async () => {
  const shown = reveal();
  await shown.show(PHONE);
  let late: (() => void) | undefined;
  answer = (path) => new Promise((resolve) => (late = () => resolve({ path, value: 'late', hides_after_s: 30 })));
  const asked = shown.show(EMAIL);
  shown.hideAll();
  late?.();
  await asked;
  expect(shown.any).toBe(false);
});

it('says so where it could not be shown', async () => {
  const shown = reveal();
  answer = () => Promise.reject({ code: 'internal' });
  await shown.show(PHONE);
  expect(shown.any).toBe(false);
  expect(heard).toEqual([`failed ${PHONE}`]);
});
