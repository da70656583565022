// The one table of keys. The palette, the help (F1) and the footers read it, and a screen that hears keys asks it
// (`isKey`), so that none of them can say what another does not do. What a key does is named in words/keys.ts.

/** Where a key works: everywhere, or on the screens that `scopesOf` says. */
export type Scope =
  | 'everywhere'
  | 'list'
  | 'customers'
  | 'drafts'
  | 'waiting'
  | 'editor'
  | 'whole'
  | 'review'
  | 'choice'
  | 'record'
  | 'masked'
  | 'activity';

interface KeyRow {
  scope: Scope;
  /** The keys that are shown: `Mod+Shift+P`, where `Mod` is Ctrl, and Cmd on macOS. `1…5` stands for each of them. */
  keys: readonly string[];
  /** Others that do the same. The help shows them, a footer does not. */
  also?: readonly string[];
}

export const KEYS = {
  palette: { scope: 'everywhere', keys: ['Mod+K'] },
  help: { scope: 'everywhere', keys: ['F1'], also: ['Mod+/'] },
  new_draft: { scope: 'everywhere', keys: ['Mod+N'] },
  waiting: { scope: 'everywhere', keys: ['Mod+Shift+O'] },
  pane_next: { scope: 'everywhere', keys: ['F6'] },
  pane_before: { scope: 'everywhere', keys: ['Shift+F6'] },
  close: { scope: 'everywhere', keys: ['Escape'] },
  zoom_in: { scope: 'everywhere', keys: ['Mod+='], also: ['Mod++'] },
  zoom_out: { scope: 'everywhere', keys: ['Mod+-'] },
  zoom_reset: { scope: 'everywhere', keys: ['Mod+0'] },

  move: { scope: 'list', keys: ['ArrowUp', 'ArrowDown'], also: ['K', 'J'] },
  ends: { scope: 'list', keys: ['Home', 'End'] },
  open: { scope: 'list', keys: ['Enter'] },
  search: { scope: 'customers', keys: ['/'] },
  preview: { scope: 'customers', keys: ['Space'] },
  pages: { scope: 'customers', keys: ['PageUp', 'PageDown'] },
  read_on: { scope: 'customers', keys: ['M'] },
  draft_search: { scope: 'drafts', keys: ['/'] },
  duplicate: { scope: 'drafts', keys: ['Mod+D'] },
  delete: { scope: 'drafts', keys: ['Delete'] },
  undo_delete: { scope: 'drafts', keys: ['Mod+Z'] },
  send_now: { scope: 'waiting', keys: ['S'] },
  look_up: { scope: 'waiting', keys: ['L'] },
  compare: { scope: 'waiting', keys: ['D'] },
  take_out: { scope: 'waiting', keys: ['Delete'] },
  activity_search: { scope: 'activity', keys: ['/'] },

  section: { scope: 'editor', keys: ['Mod+1…5'] },
  to_review: { scope: 'whole', keys: ['Mod+6'] },
  check: { scope: 'editor', keys: ['Mod+Enter'] },
  empty_next: { scope: 'editor', keys: ['F9'] },
  empty_before: { scope: 'editor', keys: ['Shift+F9'] },
  problem_next: { scope: 'editor', keys: ['F8'] },
  problem_before: { scope: 'editor', keys: ['Shift+F8'] },
  copy_down: { scope: 'whole', keys: ['Mod+D'] },
  add_person: { scope: 'whole', keys: ['Mod+Shift+P'] },
  move_person: { scope: 'whole', keys: ['Alt+ArrowUp', 'Alt+ArrowDown'] },
  choose_file: { scope: 'whole', keys: ['Mod+O'] },
  no_expiry: { scope: 'whole', keys: ['Mod+Shift+N'] },
  show_field: { scope: 'editor', keys: ['F2'] },
  keep_field: { scope: 'editor', keys: ['Shift+F2'] },
  save: { scope: 'editor', keys: ['Mod+S'] },
  undo: { scope: 'editor', keys: ['Mod+Z'] },
  redo: { scope: 'editor', keys: ['Mod+Shift+Z'] },

  submit: { scope: 'review', keys: ['Mod+Shift+Enter'] },
  review_problem: { scope: 'review', keys: ['F8'], also: ['Shift+F8'] },
  review_section: { scope: 'review', keys: ['Mod+1…5'] },
  review_back: { scope: 'review', keys: ['Escape'] },

  choice_next: { scope: 'choice', keys: ['F8'] },
  choice_use: { scope: 'choice', keys: ['Mod+Shift+Enter'] },

  reveal: { scope: 'masked', keys: ['R'] },
  hide: { scope: 'masked', keys: ['Escape'] },
  copy_value: { scope: 'masked', keys: ['C'] },
  record_before: { scope: 'record', keys: ['['] },
  record_next: { scope: 'record', keys: [']'] },
  compare_readings: { scope: 'record', keys: ['D'] },
  record_update: { scope: 'record', keys: ['U'] },
  record_tab: { scope: 'record', keys: ['Mod+1…4'] },
} as const satisfies Record<string, KeyRow>;

/** A row of the table. */
export type KeyId = keyof typeof KEYS;

/** The rows of a scope, in the order of the table. */
export function keysOf(scope: Scope): KeyId[] {
  return (Object.keys(KEYS) as KeyId[]).filter((id) => KEYS[id].scope === scope);
}

const SCREENS: readonly [path: string, ...scopes: Scope[]][] = [
  ['/customers', 'list', 'customers'],
  ['/customer', 'record', 'masked'],
  ['/drafts', 'list', 'drafts'],
  ['/waiting', 'list', 'waiting'],
  ['/conflict', 'choice', 'masked'],
  ['/draft', 'editor', 'whole'],
  ['/review', 'review'],
  ['/activity', 'list', 'activity'],
  ['/connections', 'list'],
];

/** The scopes of a screen beside `everywhere`. */
export function scopesOf(path: string): Scope[] {
  const found = SCREENS.find(([start]) => path === start || path.startsWith(`${start}/`));
  return found ? (found.slice(1) as Scope[]) : [];
}

/** Whether this is Apple's keyboard, whose Cmd does what Ctrl does elsewhere. The build reads this file without a window. */
const APPLE = /^(Mac|iP)/.test(globalThis.navigator?.platform ?? '');
const CAPS: Record<string, string> = {
  Mod: APPLE ? 'Cmd' : 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  '-': '−',
};

/** A key as it is written on its cap: `Ctrl Shift P`. */
export function capOf(keys: string): string {
  return parts(keys)
    .map((part) => CAPS[part] ?? part)
    .join(' ');
}

/** The caps of a row; with the others that do the same only where they are wanted. */
export function capsOf(id: KeyId, all = false): string[] {
  const row: KeyRow = KEYS[id];
  return [...row.keys, ...(all ? (row.also ?? []) : [])].map(capOf);
}

/** Whether a key press is that of a row. Never while a text is being composed (UX.md B0 "IME guard"). */
export function isKey(event: KeyboardEvent, id: KeyId): boolean {
  if (event.isComposing || event.keyCode === 229) return false;
  const row: KeyRow = KEYS[id];
  return [...row.keys, ...(row.also ?? [])].some((keys) => matches(event, parts(keys)));
}

function matches(event: KeyboardEvent, wanted: string[]): boolean {
  const key = wanted.at(-1) ?? '';
  const mod = APPLE ? event.metaKey : event.ctrlKey;
  const other = APPLE ? event.ctrlKey : event.metaKey;
  if (mod !== wanted.includes('Mod') || event.altKey !== wanted.includes('Alt') || other) return false;
  // A sign may need Shift on one keyboard and not on another: only letters and named keys tell it apart.
  const [from = key, to = from] = key.split('…');
  const sign = from.length === 1 && !/[A-Z]/.test(from);
  if (!sign && event.shiftKey !== wanted.includes('Shift')) return false;
  const pressed = letter(event);
  if (to !== from) return pressed.length === 1 && pressed >= from && pressed <= to;
  return pressed === (key === 'Space' ? ' ' : key.toLowerCase());
}

/** The key as it is named; the Latin letter of its place where the keyboard writes another script. */
function letter(event: KeyboardEvent): string {
  const foreign = event.key.length === 1 && event.key > '\u007f';
  return foreign && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key.toLowerCase();
}

function parts(keys: string): string[] {
  // The last sign may be a plus itself.
  return keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+');
}
