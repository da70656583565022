// The files of the page, for the tests of its rules.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Every file below src with one of these endings, by its path. */
export function sources(...endings: string[]): [path: string, text: string][] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(ROOT, path), readFileSync(path, 'utf8')]);
}

/** A file beside src. */
export function projectFile(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
