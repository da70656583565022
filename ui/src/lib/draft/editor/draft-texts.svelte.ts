import { SvelteMap } from 'svelte/reactivity';
import type { DraftView, Edit, FieldKind, FieldView } from '$lib/ipc/bindings';
import { forPerson, personOf } from '../paths';

/** The texts and persons of a draft as the form shows them; the same rules as `Draft::apply` in desk-domain. */
export class DraftTexts {
  readonly texts = new SvelteMap<string, string>();
  persons = $state<string[]>([]);
  /** How paths in the order of the table stand in the form. Set before the first look at the order. */
  arrange: (paths: readonly string[]) => readonly string[] = (paths) => paths;

  constructor(
    view: Pick<DraftView, 'texts' | 'persons'>,
    readonly fields: readonly FieldView[],
  ) {
    for (const { path, text } of view.texts) this.texts.set(path, text);
    this.persons = [...view.persons];
  }

  get(path: string): string {
    return this.texts.get(path) ?? '';
  }

  /** Whether the form has a field of this path. */
  has(path: string): boolean {
    const person = personOf(path);
    return this.kindOf(path) !== undefined && (person === null || this.persons.includes(person));
  }

  /** What kind of text a path holds. */
  kindOf(path: string): FieldKind | undefined {
    const person = personOf(path);
    const row = person === null ? path : path.replace(`/${person}/`, '/*/');
    return this.fields.find((field) => field.path === row)?.kind;
  }

  apply(edit: Edit): void {
    switch (edit.op) {
      case 'set': {
        const person = personOf(edit.path);
        if (person !== null && !this.persons.includes(person)) return;
        if (edit.text === '') this.texts.delete(edit.path);
        else this.texts.set(edit.path, edit.text);
        return;
      }
      case 'add_person':
        if (!this.persons.includes(edit.person)) this.persons.splice(edit.at, 0, edit.person);
        return;
      case 'move_person': {
        if (!this.persons.includes(edit.person)) return;
        const rest = this.persons.filter((person) => person !== edit.person);
        rest.splice(edit.at, 0, edit.person);
        this.persons = rest;
        return;
      }
      case 'remove_person':
        this.persons = this.persons.filter((person) => person !== edit.person);
        for (const path of [...this.texts.keys()]) if (personOf(path) === edit.person) this.texts.delete(path);
    }
  }

  /** The edits that would put a person back as they are now, at this place. */
  restoring(person: string, at: number): Edit[] {
    const sets = [...this.texts]
      .filter(([path]) => personOf(path) === person)
      .map(([path, text]): Edit => ({ op: 'set', path, text }));
    return [{ op: 'add_person', person, at }, ...sets];
  }

  /** All slots of a list field that hold something, and one empty slot where there is none. */
  slots(list: string): string[] {
    const used = [...this.texts.keys()].filter((path) => path.startsWith(`${list}/`));
    const numbers = used.map((path) => Number(path.slice(list.length + 1))).sort((a, b) => a - b);
    return (numbers.length > 0 ? numbers : [0]).map((slot) => `${list}/${slot}`);
  }

  /** The paths of the fields of a kind, in the order of the form. */
  paths(kind: FieldKind): string[] {
    return this.fields
      .filter((field) => field.kind === kind)
      .flatMap(({ path }) => (path.includes('/*/') ? this.persons.map((person) => forPerson(path, person)) : [path]));
  }

  /** Every path of the form in its order: persons spelled out, lists by their slots. */
  order(): readonly string[] {
    return this.#order;
  }

  readonly #order = $derived.by(() => {
    const persons = this.persons.flatMap((person) =>
      this.fields.filter((field) => field.path.includes('/*/')).map((field) => forPerson(field.path, person)),
    );
    const rest = this.fields.filter((field) => !field.path.includes('/*/'));
    const all = [...rest.flatMap((field) => (isList(field) ? this.slots(listPath(field)) : [field.path])), ...persons];
    return this.arrange(all);
  });
}

/** The table gives a list with the path of its first slot, or without one. */
export function isList(field: FieldView): boolean {
  return /_list(\/\d+)?$/.test(field.path);
}

/** The path of a list without its slot. */
export function listPath(field: FieldView): string {
  return field.path.replace(/\/\d+$/, '');
}
