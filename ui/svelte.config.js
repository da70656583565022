import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

// The page on made-up answers never lies where the program's page is taken from.
const OUT = process.env.DESK_UI_BUILD === 'fake' ? '.svelte-kit/fake' : 'build';

// The class that keeps a component's styles to itself is its number: nothing packs as badly as a hash.
const SRC = join(import.meta.dirname, 'src');
const COMPONENTS = readdirSync(SRC, { recursive: true })
  .filter((name) => name.endsWith('.svelte'))
  .sort();

/** @param {{ hash: (text: string) => string, css: string, filename: string }} of */
function cssHash({ hash, css, filename }) {
  const at = COMPONENTS.findIndex((name) => filename === join(SRC, name) || filename === join('src', name));
  return at < 0 ? `svelte-${hash(css)}` : `_${at.toString(36)}`;
}

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    cssHash,
    runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true),
  },
  kit: {
    adapter: adapter({ pages: OUT, assets: OUT, fallback: 'index.html' }),
    // One name for every build: a window never looks for a newer page.
    version: { name: 'desk' },
  },
};
