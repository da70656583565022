import { afterEach, expect, test, vi } from 'vitest';
import { firstScreen } from '$lib/shell/first-screen';

afterEach(() => void vi.unstubAllGlobals());

test('the first screen is marked once, in the second frame after it was drawn', () => {
  const frames: FrameRequestCallback[] = [];
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  const mark = vi.spyOn(performance, 'mark');
  firstScreen();
  expect(mark).not.toHaveBeenCalled();
  frames.shift()?.(0);
  expect(mark, 'the first frame is not painted yet').not.toHaveBeenCalled();
  frames.shift()?.(16);
  expect(mark).toHaveBeenCalledExactlyOnceWith('first-screen');
  firstScreen();
  expect(frames, 'a later screen is not the first').toEqual([]);
});
