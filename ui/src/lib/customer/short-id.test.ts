import { expect, test } from 'vitest';
import { shortId } from './short-id';

test.each([
  ['cus_79fb1c2d3e4f5061728394a5b6c7244e', 'cus_79fb…244e'],
  ['mingyue-sz-2026-0003', 'mingyue-sz-2026-0003'],
  ['ONB-US-2024-00000004', 'ONB-US-2024-00000004'],
  ['', ''],
])('the id %s is shown as %s', (id, shown) => {
  expect(shortId(id)).toBe(shown);
});
