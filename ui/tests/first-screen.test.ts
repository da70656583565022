import { afterEach, expect, test, vi } from 'vitest';
import { firstScreen } from '$lib/shell/first-screen';

afterEach(() => void vi.unstubAllGlobals());

test('the first screen is marked once, by a task that its frame posts', async () => {
  const frames: FrameRequestCallback[] = [];
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  const mark = vi.spyOn(performance, 'mark');
  firstScreen();
  expect(mark).not.toHaveBeenCalled();
  frames.shift()?.(0);
  expect(mark, 'the callback comes before its frame is painted').not.toHaveBeenCalled();
  await vi.waitFor(() => expect(mark).toHaveBeenCalledExactlyOnceWith('first-screen'));
  firstScreen();
  expect(frames, 'a later screen is not the first').toEqual([]);
});
