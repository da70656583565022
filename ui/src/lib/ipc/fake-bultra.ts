// Made-up customers of Bultra for fake-desk.ts: `cust_corp` with three individuals, one of them read, `cust_person`,
// `cust_unread`, which is known from the list alone; their updates are the drafts `ub-corp` and `ub-one`, `ub-edited` has
// changes. `?fake=token` lets reading end with an error of the token.
import type {
  AppView,
  ConnectionView,
  CustomerLeafView,
  CustomerRef,
  CustomerView,
  FieldKind,
  IndividualView,
  IpcError,
} from './bindings';
import { fake } from './fake';
import { answerBultraUpdates } from './fake-bultra-updates';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const fail = (code: string): IpcError => ({ code, params: {}, fields: [], trace_id: null, answer: null });

export const CORP = 'cust_corp';
const ONE = `${CORP}/individuals/ind_2041`;
const WHOLE: Record<string, string> = {};

const leaf = (path: string, value: string | null, kind: FieldKind | null, mask?: string): CustomerLeafView => {
  if (mask !== undefined && value !== null) WHOLE[path] = value;
  return { path, kind, value: mask ?? value, masked: mask !== undefined };
};

const R = 'registration_address/registration_address';
const B = 'business_person_list/0/basic_info';

function sectionsOf(phone: string, email: string, person: CustomerLeafView[]): CustomerView['sections'] {
  const hidden = '••••••••';
  return [
    { section: 'business_details', person: null, said: false, leaves: [] },
    {
      section: 'registration_address',
      person: null,
      said: true,
      leaves: [
        leaf(`${R}_country_code`, 'SG', 'country'),
        leaf(`${R}_line1`, '8 Marina View, #31-04', 'text', hidden),
        leaf(`${R}_city`, 'Singapore', 'text', hidden),
        leaf(`${R}_state`, null, 'text'),
        leaf(`${R}_postcode`, '018960', 'text', hidden),
      ],
    },
    { section: 'account_usage', person: null, said: false, leaves: [] },
    {
      section: 'primary_contact',
      person: null,
      said: true,
      leaves: [
        leaf('primary_contact/contact_phone', phone, 'phone', `${phone.slice(0, 3)} •••• ••${phone.slice(-2)}`),
        leaf('primary_contact/contact_email', email, 'email', `${email.charAt(0)}•••@•••.example`),
      ],
    },
    { section: 'business_person_list', person: 0, said: person.length > 0, leaves: person },
  ];
}

const individual = (id: string, name: string, part: Partial<IndividualView> = {}): IndividualView => ({
  individual_id: id,
  customer_id: `${CORP}/individuals/${id}`,
  name,
  role: 'DIRECTOR',
  ownership_percentage: null,
  read_at: null,
  named: true,
  update: null,
  ...part,
});

/** A record of Bultra. */
export function bultraView(id: string, connection: ConnectionView): CustomerView | null {
  const base: CustomerView = {
    connection,
    customer_id: id,
    partner_customer_id: null,
    name: 'Tidewater Instruments Pte. Ltd.',
    local_name: '',
    status: { group: 'active', raw: 'ACTIVE_L2F' },
    created_at: '2026-01-10T08:00:00Z',
    read_at: ago(0.4),
    readings: 2,
    sections: sectionsOf('+6563330142', 'finance@tidewater.example', []),
    unknown: [
      leaf('corporation/registration_number', '202204417K', null, '••••••'),
      leaf('corporation/legal_form/name', 'Private company', null, '••••••'),
      leaf('risk_band', 'B2', null, '••••••'),
    ],
    history: [
      { status: { group: 'active', raw: 'ACTIVE_L2F' }, at: ago(30) },
      { status: { group: 'waiting', raw: 'PENDING' }, at: ago(900) },
    ],
    shown: [],
    changed: null,
    update: null,
    ask_at: null,
    party: 'CORPORATION',
    updated_at: ago(5),
    individual_of: null,
    facts: [],
    accounts: [
      { id: 'acc_123456789', currency: 'SGD', status: 'ACTIVE' },
      { id: 'acc_123456790', currency: 'USD', status: 'FROZEN' },
    ],
    individuals: [
      individual('ind_2041', 'Wei Ling Tan', { read_at: ago(0.3), ownership_percentage: '62.5' }),
      individual('ind_2042', 'Arjun Pillai', { role: 'SHAREHOLDER', ownership_percentage: '37.5' }),
      individual('ind_2077', '', { role: null, named: false, read_at: ago(70), update: 'ub-one' }),
    ],
    unlisted_at: null,
  };
  const person = (first: string, last: string, birth: CustomerLeafView[]) => [
    leaf(`${B}/first_name_english`, first, 'name_english'),
    leaf(`${B}/last_name_english`, last, 'name_english'),
    ...birth,
  ];
  if (id === CORP || id === 'cust_unread') return base;
  if (id === 'cust_person')
    return {
      ...base,
      name: 'John Doe',
      party: 'INDIVIDUAL',
      sections: sectionsOf(
        '+12025550142',
        'john@doe.example',
        person('John', 'Doe', [leaf(`${B}/birth_date`, '1990-01-15', 'date', '1990-••-••')]),
      ),
      unknown: [],
      individuals: [],
      accounts: base.accounts.slice(0, 1),
    };
  const found = base.individuals.find(({ customer_id }) => customer_id === id);
  if (!found) return null;
  return {
    ...base,
    name: found.name,
    party: null,
    status: null,
    history: [],
    sections: sectionsOf('+6591230142', 'weiling@tan.example', person('Wei Ling', 'Tan', [])),
    unknown: [],
    individuals: [],
    accounts: [],
    facts: [leaf('role', found.role ?? 'DIRECTOR', null), leaf('ownership_percentage', '62.5', null)],
    individual_of: { customer_id: CORP, name: base.name },
  };
}

/** Answers for records of Bultra, and leaves the others to who answered before. */
export function answerBultra(state: AppView, wish: readonly string[]): void {
  const of = (id: string) => state.connections.find((each) => each.id === id && each.kind === 'bultra');
  const isOurs = ({ connection }: { connection: string }) => of(connection) !== undefined;
  const read = new Set<string>([CORP, 'cust_person', ONE, `${CORP}/individuals/ind_2077`]);
  const isDrawn = (id: string) => id.startsWith('cust_');
  const open = (ref: CustomerRef): CustomerView => {
    const connection = of(ref.connection);
    const view = connection && bultraView(ref.customer_id, connection);
    if (!view) throw fail('not_found');
    if (!read.has(ref.customer_id)) throw fail('customer.unread');
    return view;
  };
  /** A row of the list has the record of one of those that are drawn. */
  const like = (view: CustomerView): CustomerView => {
    const { customer_id, name, status, read_at, connection } = view;
    const id = customer_id.charCodeAt(7) % 4 === 1 ? CORP : 'cust_person';
    return { ...(bultraView(id, connection) ?? view), customer_id, name, status, read_at };
  };
  for (const name of ['customer_open', 'customer_preview'] as const) {
    const before = fake.by(name);
    fake.on(name, async (ref) => {
      if (isOurs(ref) && isDrawn(ref.customer_id)) return open(ref);
      const view = await before!(ref);
      return isOurs(ref) ? like(view) : view;
    });
  }
  const lookup = fake.by('customer_lookup');
  fake.on('customer_lookup', async (asked) => {
    if (isOurs(asked) && wish.includes('token')) throw fail('token.refused');
    if (!isOurs(asked) || !isDrawn(asked.value)) {
      const view = await lookup!(asked);
      return isOurs(asked) ? like(view) : view;
    }
    await wait(wish.includes('slow') ? 5_000 : 400);
    if (wish.includes('offline')) throw fail('network.refused');
    const id = asked.individual ? `${asked.value}/individuals/${asked.individual}` : asked.value;
    read.add(id);
    return open({ connection: asked.connection, customer_id: id });
  });
  const reveal = fake.by('customer_reveal');
  fake.on('customer_reveal', (asked) =>
    isOurs(asked) ? { path: asked.path, value: WHOLE[asked.path] ?? '', hides_after_s: 30 } : reveal!(asked),
  );
  const compare = fake.by('reading_compare');
  fake.on('reading_compare', async (asked) => {
    const view = await compare!(isOurs(asked) ? { ...asked, ...otherOf(state) } : asked);
    if (!isOurs(asked)) return view;
    const row = { section: null, person: null, kind: null, masked: false, change: 'changed' } as const;
    const path = `accounts/acc_123456790/status`;
    return {
      ...view,
      persons: [],
      rows: [
        ...view.rows.filter(({ section }) => section === 'registration_address' || section === 'primary_contact'),
        { ...row, before_path: path, after_path: path, before: 'ACTIVE', after: 'FROZEN' },
      ],
    };
  });
  const list = fake.by('reading_list');
  fake.on('reading_list', (asked) => list!(isOurs(asked) ? otherOf(state) : asked));
  const here = state.connections.find(({ id }) => id === state.current_connection)?.environment;
  const ours = state.connections.find(({ kind, environment }) => kind === 'bultra' && environment === here);
  if (ours) answerBultraUpdates(ours, wish);
}

/** Readings are made up for the others already. */
let other: CustomerRef | null = null;
function otherOf(state: AppView): CustomerRef {
  const id = state.current_connection ?? '';
  return (other ??= { connection: id, customer_id: 'cus_79fb0000a1b2c3d4e5f60718293a4b5c244e' });
}
