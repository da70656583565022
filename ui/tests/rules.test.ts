import { parse, type AST } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';
import { projectFile, sources } from './sources';

/** Attributes whose text people read or hear. */
const SPOKEN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'label',
  'legend',
  'page',
  'placeholder',
  'text',
  'tip',
  'title',
  'word',
]);
const LETTERS = /\p{L}{2,}/u;

interface Node {
  type: string;
  [key: string]: unknown;
}

/** Every text a reader of the screen would meet that stands in the component itself. */
function literals(source: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null || !('type' in value)) return;
    const node = value as Node;
    if (node.type === 'Text' && LETTERS.test(String(node.data))) found.push(String(node.data).trim());
    if (node.type === 'Attribute') {
      if (SPOKEN.has(String(node.name))) {
        const parts = Array.isArray(node.value) ? (node.value as Node[]) : [];
        parts.filter((part) => part.type === 'Text').forEach(visit);
      }
      return;
    }
    Object.values(node).forEach(visit);
  };
  const root: AST.Root = parse(source, { modern: true });
  visit(root.fragment.nodes);
  return found;
}

describe('rules of the repository', () => {
  test.each(sources('.svelte'))('%s holds no English: words come from the catalogue', (_path, text) => {
    expect(literals(text)).toEqual([]);
  });

  test('the rule against English finds a text and a spoken attribute', () => {
    expect(literals('<p>Hello there</p>')).toEqual(['Hello there']);
    expect(literals('<button title="Close it" class="big one">x</button>')).toEqual(['Close it']);
    expect(literals('{#if true}<p>{words.a} and more</p>{/if}')).toEqual(['and more']);
  });

  test('only lib/ipc/index.ts speaks to Tauri', () => {
    const speakers = sources('.ts', '.svelte').filter(([, text]) => /from ['"]@tauri-apps\//.test(text));
    expect(speakers.map(([path]) => path)).toEqual(['src/lib/ipc/index.ts']);
  });

  test.each(sources('.svelte', '.css').filter(([path]) => !path.endsWith('tokens.css')))(
    '%s writes no colour of its own: colours are tokens',
    (_path, text) => {
      const styles = text.includes('<style>') ? (text.split('<style>')[1] ?? '') : text.includes('<script') ? '' : text;
      expect(styles.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(/gi)).toBeNull();
    },
  );

  test.each(sources('.svelte'))('%s has no style attribute and no positive tabindex', (_path, text) => {
    expect(text.split('<style>')[0]).not.toMatch(/\sstyle=|tabindex=["{]?[1-9]/);
  });

  test('what runs in the window beside our code is Tauri alone', () => {
    const { dependencies } = JSON.parse(projectFile('package.json')) as { dependencies: Record<string, string> };
    expect(Object.keys(dependencies)).toEqual(['@tauri-apps/api']);
  });

  test('the lock file names no registry', () => {
    expect(projectFile('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/[^"]*registry/);
  });
});
