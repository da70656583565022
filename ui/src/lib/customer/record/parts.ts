// What a record is made of: a form with its persons (AxisFI), or what the platform says of a customer with individuals.
import type { CustomerLeafView, CustomerView } from '$lib/ipc';
import { customer as words } from '$lib/words/customer';
import { individualOf, platform } from '$lib/words/individual';
import { personsOf } from '../leaves';
import type { RecordTab } from '../session.svelte';

/** The persons are part of the record itself. */
export const hasPersons = (view: CustomerView): boolean => !view.connection.capabilities.individuals;

/** Its persons are records of their own, which it lists: not where it is a person itself. */
export function hasIndividuals(view: CustomerView): boolean {
  if (hasPersons(view) || view.individual_of !== null) return false;
  return view.party !== 'INDIVIDUAL' || view.individuals.length > 0;
}

/** The tab of its persons; none where it has none. */
export function personsTab(view: CustomerView): { id: 'persons'; label: string; count: string }[] {
  const tab = (label: string, count: number) => [{ id: 'persons' as const, label, count: words.number(count) }];
  if (hasPersons(view)) return tab(words.tabs.persons, personsOf(view).length);
  return hasIndividuals(view) ? tab(platform.individuals, view.individuals.length) : [];
}

/** The tab that is shown where one is wanted that this record does not have. */
export function tabFor(view: CustomerView, wanted: RecordTab): RecordTab {
  return wanted === 'persons' && personsTab(view).length === 0 ? 'details' : wanted;
}

/** The platform's id of it: that of an individual without its customer's. */
export const idOf = ({ customer_id }: CustomerView): string => individualOf(customer_id)?.individual ?? customer_id;

/** What an id or a name of it is called, and the text; none for what it does not have. */
export function namesOf(view: CustomerView): { label: string; text: string; mono?: boolean }[] {
  const { individual_of: owner } = view;
  const all = [
    { label: hasPersons(view) ? words.columns.name : platform.columns.name, text: view.name },
    { label: words.columns.local, text: view.local_name },
    { label: owner ? platform.id : words.customerId, text: idOf(view), mono: true },
    { label: words.customerId, text: owner?.customer_id ?? '', mono: true },
    { label: words.yourId, text: view.partner_customer_id ?? '', mono: true },
  ];
  return all.filter(({ text }) => text !== '');
}

/** What it is called; its id where the platform need not say a name. */
export function titleOf(view: CustomerView): string {
  return view.name || view.local_name || (hasPersons(view) ? words.noName : idOf(view));
}

/** Of an individual what the row of its tab says. */
const IN_ROW = /^individuals\/([^/]+)\/(first_name|last_name|full_name|name|role)$/;

/** What this program does not know; what is known beside the fields stands elsewhere. */
export function otherOf(view: CustomerView): CustomerLeafView[] {
  if (hasPersons(view)) return view.unknown;
  const named = new Set(view.individuals.map(({ individual_id }) => individual_id));
  return view.unknown.filter(({ path, masked }) => {
    if (named.has(IN_ROW.exec(path)?.[1] ?? '')) return false;
    return masked || platform.aboutLabel(path) === null;
  });
}

/** What is said of it beside contact and address: the role first, then who it is. */
export function aboutOf(view: CustomerView): CustomerLeafView[] {
  const said = view.sections
    .filter(({ section }) => section === 'business_person_list' || section === 'business_details')
    .flatMap(({ leaves }) => leaves)
    .filter(({ path, value }) => value !== null && !path.endsWith('/business_name_english'));
  const facts = view.facts.map((fact) =>
    fact.path === 'ownership_percentage' && fact.value ? { ...fact, value: platform.percent(fact.value) } : fact,
  );
  const isRole = facts.some(({ path }) => path === 'role');
  return [...facts, ...said.filter(({ path }) => !isRole || !path.endsWith('/role_type'))];
}
