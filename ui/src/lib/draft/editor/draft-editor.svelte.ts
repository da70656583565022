// Long because: what is typed, kept, taken back and brought back is one order of steps.
import type { Reveal } from '$lib/customer/reveal.svelte';
import type { Check, DraftView, DraftSave, DraftSavedView, Echo, Edit, IpcError, Section } from '$lib/ipc/bindings';
import { Addresses } from '../address/addresses.svelte';
import { copyStep, splitStep } from '../address/steps';
import type { Documents } from '../documents/documents.svelte';
import { meant } from '../fields/typing';
import { BringBack } from './bring-back.svelte';
import { Copies } from './copies.svelte';
import { DraftTexts } from './draft-texts.svelte';
import { EditHistory, type Step } from './edit-history';
import { LinkedAddresses } from './linked-addresses.svelte';
import { isOpen } from '../outcome';
import { domId, groupOf, personOf, sectionOf, SECTIONS } from '../paths';
import { SaveQueue } from './save-queue.svelte';
import { type Said, type SectionStatus, sectionStatus, ShownProblems } from './shown-problems.svelte';
import { UpdateState } from './update-state.svelte';
import { uuidV7 } from '../persons/uuid-v7';

/** What the editor needs from the outside; the screen gives the real thing, tests a fake. */
export interface EditorOutside {
  save(request: DraftSave): Promise<DraftSavedView>;
  toError(thrown: unknown): IpcError;
  announce(what: 'failed' | 'recovered' | 'not_kept', error: IpcError | null): void;
  now?: () => number;
  /** Of an update: brings a field back as it was read. */
  keep?(path: string): Promise<DraftView>;
  /** Of an update: hidden values that are shown for a while. */
  reveal?: Reveal;
}

/** A draft being written: its texts, what is shown of its problems, and the way of each edit to the disk. */
export class DraftEditor {
  readonly view: DraftView;
  readonly form: DraftTexts;
  readonly queue: SaveQueue;
  readonly problems: ShownProblems;
  /** Whose address is that of registration, and stays so. */
  readonly linked: LinkedAddresses;
  /** Its addresses, each in the way of its country. */
  readonly addresses: Addresses;
  /** What it takes from itself. */
  readonly #copies: Copies;
  /** What is hidden and what is changed, of an update. */
  readonly update: UpdateState;
  /** The files on their way to becoming ids of its fields; none where no form is open. */
  documents: Documents | null = null;
  readonly #history = new EditHistory();

  check = $state.raw<Check>() as Check;
  seq = $state(0);
  /** The field the user is in. */
  here = $state<string | null>(null);
  /** Everything that is shown, in the order of the form. Kept: each section and person asks for it. */
  readonly shown: Said[] = $derived.by(() => this.problems.list(this.form.order(), this.form.persons.length));
  /** The person that was removed last and can still be put back by the undo bar. */
  removed = $state.raw<Step | null>(null);

  /** What the last step brings back: whether it came. */
  brought: Promise<boolean> = Promise.resolve(true);
  readonly #back: BringBack;

  #before: { path: string; text: string; hidden: boolean } | null = null;
  #composing = false;
  #typedSinceFocus = false;

  constructor(
    view: DraftView,
    private readonly outside: EditorOutside,
  ) {
    this.view = view;
    this.update = new UpdateState(view.update, outside.reveal);
    this.check = view.check;
    this.seq = view.seq;
    this.form = new DraftTexts(view, view.fields);
    this.linked = new LinkedAddresses(this.form);
    this.addresses = new Addresses(
      (path) => this.form.get(path),
      (path) => this.echo(path)?.params['code'],
    );
    this.form.arrange = (paths) => this.addresses.arrange(paths);
    this.#copies = new Copies(this.form, view);
    this.problems = new ShownProblems(
      (path) => this.#stands(path),
      (path) => this.#isNeeded(path),
    );
    this.queue = new SaveQueue(view.id, {
      save: (request) => outside.save(request),
      toError: (thrown) => outside.toError(thrown),
      announce: (what, error) => outside.announce(what, error),
      now: outside.now ?? (() => Date.now()),
      saved: (answer) => this.#saved(answer),
    });
    this.#back = new BringBack({
      queue: this.queue,
      keep: outside.keep,
      came: (path, answer) => this.#kept(path, answer),
      failed: (thrown) => outside.announce('not_kept', outside.toError(thrown)),
    });
    this.queue.savedAt = view.saved_at;
    this.queue.position = view.position;
    this.problems.open([...this.form.texts.keys(), ...this.update.hidden()], view.position, view.outcome, view.changed);
    this.problems.answer(this.check, () => false);
  }

  /** Nothing of a draft changes while it is on the way, or once the platform has it (RELIABILITY, exactly once). */
  get readOnly(): boolean {
    return !isOpen(this.view.state);
  }

  /** Read-only, or the id under which something went out already (DECISIONS 5). */
  isFixed(path: string): boolean {
    const known = this.view.id_frozen || this.view.update !== null;
    return this.readOnly || (known && path === 'partner_customer_id');
  }

  text(path: string): string {
    return this.form.get(path);
  }

  /** The user typed. While an input method composes, the text is not yet the user's. */
  type(path: string, typed: string): void {
    // Half a character of UTF-16 is no text that can be kept: with it nothing of the draft would be saved any more.
    const text = typed.replace(/\p{Surrogate}/gu, '\uFFFD');
    if (this.isFixed(path) || this.#composing) return;
    if (this.form.get(path) === text && this.update.mask(path) === null) return;
    this.#typedSinceFocus = true;
    const person = personOf(path);
    if (person !== null && groupOf(path) === 'residential_address') this.linked.link(person, false);
    this.#copies.defaults?.wrote(path);
    const delay = this.problems.speaks(path) ? 0 : undefined;
    // What is kept and judged is what a short word stands for; on the screen it stays while it may become a longer one.
    const kept = this.#meant(path, text) ?? text;
    for (const each of [path, ...this.linked.followers(path)]) {
      this.#touch(each);
      this.form.apply({ op: 'set', path: each, text });
      this.problems.changed(each);
      this.queue.add({ op: 'set', path: each, text: kept }, delay);
    }
  }

  /** What stands in the field is meant, though the focus is still there: a line of its list was taken. */
  committed(path: string): void {
    this.addresses.committed(path);
    if (this.#before?.path === path) this.commit();
  }

  /** What was typed in the field the user is in is meant: a step of the form from now on, with what follows from it. */
  commit(): void {
    this.resolve();
    if (this.#composing) return;
    const step = this.#stepTyped();
    if (step) this.#follow(step);
  }

  /** A short word in the field the user is in becomes what it stands for: nobody types on. */
  resolve(): void {
    const path = this.#before?.path;
    const text = path === undefined ? null : this.#meant(path, this.form.get(path));
    if (path !== undefined && text !== null) this.type(path, text);
  }

  /**
   * The program itself put a text into a field, and the draft was read again: this one field is taken over, as a step of
   * the form. What is typed elsewhere stays, and so does what was typed here and is not kept yet.
   */
  take(view: DraftView, path: string): void {
    if (this.queue.isPending(path)) return;
    const [before, hidden] = [this.form.get(path), this.#isHidden(path)];
    this.#touch(path);
    // An answer to a save that came meanwhile knows more of the rest.
    this.#kept(path, view.seq < this.seq ? { ...view, seq: this.seq, check: this.check } : view);
    const after = this.form.get(path);
    if (after !== before && !this.#isHidden(path)) this.#history.push(this.#setStep(path, before, after, hidden));
  }

  composing(now: boolean): void {
    this.#composing = now;
    this.queue.hold(now);
  }

  get isComposing(): boolean {
    return this.#composing;
  }

  /** The focus came to a field; to one that was not left, which was drawn anew, it comes back. */
  enter(path: string): void {
    if (this.#before?.path === path) return;
    this.here = path;
    this.#before = { path, text: this.form.get(path), hidden: this.#isHidden(path) };
    this.#typedSinceFocus = false;
    this.addresses.entered(path);
    this.queue.moveTo(path);
  }

  /**
   * The focus left a field, for `next` where that is a field: what was typed goes to the disk at once. What an input
   * method left behind stands as it is: nobody meant it to be a short word.
   */
  leave(path: string, next: string | null = null, abandoned = false): void {
    this.composing(false);
    if (this.#before?.path !== path) this.#before = { path, text: this.form.get(path), hidden: this.#isHidden(path) };
    if (!abandoned) this.resolve();
    else if (this.#meant(path, this.form.get(path)) !== null)
      this.queue.add({ op: 'set', path, text: this.form.get(path) }, 0);
    this.addresses.left();
    const step = this.#stepTyped();
    this.#before = null;
    this.queue.moveTo(next);
    if (step) this.#follow(step);
    if (this.queue.unsaved) void this.queue.flush();
    else this.#settle();
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
      undoKeeps: this.#asRead(person),
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
    const copy = this.#copies.sourceFor(path);
    if (!copy || this.isFixed(path)) return null;
    this.put(path, copy.text);
    // Also where it stood so already: it was asked for.
    this.#copies.defaults?.take(path);
    this.#copies.made(path, copy);
    return copy.from;
  }

  /** Where the text of a field was copied from, and whether by the form itself, as long as it stands so. */
  copyOf(path: string): { from: string; byForm: boolean } | null {
    return this.#copies.of(path);
  }

  /** Another text for a field, as one step of the form: what was typed in it is a step of its own. */
  put(path: string, text: string): void {
    const typed = this.form.get(path);
    if (this.isFixed(path) || (typed === text && !this.#isHidden(path))) return;
    if (this.#before?.path === path) this.#stepTyped();
    this.#copies.defaults?.wrote(path);
    this.#follow(this.#do(this.#setStep(path, typed, text)));
  }

  /** Several texts at once as one step, at the field the user is in: a pasted address that is taken apart. */
  split(at: string, texts: readonly [path: string, text: string][]): void {
    if (this.readOnly) return;
    // What was pasted is a step of its own, so that it comes back whole.
    this.#stepTyped();
    const person = personOf(at);
    if (person !== null) this.linked.link(person, false);
    for (const [path] of texts) this.#copies.defaults?.wrote(path);
    const steps = texts.map(([path, text]) => this.#setStep(path, this.form.get(path), text));
    this.#follow(this.#do(splitStep(at, steps)));
  }

  /** Ticks a person's address as that of registration, which copies it as one step; or lets go of it as it stands. */
  linkAddress(person: string, on: boolean): void {
    if (this.readOnly) return;
    this.linked.link(person, on);
    if (!on) return;
    const get = (path: string) => this.form.get(path);
    const step = copyStep(person, this.linked.pairs(person), get, (path) => this.#isHidden(path));
    if (step) this.#do(step);
  }

  /** Clears a slot of a list, or a hidden value. */
  clear(path: string): void {
    const before = this.form.get(path);
    if (this.isFixed(path) || (before === '' && this.update.mask(path) === null)) return;
    this.#copies.defaults?.wrote(path);
    this.#do(this.#setStep(path, before, ''));
  }

  /** Brings a field back as it was read, as one step of the form: whether it came. None where it is so already. */
  keep(path: string): Promise<boolean> | null {
    if (this.isFixed(path) || !this.update.isChanged(path) || this.#back.has(path)) return null;
    const undo: Edit[] = [{ op: 'set', path, text: this.form.get(path) }];
    this.#do({ kind: 'set', at: path, undo, redo: [], redoKeeps: [path] });
    return this.brought;
  }

  /**
   * Whether Ctrl+Z belongs to the form: outside a text field, or in one where nothing was typed since it was entered. A
   * hidden value that was typed over is not in the field's own undo: the form brings it back.
   */
  get undoIsOfForm(): boolean {
    const before = this.#before;
    const typed = before !== null && !before.hidden && this.form.get(before.path) !== before.text;
    return !typed && !this.#composing;
  }

  /** The same for Ctrl+Shift+Z: a field that was typed in keeps its own redo. */
  get redoIsOfForm(): boolean {
    return (this.#before === null || !this.#typedSinceFocus) && !this.#composing;
  }

  undo(): Step | null {
    const before = this.#before;
    if (before?.hidden && !this.#isHidden(before.path)) {
      const text = this.form.get(before.path);
      this.#history.push(this.#setStep(before.path, '', text, true));
      this.#before = { ...before, text, hidden: false };
      this.#typedSinceFocus = false;
    }
    const step = this.readOnly ? null : this.#history.undo();
    if (step) this.#undoStep(step);
    return step;
  }

  redo(): Step | null {
    const step = this.readOnly ? null : this.#history.redo();
    if (!step) return null;
    for (const path of step.claims ?? []) this.#copies.defaults?.take(path);
    this.#apply(step.redo, step.redoKeeps);
    return step;
  }

  /** What the undo bar does, whatever was done since. */
  restoreRemoved(): Step | null {
    const step = this.removed;
    if (!step || !this.#history.take(step)) return null;
    this.#apply(step.undo, step.undoKeeps);
    this.removed = null;
    return step;
  }

  /** "Check section": saves, then shows everything of this section. Gives what is shown of it. */
  async checkSection(section: Section): Promise<Said[]> {
    this.commit();
    await this.queue.flush();
    this.problems.ask(section, this.check, this.form.order());
    this.problems.answer(this.check, (path) => this.#unseen(path));
    return this.shown.filter(
      (said) => (said.path === null ? 'business_person_list' : sectionOf(said.path)) === section,
    );
  }

  /** The same for all sections: the way to the review. */
  async checkAll(): Promise<void> {
    this.commit();
    await this.queue.flush();
    for (const section of SECTIONS) this.problems.ask(section, this.check, this.form.order());
    this.problems.answer(this.check, (path) => this.#unseen(path));
  }

  /** Empty required fields, in the order of the form. Texts typed since the last answer count. */
  get stillEmpty(): Check['missing'] {
    return this.check.missing.filter((one) => one.path === null || this.#stands(one.path).trim() === '');
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
    this.commit();
    this.#copies.keep(this.queue.edited);
    // A window that goes away waits for nothing that is not there.
    if (this.#back.any) await this.#back.go();
    const kept = (await this.queue.flush(true)) && !this.#back.any;
    if (kept) this.queue.stop();
    return kept && !this.queue.unsaved;
  }

  /** The text of a field, or the mask of one that is hidden: neither is empty. */
  #stands(path: string): string {
    return this.update.mask(path) ?? this.form.get(path);
  }

  /** What the platform has and cannot clear: it was changed, and not into another text. */
  #isNeeded(path: string): boolean {
    const { connection, fields } = this.view;
    if (connection.capabilities.create || !this.update.isChanged(path)) return false;
    return fields.find((field) => field.path === path)?.requirement === 'platform';
  }

  /** A text that is exchanged, with those that follow it. */
  #setStep(path: string, before: string, after: string, hidden = this.#isHidden(path)): Step {
    const paths = [path, ...this.linked.followers(path)];
    const all = (text: string): Edit[] => paths.map((each) => ({ op: 'set', path: each, text }));
    // What was hidden has no text here to go back to.
    const undo = hidden ? all(before).slice(1) : all(before);
    const claims = this.#copies.defaults?.claimed(path) ? [path] : [];
    return { kind: 'set', at: path, undo, redo: all(after), undoKeeps: hidden ? [path] : [], claims };
  }

  /** What was typed since the field was entered becomes a step of the form. None where it stands as it stood. */
  #stepTyped(): Step | null {
    if (!this.#before) return null;
    const { path, ...before } = this.#before;
    const [text, hidden] = [this.form.get(path), this.#isHidden(path)];
    this.#typedSinceFocus = false;
    if (before.text === text && before.hidden === hidden) {
      if (this.#copies.defaults?.claimed(path)) this.#copies.defaults.forget(path);
      return null;
    }
    const step = this.#setStep(path, before.text, text, before.hidden);
    this.#before = { path, text, hidden };
    this.#history.push(step);
    for (const edit of step.redo) if (edit.op === 'set') this.problems.leave(edit.path, true);
    if (!this.queue.isPending(path)) this.problems.answer(this.check, (one) => this.#unseen(one));
    return step;
  }

  /** What a short word in a field stands for; none of any other text. */
  #meant(path: string, text: string): string | null {
    const kind = this.form.kindOf(path);
    return kind === undefined ? null : meant(kind, text, this.check.today);
  }

  #do(step: Step): Step {
    if (this.readOnly) return step;
    this.#history.push(step);
    this.#apply(step.redo, step.redoKeeps);
    return step;
  }

  /**
   * Fills what follows from a step, as a part of it: undo takes both back. What is not known of a country yet follows
   * when it is, while the step stands.
   */
  #follow(step: Step, made: readonly Edit[] = step.redo): void {
    const { defaults } = this.#copies;
    if (!defaults || !this.#history.has(step)) return;
    const edits: Edit[] = [];
    for (const fill of defaults.following(made)) {
      // An input method has the field: what comes late would break into what it composes.
      if (this.#composing && this.here === fill.to) continue;
      const { undo, redo } = this.#setStep(fill.to, this.form.get(fill.to), fill.text);
      defaults.filled(fill);
      step.undo.push(...undo);
      step.redo.push(...redo);
      edits.push(...redo);
    }
    if (edits.length > 0) this.#apply(edits);
    this.#copies.later(made, (edit) => this.#follow(step, [edit]));
  }

  #undoStep(step: Step): void {
    if (step.kind === 'add_person') {
      // The person's texts are taken back with them; redo brings both.
      step.redo = this.form.restoring(step.at, Math.max(0, this.form.persons.indexOf(step.at)));
    }
    if (step === this.removed) this.removed = null;
    for (const path of step.claims ?? []) this.#copies.defaults?.forget(path);
    this.#apply(step.undo, step.undoKeeps);
  }

  /** Does edits, then brings back what is to be as it was read. */
  #apply(edits: readonly Edit[], keeps: readonly string[] = []): void {
    for (const edit of edits) {
      this.form.apply(edit);
      if (edit.op === 'set') {
        this.#touch(edit.path);
        this.problems.changed(edit.path);
        this.#stood(edit.path, edit.text, false);
        this.addresses.committed(edit.path);
        if (edit.text !== '') this.problems.leave(edit.path, true);
      } else if (edit.op === 'remove_person') {
        for (const path of this.#asRead(edit.person)) this.#touch(path);
      }
      this.queue.add({ ...edit }, 0);
    }
    void this.queue.flush();
    this.brought = this.#keepAll(keeps);
  }

  /** Brings fields back as they were read, and says whether all came. */
  #keepAll(paths: readonly string[]): Promise<boolean> {
    for (const path of paths) {
      this.#touch(path);
      this.#stood(path, this.form.get(path), true);
    }
    return this.#back.ask(paths);
  }

  /** Something else takes the place of a hidden value, or of one that is to be brought back. */
  #touch(path: string): void {
    this.update.touch(path);
    this.#back.drop(path);
  }

  /** Stands as it was read, unseen, or is about to. */
  #isHidden(path: string): boolean {
    return this.update.mask(path) !== null || this.#back.has(path);
  }

  #asRead(person: string): string[] {
    const hidden = this.update.hidden(person);
    return [...hidden, ...this.#back.paths.filter((path) => personOf(path) === person && !hidden.includes(path))];
  }

  #kept(path: string, { seq, saved_at, check, texts, update }: DraftView): void {
    const mask = update?.untouched.find((one) => one.path === path)?.masked;
    const text = mask === undefined ? (texts.find((one) => one.path === path)?.text ?? '') : '';
    if (mask !== undefined) this.update.hide(path, mask);
    this.form.apply({ op: 'set', path, text });
    this.#stood(path, text, mask !== undefined);
    this.problems.changed(path);
    this.#saved({ seq, saved_at, check, changes: update?.changes ?? [] });
  }

  /** The field the user is in is not one they have changed: it was brought to stand so. */
  #stood(path: string, text: string, hidden: boolean): void {
    if (this.#before?.path === path) this.#before = { path, text, hidden };
  }

  #saved(answer: DraftSavedView): void {
    this.check = answer.check;
    this.seq = answer.seq;
    this.update.changes = answer.changes;
    this.#settle();
    this.problems.answer(answer.check, (path) => this.#unseen(path));
    if (this.#back.any) void this.#back.go();
  }

  /** What was typed as it was read is hidden again. */
  #settle(): void {
    const busy = (path: string) => this.#before?.path === path || this.#unseen(path);
    for (const path of this.update.settle((each) => this.form.get(each), busy))
      this.form.apply({ op: 'set', path, text: '' });
  }

  #unseen(path: string): boolean {
    return this.queue.isPending(path);
  }
}
