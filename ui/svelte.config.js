import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

// The page on made-up answers never lies where the program's page is taken from.
const OUT = process.env.DESK_UI_BUILD === 'fake' ? '.svelte-kit/fake' : 'build';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true) },
  kit: {
    adapter: adapter({ pages: OUT, assets: OUT, fallback: 'index.html' }),
    // One name for every build: a window never looks for a newer page.
    version: { name: 'desk' },
  },
};
