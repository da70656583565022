import { render, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { addressForms } from '$lib/draft/address/address-forms.svelte';
import { checkOf, draftOf } from '$lib/draft/fixture';
import type { Check, ReviewView } from '$lib/ipc/bindings';
import { fake } from '$lib/ipc/fake';
import { answerAddresses } from '$lib/ipc/fake-addresses';
import { draft as words } from '$lib/words/draft';
import { problemText } from '$lib/words/problems';
import ReviewCards from './ReviewCards.svelte';

const AT = 'registration_address/registration_address_';
const HOME = 'business_person_list/p1/residential_address/residential_address_';
const EXPIRY = 'business_details/business_identifier_expiry_date';

function viewOf(texts: Record<string, string>, check: Partial<Check> = {}, persons: string[] = []): ReviewView {
  const rows = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return {
    draft: draftOf({ texts: rows, persons, check: checkOf(check) }),
    sends: rows.filter(({ path }) => path !== EXPIRY),
    not_sent: [],
    blocked: false,
    house_missing: false,
    network: { online: true, offline_since: null },
    uploads: 0,
    update: null,
  };
}

beforeEach(async () => {
  fake.reset();
  addressForms.reset();
  answerAddresses();
  await Promise.all(['HK', 'JP', 'AU'].map((code) => addressForms.load(code)));
});

/** The facts of the card whose title begins so: what each is called, in the order they are read. */
function labels(title: RegExp): string[] {
  const card = screen.getByRole('region', { name: title });
  return [...card.querySelectorAll('dt')].map((one) => one.textContent);
}
const registration = () => labels(/^Registration address/);

describe('an address on the review', () => {
  it.each([
    ['', ['Country', 'Address line 1', 'City', 'State or province', 'Postcode']],
    ['AU', ['Country', 'Address line 1', 'City', 'State or province', 'Postcode']],
    ['HK', ['Country', 'State or province', 'City', 'Address line 1']],
    ['JP', ['Country', 'Postcode', 'State or province', 'City', 'Address line 1']],
  ])('of “%s” is in the order of the form', (country, order) => {
    render(ReviewCards, { view: viewOf(country === '' ? {} : { [`${AT}country_code`]: country }) });
    expect(registration()).toEqual(order);
  });

  it('is so for each person too, beside the facts that are no address', () => {
    render(ReviewCards, { view: viewOf({ [`${HOME}country_code`]: 'HK' }, {}, ['p1']) });
    const all = labels(/^Persons/);
    const first = all.indexOf('Country');
    expect(all.slice(first, first + 4)).toEqual(['Country', 'State or province', 'City', 'Address line 1']);
    expect(all).not.toContain('Postcode');
    expect(all[0]).toBe('First name in English');
  });

  it.each([
    ['text', { [`${AT}postcode`]: '999077' }, {}],
    [
      'something wrong',
      {},
      {
        problems: [
          {
            path: `${AT}postcode`,
            code: 'address.not_used',
            params: { country: 'HK' },
            severity: 'warning',
          },
        ],
      } satisfies Partial<Check>,
    ],
  ])('leaves nothing out that holds %s', (_what, texts, check) => {
    render(ReviewCards, { view: viewOf({ [`${AT}country_code`]: 'HK', ...texts }, check) });
    expect(registration()).toEqual(['Country', 'State or province', 'City', 'Address line 1', 'Postcode']);
  });
});

describe('an expiry date of “none”', () => {
  const echoes = [{ path: EXPIRY, code: 'no_expiry', params: { none: 'none' } }];
  const problem = { path: EXPIRY, code: 'date.expired', params: {}, severity: 'error' } as const;
  const details = () => within(screen.getByRole('region', { name: /^Business details/ }));

  it('says that nothing is sent', () => {
    render(ReviewCards, { view: viewOf({ [EXPIRY]: 'none' }, { echoes }) });
    expect(details().getByText(words.noExpiry)).toBeTruthy();
  });

  it('says what is wrong with it before that', () => {
    render(ReviewCards, { view: viewOf({ [EXPIRY]: 'none' }, { echoes, problems: [problem] }) });
    expect(details().getByText(problemText(problem))).toBeTruthy();
    expect(details().queryByText(words.noExpiry)).toBeNull();
  });
});
