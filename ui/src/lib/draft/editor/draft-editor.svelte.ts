import { SvelteMap } from 'svelte/reactivity';
import type { Check, DraftView, DraftSave, DraftSavedView, Echo, Edit, IpcError, Section } from '$lib/ipc/bindings';
import { dittoSource } from '../fields/ditto';
import { DraftTexts } from './draft-texts.svelte';
import { EditHistory, type Step } from './edit-history';
import { LinkedAddresses } from './linked-addresses.svelte';
import { isOpen } from '../outcome';
import { domId, groupOf, personOf, sectionOf, SECTIONS } from '../paths';
import { SaveQueue } from './save-queue.svelte';
import { localName } from '../script-lang';
import { type Said, type SectionStatus, sectionStatus, ShownProblems } from './shown-problems.svelte';
import { uuidV7 } from '../persons/uuid-v7';

/** What the editor needs from the outside; the screen gives the real thing, tests a fake. */
export interface EditorOutside {
  save(request: DraftSave): Promise<DraftSavedView>;
  toError(thrown: unknown): IpcError;
  announce(what: 'failed' | 'recovered', error: IpcError | null): void;
  now?: () => number;
}

/** A draft being written: its texts, what is shown of its problems, and the way of each edit to the disk. */
export class DraftEditor {
  readonly view: DraftView;
  readonly form: DraftTexts;
  readonly queue: SaveQueue;
  readonly problems: ShownProblems;
  /** Whose address is that of registration, and stays so. */
  readonly linked: LinkedAddresses;
  readonly #history = new EditHistory();

  check = $state.raw<Check>() as Check;
  seq = $state(0);
  /** The field the user is in. */
  here = $state<string | null>(null);
  /** Fields that were filled by Ctrl+D. */
  readonly copied = new SvelteMap<string, { from: string; text: string }>();
  /** Everything that is shown, in the order of the form. Kept: each section and person asks for it. */
  readonly shown: Said[] = $derived.by(() => this.problems.list(this.form.order(), this.form.persons.length));
  /** The person that was removed last and can still be put back by the undo bar. */
  removed = $state.raw<Step | null>(null);

  #before: { path: string; text: string } | null = null;
  #composing = false;
  #typedSinceFocus = false;

  constructor(view: DraftView, outside: EditorOutside) {
    this.view = view;
    this.check = view.check;
    this.seq = view.seq;
    this.form = new DraftTexts(view, view.fields);
    this.linked = new LinkedAddresses(this.form);
    this.problems = new ShownProblems((path) => this.form.get(path));
    this.queue = new SaveQueue(view.id, {
      save: (request) => outside.save(request),
      toError: (thrown) => outside.toError(thrown),
      announce: (what, error) => outside.announce(what, error),
      now: outside.now ?? (() => Date.now()),
      saved: (answer) => this.#saved(answer),
    });
    this.queue.savedAt = view.saved_at;
    this.queue.position = view.position;
    this.problems.open(this.form.texts.keys(), view.position, view.outcome, view.changed);
    this.problems.answer(this.check, () => false);
  }

  /** Nothing of a draft changes while it is on the way, or once the platform has it (RELIABILITY, exactly once). */
  get readOnly(): boolean {
    return !isOpen(this.view.state);
  }

  /** Read-only, or the id under which something went out already (DECISIONS 5). */
  isFixed(path: string): boolean {
    return this.readOnly || (this.view.id_frozen && path === 'partner_customer_id');
  }

  text(path: string): string {
    return this.form.get(path);
  }

  /** The user typed. While an input method composes, the text is not yet the user's. */
  type(path: string, typed: string): void {
    // Half a character of UTF-16 is no text that can be kept: with it nothing of the draft would be saved any more.
    const text = typed.replace(/\p{Surrogate}/gu, '\uFFFD');
    if (this.isFixed(path) || this.#composing || this.form.get(path) === text) return;
    this.#typedSinceFocus = true;
    const person = personOf(path);
    if (person !== null && groupOf(path) === 'residential_address') this.linked.link(person, false);
    const delay = this.problems.speaks(path) ? 0 : undefined;
    for (const each of [path, ...this.linked.followers(path)]) {
      this.form.apply({ op: 'set', path: each, text });
      this.problems.changed(each);
      this.queue.add({ op: 'set', path: each, text }, delay);
    }
  }

  composing(now: boolean): void {
    this.#composing = now;
    this.queue.hold(now);
  }

  get isComposing(): boolean {
    return this.#composing;
  }

  /** The focus came to a field. */
  enter(path: string): void {
    this.here = path;
    this.#before = { path, text: this.form.get(path) };
    this.#typedSinceFocus = false;
    this.queue.moveTo(path);
  }

  /** The focus left a field, for `next` where that is a field: what was typed goes to the disk at once. */
  leave(path: string, next: string | null = null): void {
    this.composing(false);
    const before = this.#before?.path === path ? this.#before.text : this.form.get(path);
    const text = this.form.get(path);
    const changed = before !== text;
    this.#before = null;
    if (changed) {
      const step = this.#setStep(path, before, text);
      this.#history.push(step);
      for (const edit of step.redo) if (edit.op === 'set') this.problems.leave(edit.path, true);
      if (!this.queue.isPending(path)) this.problems.answer(this.check, (one) => this.#unseen(one));
    }
    this.queue.moveTo(next);
    if (this.queue.unsaved) void this.queue.flush();
  }

  /** Adds a person at the end and gives their id. */
  addPerson(): string {
    const person = uuidV7();
    const add: Edit = { op: 'add_person', person, at: this.form.persons.length };
    this.#do({ kind: 'add_person', at: person, undo: [{ op: 'remove_person', person }], redo: [add] });
    return person;
  }

  /** Removes a person; the undo bar and Ctrl+Z put them back with all their texts. */
  removePerson(person: string): void {
    const at = this.form.persons.indexOf(person);
    if (at < 0) return;
    const step: Step = {
      kind: 'remove_person',
      at: person,
      undo: this.form.restoring(person, at),
      redo: [{ op: 'remove_person', person }],
    };
    this.#do(step);
    this.removed = step;
  }

  /** Moves a person by one place. False where there is none to move to. */
  movePerson(person: string, by: -1 | 1): boolean {
    const at = this.form.persons.indexOf(person);
    const to = at + by;
    if (this.readOnly || at < 0 || to < 0 || to >= this.form.persons.length) return false;
    this.#do({
      kind: 'move_person',
      at: person,
      undo: [{ op: 'move_person', person, at }],
      redo: [{ op: 'move_person', person, at: to }],
    });
    return true;
  }

  /** Ctrl+D: fills a field from its source, as one step of the form. Gives where it came from, or none. */
  ditto(path: string): string | null {
    const from = dittoSource(path, this.form.persons).find((source) => this.form.get(source) !== '');
    if (from === undefined || this.isFixed(path)) return null;
    const [before, after] = [this.form.get(path), this.form.get(from)];
    if (before !== after) this.#do(this.#setStep(path, before, after));
    this.copied.set(path, { from, text: after });
    return from;
  }

  /** Where the text of a field was copied from, as long as it stands as it was copied. */
  copiedFrom(path: string): string | null {
    const copy = this.copied.get(path);
    return copy && copy.text === this.text(path) ? copy.from : null;
  }

  /** Ticks a person's address as that of registration, which copies it as one step; or lets go of it as it stands. */
  linkAddress(person: string, on: boolean): void {
    if (this.readOnly) return;
    this.linked.link(person, on);
    const pairs = this.linked.pairs(person).filter(([from, to]) => on && this.text(from) !== this.text(to));
    const undo = pairs.map(([, path]): Edit => ({ op: 'set', path, text: this.text(path) }));
    const redo = pairs.map(([from, path]): Edit => ({ op: 'set', path, text: this.text(from) }));
    if (redo.length > 0) this.#do({ kind: 'copy_address', at: person, undo, redo });
  }

  /** Clears a slot of a list. */
  clear(path: string): void {
    const before = this.form.get(path);
    if (before === '') return;
    this.#do(this.#setStep(path, before, ''));
  }

  /** Whether Ctrl+Z belongs to the form: outside a text field, or in one where nothing was typed since it was entered. */
  get undoIsOfForm(): boolean {
    const typed = this.#before !== null && this.form.get(this.#before.path) !== this.#before.text;
    return !typed && !this.#composing;
  }

  /** The same for Ctrl+Shift+Z: a field that was typed in keeps its own redo. */
  get redoIsOfForm(): boolean {
    return (this.#before === null || !this.#typedSinceFocus) && !this.#composing;
  }

  undo(): Step | null {
    const step = this.readOnly ? null : this.#history.undo();
    if (step) this.#undoStep(step);
    return step;
  }

  redo(): Step | null {
    const step = this.readOnly ? null : this.#history.redo();
    if (step) this.#apply(step.redo);
    return step;
  }

  /** What the undo bar does, whatever was done since. */
  restoreRemoved(): Step | null {
    const step = this.removed;
    if (!step || !this.#history.take(step)) return null;
    this.#apply(step.undo);
    this.removed = null;
    return step;
  }

  /** "Check section": saves, then shows everything of this section. Gives what is shown of it. */
  async checkSection(section: Section): Promise<Said[]> {
    await this.queue.flush();
    this.problems.ask(section, this.check, this.form.order());
    this.problems.answer(this.check, (path) => this.#unseen(path));
    return this.shown.filter(
      (said) => (said.path === null ? 'business_person_list' : sectionOf(said.path)) === section,
    );
  }

  /** The same for all sections: the way to the review. */
  async checkAll(): Promise<void> {
    await this.queue.flush();
    for (const section of SECTIONS) this.problems.ask(section, this.check, this.form.order());
    this.problems.answer(this.check, (path) => this.#unseen(path));
  }

  /** Empty required fields, in the order of the form. Texts typed since the last answer count. */
  get stillEmpty(): Check['missing'] {
    return this.check.missing.filter((one) => one.path === null || this.form.get(one.path).trim() === '');
  }

  status(section: Section): SectionStatus {
    return sectionStatus(section, this.check, this.shown);
  }

  /** What was understood of a text, if the rules have seen it as it stands. */
  echo(path: string): Echo | null {
    // Both are read first, so that whoever draws this follows the text and the answer alike.
    const { echoes } = this.check;
    return this.text(path) === '' || this.#unseen(path) ? null : (echoes.find((echo) => echo.path === path) ?? null);
  }

  /** The path of the field whose control has this id. */
  pathOf(id: string): string | null {
    return this.form.order().find((path) => domId(path) === id) ?? null;
  }

  /** The country that decides the letter forms of a local name: the person's nationality, else that of registration. */
  countryOf(path: string): string {
    const person = personOf(path);
    return person === null
      ? this.text('registration_address/registration_address_country_code')
      : this.text(`business_person_list/${person}/basic_info/nationality`);
  }

  /** The editor is being left: all is kept and nothing needs restoring. False where it could not be kept. */
  async close(): Promise<boolean> {
    if (this.readOnly) return true;
    const kept = await this.queue.flush(true);
    if (kept) this.queue.stop();
    return kept && !this.queue.unsaved;
  }

  /** A text that is exchanged, with those that follow it. */
  #setStep(path: string, before: string, after: string): Step {
    const paths = [path, ...this.linked.followers(path)];
    const all = (text: string): Edit[] => paths.map((each) => ({ op: 'set', path: each, text }));
    return { kind: 'set', at: path, undo: all(before), redo: all(after) };
  }

  #do(step: Step): void {
    if (this.readOnly) return;
    this.#history.push(step);
    this.#apply(step.redo);
  }

  #undoStep(step: Step): void {
    if (step.kind === 'add_person') {
      // The person's texts are taken back with them; redo brings both.
      step.redo = this.form.restoring(step.at, Math.max(0, this.form.persons.indexOf(step.at)));
    }
    if (step === this.removed) this.removed = null;
    this.#apply(step.undo);
  }

  #apply(edits: readonly Edit[]): void {
    for (const edit of edits) {
      this.form.apply(edit);
      if (edit.op === 'set') {
        this.problems.changed(edit.path);
        if (this.#before?.path === edit.path) this.#before.text = edit.text;
        if (edit.text !== '') this.problems.leave(edit.path, true);
      }
      this.queue.add({ ...edit }, 0);
    }
    void this.queue.flush();
  }

  #saved(answer: DraftSavedView): void {
    this.check = answer.check;
    this.seq = answer.seq;
    this.problems.answer(answer.check, (path) => this.#unseen(path));
  }

  #unseen(path: string): boolean {
    return this.queue.isPending(path);
  }
}

/** The name of a person as it stands in the form; empty without one. */
export function personName(editor: DraftEditor, person: string): { english: string; local: string } {
  const of = (key: string): string => editor.text(`business_person_list/${person}/basic_info/${key}`).trim();
  return {
    english: [of('first_name_english'), of('last_name_english')].filter((part) => part !== '').join(' '),
    local: localName(of('first_name'), of('last_name')),
  };
}

/** The person a step or a field belongs to, for the words of an announcement. */
export function personAt(at: string): string | null {
  return at.includes('/') ? personOf(at) : at;
}
