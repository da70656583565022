import { tick } from 'svelte';
import { announcer } from '$lib/shell/announcer.svelte';
import { draft as words } from '$lib/words/draft';
import { list } from '$lib/words/format';
import { update } from '$lib/words/update';
import type { DraftEditor } from './editor/draft-editor.svelte';
import type { DraftKey } from './editor/draft-keys';
import type { Step } from './editor/edit-history';
import type { FormView } from './form-view.svelte';
import { groupOf, personOf } from './paths';
import { copiedWords, fieldLabel, personWords, sectionTitle } from './speech';

/** What the keys and buttons of the editor do, and what is said of it. */
export class DraftActions {
  constructor(
    private readonly editor: DraftEditor,
    private readonly view: FormView,
    private readonly toReview: () => void,
    /** The review sent the user to a field: it is waiting. */
    private readonly fromReview = false,
  ) {}

  /** Does what a key asks. False where the key is left to the field. */
  press(key: DraftKey): boolean {
    switch (key.does) {
      case 'section': {
        const section = this.view.sections[key.at];
        if (section) void this.view.goToSection(section).then(() => this.saySection());
        // The number after the last section, in a form that has fewer of them.
        else if (key.at === this.view.sections.length) this.toReview();
        return true;
      }
      case 'review':
        this.toReview();
        return true;
      case 'problem':
        void this.view.nextProblem(key.by).then((found) => found || announcer.say(words.noProblem));
        return true;
      case 'empty':
        void this.view.nextEmpty(key.by).then((found) => found || announcer.say(words.noEmptyField));
        return true;
      case 'check':
        void this.check();
        return true;
      case 'save':
        void this.save();
        return true;
      case 'add_person':
        void this.addPerson();
        return true;
      case 'copy':
        return this.#copy();
      case 'undo':
        return this.editor.undoIsOfForm && this.#said(this.editor.undo(), words.undone);
      case 'redo':
        return this.editor.redoIsOfForm && this.#said(this.editor.redo(), words.redone);
      case 'choose':
        return this.#choose();
      case 'show':
        return this.#show();
      case 'keep': {
        const path = fieldInFocus();
        return path !== null && keepAsItWas(this.editor, path, fieldLabel(path));
      }
      case 'escape':
        if (this.editor.update.hideShown()) return true;
        if (!this.view.drawer) return false;
        void this.view.closeDrawer();
        return true;
    }
  }

  /**
   * Shows what is wrong or empty in the section, and goes to the first of it; from the last one to the review, and back
   * to the review that asked for it when nothing is left.
   */
  async check(): Promise<void> {
    const section = this.view.current;
    if (section === this.view.sections.at(-1)) return this.toReview();
    const found = (await this.editor.checkSection(section)).filter((said) => said.severity !== 'note');
    this.view.checked = true;
    if (found.length === 0 && this.fromReview) return this.toReview();
    const title = sectionTitle(section, this.editor.view.connection.kind);
    announcer.say(found.length === 0 ? words.checked.clean(title) : words.checked.found(found.length, title));
    const first = found.find((said) => said.severity === 'error') ?? found[0];
    if (first?.path) await this.view.goTo(first.path);
  }

  async save(): Promise<void> {
    this.editor.resolve();
    if (await this.editor.queue.flush()) announcer.say(words.savedNow(this.editor.queue.savedAt));
  }

  async addPerson(): Promise<void> {
    if (this.editor.readOnly || !this.view.hasPersons) return;
    await this.view.addPerson();
    announcer.say(words.personAdded(this.editor.form.persons.length));
  }

  async removePerson(person: string): Promise<void> {
    const name = personWords(this.editor, person);
    const order = this.editor.form.persons;
    const near = order[order.indexOf(person) + 1] ?? order[order.indexOf(person) - 1];
    this.editor.removePerson(person);
    announcer.say(words.removed(name));
    if (near === undefined) document.getElementById('add-person')?.focus();
    else document.querySelector<HTMLElement>(`#card-${CSS.escape(near)} button`)?.focus();
  }

  /** Moves a person by one place; the focus stays on their head. */
  async movePerson(person: string, by: -1 | 1): Promise<void> {
    if (!this.editor.movePerson(person, by)) return announcer.say(by < 0 ? words.firstAlready : words.lastAlready);
    const { persons } = this.editor.form;
    announcer.say(words.movedTo(personWords(this.editor, person), persons.indexOf(person) + 1, persons.length));
    await tick();
    // The card was taken out of the page and put in again, which takes the focus from it.
    document.querySelector<HTMLElement>(`#card-${CSS.escape(person)} button`)?.focus();
  }

  /** The undo bar's own way back. */
  restore(): void {
    this.#said(this.editor.restoreRemoved(), words.undone);
  }

  saySection(): void {
    const section = this.view.current;
    const status = this.editor.status(section);
    const state =
      status.is === 'problems'
        ? words.problemCount(status.count)
        : this.editor.view.update
          ? update.changes(this.editor.update.count(section))
          : words.status[status.is];
    const title = sectionTitle(section, this.editor.view.connection.kind);
    announcer.say(words.sectionSaid(this.view.number(section), this.view.sections.length + 1, title, state));
  }

  /** Shows a hidden value, where the user is in one. */
  #show(): boolean {
    const path = fieldInFocus();
    if (!this.editor.view.update) return false;
    if (path === null || this.editor.update.mask(path) === null) announcer.say(update.nothingHidden);
    else void this.editor.update.show(path);
    return true;
  }

  /** A file for the field the user is in, where it wants the ID of one. */
  #choose(): boolean {
    const { documents, readOnly } = this.editor;
    const here = fieldInFocus();
    if (here === null || readOnly || !documents || !/(_file_id|_list\/\d+)$/.test(here)) return false;
    void documents.choose(here);
    return true;
  }

  #copy(): boolean {
    const { here } = this.editor;
    if (here === null || this.editor.readOnly) return false;
    const person = personOf(here);
    if (person === null || !here.includes('/residential_address/')) {
      const from = this.editor.ditto(here);
      announcer.say(from === null ? words.nothingToCopy : words.copiedFrom(copiedWords(from, here)));
      return true;
    }
    if (this.editor.linked.isEmpty) {
      announcer.say(words.nothingToCopy);
      return true;
    }
    this.view.linkAddress(person, true);
    announcer.say(words.addressCopied);
    // The address is whole: the next thing to type is the document.
    const next = this.editor.form
      .order()
      .find((path) => path.startsWith(`business_person_list/${person}/identification/`));
    if (next !== undefined) void this.view.goTo(next);
    return true;
  }

  #said(step: Step | null, say: (what: string) => string): boolean {
    if (!step) return false;
    const person = personAt(step.at);
    const isText = step.kind === 'set' || step.kind === 'split_address';
    const name = isText || person === null ? fieldLabel(step.at) : this.#nameOf(person);
    const said = say(words.steps[step.kind](name));
    // What the program brings back is not back before it says so.
    void this.editor.brought.then((came) => came && announcer.say(said));
    if (isText) void this.view.goTo(step.at);
    else if (person !== null && this.editor.form.persons.includes(person))
      this.#open(person, step.kind === 'copy_address' && !this.editor.linked.has(person));
    return true;
  }

  #nameOf(person: string): string {
    return this.editor.form.persons.includes(person) ? personWords(this.editor, person) : list([words.aPerson]);
  }

  /** Goes to a person, or to the address that stands again as it was. */
  #open(person: string, home: boolean): void {
    const first = this.editor.form
      .order()
      .find((path) => personOf(path) === person && (!home || groupOf(path) === 'residential_address'));
    if (first !== undefined) void this.view.goTo(first);
  }
}

/** Brings a field of an update back as it was read, and says so once it is. False where it is so already. */
export function keepAsItWas(editor: DraftEditor, path: string, name: string): boolean {
  const kept = editor.keep(path);
  void kept?.then((came) => came && announcer.say(update.keptSaid(name)));
  return kept !== null;
}

/** The field that has the focus, in its text or in one of its actions. */
function fieldInFocus(): string | null {
  return document.activeElement?.closest<HTMLElement>('[data-path]')?.dataset['path'] ?? null;
}

/** The person a step or a field belongs to, for the words of an announcement. */
function personAt(at: string): string | null {
  return at.includes('/') ? personOf(at) : at;
}
