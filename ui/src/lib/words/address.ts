import type { AddressPart } from '$lib/ipc/bindings';
import type { Names } from './fields';

/** What countries call the parts of an address, by the words of the address data (desk-domain's reference/address.rs). */
const WORDS: Partial<Record<AddressPart, Record<string, string>>> = {
  state: {
    area: 'Area',
    county: 'County',
    department: 'Department',
    district: 'District',
    do_si: 'Province or city',
    emirate: 'Emirate',
    island: 'Island',
    oblast: 'Oblast',
    parish: 'Parish',
    prefecture: 'Prefecture',
    province: 'Province',
    region: 'Region',
    state: 'State',
  },
  city: {
    city: 'City',
    district: 'District',
    post_town: 'Town or city',
    suburb: 'Suburb',
    town: 'Town',
  },
  postcode: {
    eircode: 'Eircode',
    pin: 'PIN code',
    postal: 'Postcode',
    postcode: 'Postcode',
    zip: 'ZIP code',
  },
};

/** Inside a sentence where it is not the label in small letters. */
const NAMES: Record<string, string> = { eircode: 'Eircode', pin: 'PIN code', zip: 'ZIP code' };

/** What a part of an address is called in a country; none for a word that this catalogue does not have. */
export function partNames(part: AddressPart, word: string, select: boolean): Names | undefined {
  const label = WORDS[part]?.[word];
  return label === undefined ? undefined : { label, name: NAMES[word] ?? label.toLowerCase(), select };
}
