import { tick } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { Section } from '$lib/ipc/bindings';
import type { DraftEditor } from './editor/draft-editor.svelte';
import { domId, groupOf, personOf, sectionId, sectionOf, sectionsOf } from './paths';

/** Where the user is in the form: the section, the persons that are open, the drawer; and the ways to get elsewhere. */
export class FormView {
  current = $state<Section>('business_details');
  /** The sections of the form. */
  readonly sections: readonly Section[];
  readonly open = new SvelteSet<string>();
  /** Whose address is shown though it is that of registration: a problem or a key led there. */
  readonly unfolded = new SvelteSet<string>();
  drawer = $state(false);
  /** What is wrong was asked for: while it is, the title of the window says so (UX P11). */
  checked = $state(false);

  constructor(private readonly editor: DraftEditor) {
    const { position } = editor.view;
    this.sections = sectionsOf(editor.view);
    this.current = this.sections[0] ?? this.current;
    const first = editor.form.persons.find((person) => !this.isComplete(person));
    const person = (position !== null ? personOf(position) : null) ?? first;
    if (person !== undefined && person !== null) this.open.add(person);
    // What cannot be written opens at its top.
    if (position !== null && !editor.readOnly) this.current = sectionOf(position);
  }

  isComplete(person: string): boolean {
    const tally = this.editor.check.persons.find((one) => one.person === person);
    return tally !== undefined && tally.required > 0 && tally.filled >= tally.required && this.problemsOf(person) === 0;
  }

  problemsOf(person: string): number {
    return this.editor.shown.filter(
      (said) => said.path !== null && said.severity !== 'note' && personOf(said.path) === person,
    ).length;
  }

  /** The field that a draft opens on: the one asked for, the one the user was in, the first empty one. */
  start(asked: string | null): Promise<boolean> {
    const order = this.editor.form.order();
    const wanted = [asked, this.editor.view.position, this.#firstEmpty(order)];
    const first = order.find((one) => !this.editor.isFixed(one)) ?? order[0];
    const path = wanted.find((one) => one !== null && order.includes(one)) ?? first;
    return path === undefined ? Promise.resolve(false) : this.goTo(path);
  }

  /** Puts the focus on a field, opening what hides it. */
  async goTo(path: string): Promise<boolean> {
    const person = personOf(path);
    if (person !== null) {
      this.open.add(person);
      if (groupOf(path) === 'residential_address') this.unfolded.add(person);
    }
    this.current = sectionOf(path);
    this.drawer = false;
    await tick();
    return focus(domId(path));
  }

  /** Opens the drawer and puts the focus into it. */
  async openDrawer(): Promise<void> {
    this.drawer = true;
    await tick();
    focus('problems-close');
  }

  /** Closes the drawer; the focus goes back to the field, or to the button that opened it. */
  async closeDrawer(): Promise<void> {
    this.drawer = false;
    const { here } = this.editor;
    if (here === null || !(await this.goTo(here))) focus('problems-open');
  }

  /** Ctrl+1…5: the first incomplete field of a section, else its first. */
  async goToSection(section: Section): Promise<void> {
    leaveField();
    const order = this.editor.form.order().filter((path) => sectionOf(path) === section);
    const spoken = order.find((path) => this.editor.problems.at(path)?.severity === 'error');
    const path = spoken ?? this.#firstEmpty(order) ?? order[0];
    this.current = section;
    if (path !== undefined) await this.goTo(path);
    else focus(sectionId(section));
  }

  /** F8: the next field that says something; Shift+F8 the one before. */
  nextProblem(by: 1 | -1): Promise<boolean> {
    return this.#step(() => this.editor.shown.flatMap((said) => (said.severity === 'note' ? [] : [said.path])), by);
  }

  /** F9: the next required field that is empty; Shift+F9 the one before. */
  nextEmpty(by: 1 | -1): Promise<boolean> {
    return this.#step(() => this.editor.stillEmpty.map((missing) => missing.path), by);
  }

  /** The tick of a person's address. While it is the same, there is nothing in it to type. */
  linkAddress(person: string, on: boolean): void {
    this.editor.linkAddress(person, on);
    if (on) this.unfolded.delete(person);
  }

  /** Opens a new person and puts the focus on the first name. */
  async addPerson(): Promise<string> {
    const person = this.editor.addPerson();
    this.open.clear();
    this.open.add(person);
    const first = this.editor.form.order().find((path) => personOf(path) === person);
    if (first !== undefined) await this.goTo(first);
    return person;
  }

  /** A target without a path is the person that is missing: they are added at the end. */
  async #step(find: () => (string | null)[], by: 1 | -1): Promise<boolean> {
    const goBack = leaveField();
    const targets = find();
    if (targets.length === 0) {
      goBack();
      return false;
    }
    const order = this.editor.form.order();
    const here = this.editor.here === null ? -1 : order.indexOf(this.editor.here);
    const placeOf = (path: string | null) => (path === null ? order.length : order.indexOf(path));
    const places = targets.map((path) => ({ path, at: placeOf(path) })).sort((a, b) => a.at - b.at);
    const next = by === 1 ? places.find(({ at }) => at > here) : places.findLast(({ at }) => at < here);
    // Past the end it starts again from the other one.
    const target = next ?? (by === 1 ? places[0] : places.at(-1));
    if (target?.path === null) return this.#toPersons();
    return target ? this.goTo(target.path) : false;
  }

  #toPersons(): boolean {
    this.current = 'business_person_list';
    this.drawer = false;
    return focus('add-person');
  }

  #firstEmpty(order: readonly string[]): string | null {
    const missing = this.editor.stillEmpty.find((one) => one.path !== null && order.includes(one.path));
    return missing?.path ?? null;
  }

  /** Persons are a part of the form. */
  get hasPersons(): boolean {
    return this.sections.includes('business_person_list');
  }

  /** The number of a section on the screen. */
  number(section: Section): number {
    return this.sections.indexOf(section) + 1;
  }
}

/**
 * Leaves the field the user is in: what follows from its text stands before the next one is looked for. Gives the way
 * back.
 */
function leaveField(): () => void {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement) || !field.closest('[data-path]')) return () => undefined;
  field.blur();
  return () => field.focus();
}

function focus(id: string): boolean {
  const element = document.getElementById(id);
  element?.focus();
  element?.scrollIntoView({ block: 'nearest' });
  return element !== null;
}
