import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ipcError, type DraftView } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { app } from '$lib/shell/app.svelte';
import { load } from '../src/routes/draft/+page';
import { READY } from './app-view';

const SOON_MS = 100;
const draft = (id: string) => ({ id }) as DraftView;
const opens = (id: string) =>
  load({ url: new URL(`http://desk/draft?id=${id}`) } as Parameters<typeof load>[0]) as Promise<{
    id: string;
    opened: Promise<DraftView> | null;
  }>;

beforeEach(() => {
  fake.reset();
  app.view = READY;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('on the way to a draft', () => {
  test('it is asked for once, and is there when its screen is', async () => {
    fake.on('draft_open', ({ draft: id }) => draft(id));
    const { id, opened } = await opens('d1');
    expect(id).toBe('d1');
    expect(await opened).toEqual(draft('d1'));
    expect(fake.requests('draft_open')).toEqual([{ draft: 'd1' }]);
  });

  test('a slow one is waited for on its screen, after a tenth of a second', async () => {
    let answer: (view: DraftView) => void = () => undefined;
    fake.on('draft_open', () => new Promise((done) => (answer = done)));
    const arrived = vi.fn();
    const loaded = opens('d1').then((data) => {
      arrived();
      return data;
    });
    await vi.advanceTimersByTimeAsync(SOON_MS - 1);
    expect(arrived).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(arrived).toHaveBeenCalled();
    const { opened } = await loaded;
    answer(draft('d1'));
    expect(await opened).toEqual(draft('d1'));
  });

  test('one that does not open says so on its screen', async () => {
    fake.on('draft_open', () => {
      throw ipcError('draft.gone');
    });
    const { opened } = await opens('d1');
    await expect(opened).rejects.toMatchObject({ code: 'draft.gone' });
  });

  test('nothing is asked for before the store is open', async () => {
    app.view = null;
    expect((await opens('d1')).opened).toBeNull();
    expect(fake.made).toEqual([]);
  });
});
