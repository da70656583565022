import type { AddressFormView, AddressPart } from '$lib/ipc/bindings';

/** A part of an address, or its country. */
export type Part = AddressPart | 'country_code';

/** The order without a country, and of one that nothing is known of. */
const USUAL: readonly AddressPart[] = ['line1', 'city', 'state', 'postcode'];

const ADDRESS = /^(registration_address|business_person_list\/[^/]+\/residential_address)\/\w+?_address_(\w+)$/;

/** The address that a path belongs to, like `registration_address`; none elsewhere. */
export function addressOf(path: string): string | null {
  return ADDRESS.exec(path)?.[1] ?? null;
}

/** Which part of an address a path is. */
export function partOf(path: string): Part | null {
  return (ADDRESS.exec(path)?.[2] as Part | undefined) ?? null;
}

/** The path of a part. */
export function partPath(address: string, part: Part): string {
  return `${address}/${address.split('/').at(-1) ?? ''}_${part}`;
}

/**
 * The parts that a country writes, in its order. The contract requires a street and a city of everybody: where the
 * country writes no city, it goes between the street and what is wider than it.
 */
export function partsOf(form: AddressFormView | null): readonly AddressPart[] {
  if (!form || form.parts.length === 0) return USUAL;
  const parts = form.parts.map(({ part }) => part);
  if (!parts.includes('line1')) parts.unshift('line1');
  if (!parts.includes('city')) {
    const street = parts.indexOf('line1');
    const state = parts.indexOf('state');
    parts.splice(state >= 0 && state < street ? street : street + 1, 0, 'city');
  }
  return parts;
}

/** The place of a part in its address; what the country does not write comes last. */
export function placeIn(form: AddressFormView | null, part: Part): number {
  if (part === 'country_code') return -1;
  const parts = partsOf(form);
  return parts.includes(part) ? parts.indexOf(part) : parts.length + USUAL.indexOf(part);
}
