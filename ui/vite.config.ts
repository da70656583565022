import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import { svelteTesting } from '@testing-library/svelte/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// What stands in for Tauri: in tests an empty program that the test fills, in `vite --mode fake` a made-up one to look
// at. No other build holds any of them.
const BRIDGES: Partial<Record<string, Record<string, string>>> = {
  test: { '@tauri-apps/api/core': file('src/lib/ipc/fake.ts') },
  fake: { '@tauri-apps/api/core': file('src/lib/ipc/fake-desk.ts') },
};

// Kit's own announcer carries a style attribute, which the policy refuses (DECISIONS 20): a class does the same.
const announcerWithoutStyle: Plugin = {
  name: 'announcer-without-style',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/generated/root.svelte')) return null;
    const changed = code.replace(/(id="svelte-announcer"[^>]*?) style="[^"]*"/, '$1 class="hidden"');
    if (changed === code)
      this.error('the announcer of SvelteKit has changed; look at .svelte-kit/generated/root.svelte');
    return { code: changed, map: null };
  },
};

// Each file comes through the window's own protocol, one question each, and each is packed for itself: what the first screen
// needs is one file, and all the other work is another. What a file takes goes along, into the first of them that takes it.
const FILES = [
  {
    name: 'base',
    test: /node_modules|src\/lib\/(ipc|shell|components\/(?![Cc]ombobox)|customer\/(list|lookup\/lookup-door)|words\/settings)|src\/routes\/(customers\/|\+)/,
    priority: 2,
  },
  { name: 'work', test: /src\/(lib|routes)\//, priority: 1 },
];

export default defineConfig(({ mode }) => ({
  plugins: [announcerWithoutStyle, sveltekit(), svelteTesting()],
  resolve: { alias: BRIDGES[mode] ?? {} },
  build: {
    // The policy forbids data: addresses, so nothing may be inlined as one (DECISIONS 20).
    assetsInlineLimit: 0,
    target: 'es2023',
    rolldownOptions: { output: { codeSplitting: { groups: FILES } } },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['tests/setup.ts'],
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
  },
}));
