import type { KeyId, Scope } from '$lib/shell/keys';
import { counted } from './format';

/** What each key does: whole for the help and the palette, short for a footer. */
export const keys = {
  title: 'Keys',
  close: 'Close',
  or: 'or',
  scopes: {
    everywhere: 'Everywhere',
    list: 'In the list',
    customers: 'Customers',
    drafts: 'Drafts',
    editor: 'In the form',
    review: 'On the review',
    record: 'On a record',
    activity: 'Activity',
  } satisfies Record<Scope, string>,
  /** Nothing of its own on this screen. */
  noOwn: 'This screen has no keys of its own. Tab goes from control to control, Enter presses.',
  name: {
    palette: 'Search or run',
    help: 'All keys',
    new_draft: 'New draft',
    pane_next: 'Next pane',
    pane_before: 'Pane before',
    close: 'Close what is open',
    zoom_in: 'Larger',
    zoom_out: 'Smaller',
    zoom_reset: 'Usual size',
    move: 'Move from row to row',
    ends: 'First and last row',
    open: 'Open the row',
    search: 'Search the list',
    preview: 'Preview the row',
    pages: 'A screen up or down, then the page before or after',
    draft_search: 'Search the list',
    duplicate: 'Duplicate the draft',
    delete: 'Delete the draft',
    undo_delete: 'Bring back what was deleted',
    activity_search: 'Search the list',
    section: 'Go to a section',
    to_review: 'Review and submit',
    check: 'Check the section, then review',
    empty_next: 'Next empty required field',
    empty_before: 'Empty required field before',
    problem_next: 'Next problem',
    problem_before: 'Problem before',
    copy_down: 'Copy from the previous person, or from a field that is often the same',
    add_person: 'Add a person',
    move_person: 'On the head of a person: move them up or down',
    save: 'Save now',
    undo: 'Undo',
    redo: 'Redo',
    submit: 'Submit',
    review_problem: 'Next problem, with Shift the one before',
    review_section: 'Change a section',
    review_back: 'Back to the form',
    reveal: 'Show the masked value',
    hide: 'Hide the shown value',
    copy_value: 'Copy the shown value or the ID',
    record_before: 'Record before',
    record_next: 'Next record',
    record_tab: 'Go to a tab',
  } satisfies Record<KeyId, string>,
  short: {
    move: 'Move',
    open: 'Open',
    preview: 'Preview',
    search: 'Search',
    draft_search: 'Search',
    activity_search: 'Search',
    duplicate: 'Duplicate',
    delete: 'Delete',
    empty_next: 'Next empty field',
    copy_down: 'Copy from the previous person',
    check: 'Check section',
    reveal: 'Show',
    hide: 'Hide',
  } as Partial<Record<KeyId, string>>,
};

/** What a key does, as short as a footer wants it. */
export function keyShort(id: KeyId): string {
  return keys.short[id] ?? keys.name[id];
}

/** Words of the palette. */
export const palette = {
  title: 'Search or run',
  query: 'Search customers and drafts, or run a command',
  results: 'Results',
  groups: { customers: 'Customers', drafts: 'Drafts', commands: 'Commands' },
  move: 'Move',
  go: (screen: string) => `Go to ${screen.toLowerCase()}`,
  use: (connection: string, environment: string) => `Use ${connection} (${environment.toLowerCase()})`,
  newDraft: (name: string) => `New draft for “${name}”`,
  lookUp: {
    customer_id: (id: string) => `Look up “${id}” as customer ID`,
    partner_customer_id: (id: string) => `Look up “${id}” as your ID`,
  },
  theme: { light: 'Light colours', dark: 'Dark colours', system: 'Colours as the system' },
  density: { compact: 'Compact rows', comfortable: 'Comfortable rows' },
  welcome: 'Show the first screen again',
  about: 'About Customer Desk',
  addConnection: 'Add a connection',
  nothing: (query: string) => `Nothing matches “${query}”`,
  searching: 'Searching…',
  /** `3 commands, 1 customer`; what was not found is not counted. */
  tally: (commands: number, customers: number, drafts: number) =>
    [
      commands > 0 ? counted(commands, 'command', 'commands') : '',
      customers > 0 ? counted(customers, 'customer', 'customers') : '',
      drafts > 0 ? counted(drafts, 'draft', 'drafts') : '',
    ]
      .filter(Boolean)
      .join(', '),
  failed: 'Customers and drafts could not be searched.',
  unnamed: 'Draft without a name',
};
