import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { compareGroups, isUnknown, rowLabel } from '$lib/customer/compare/rows';
import { otherOf, tabFor, titleOf } from '$lib/customer/record/parts';
import CustomerScreen from '$lib/customer/record/CustomerScreen.svelte';
import { session } from '$lib/customer/session.svelte';
import { list } from '$lib/customer/list/session';
import { ReadAgain } from '$lib/customer/read-again.svelte';
import { ipcError, type ComparisonRowView, type ComparisonView, type CustomerView, type IpcError } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { answerBultra, bultraView, CORP } from '$lib/ipc/fake-bultra';
import { answerCustomers } from '$lib/ipc/fake-customers';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { customerHref } from '$lib/shell/routes';
import { components } from '$lib/words/components';
import { customer as words } from '$lib/words/customer';
import { draft } from '$lib/words/draft';
import { individualOf, platform } from '$lib/words/individual';
import { READY } from './app-view';

const { goto } = vi.hoisted(() => ({ goto: vi.fn((_to: string) => Promise.resolve()) }));
vi.mock('$app/navigation', () => ({ goto, beforeNavigate: vi.fn(), afterNavigate: vi.fn() }));

const connection = 'c-btest';
const made = READY.connections.find(({ id }) => id === connection)!;
const ONE = `${CORP}/individuals/ind_2041`;

beforeEach(() => {
  fake.reset();
  goto.mockClear();
  app.view = READY;
  session.tab = 'details';
  answerCustomers({ ...READY }, []);
  answerBultra({ ...READY }, []);
  fake.on('app_status', () => READY).on('job_cancel', () => ({}));
});

const open = async (id: string) => {
  const made = render(CustomerScreen, { connection, id });
  await screen.findByRole('tabpanel');
  return made;
};
/** An answer that waits until the test lets it go. */
const held = () => {
  let answered: (view: CustomerView) => void = () => undefined;
  const answer = new Promise<CustomerView>((resolve) => (answered = resolve));
  return { answer, let: (view: CustomerView) => answered(view) };
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const tabs = () => screen.getAllByRole('tab').map((tab) => tab.textContent?.trim().split(/\s/)[0]);
const headings = () => within(screen.getByRole('tabpanel')).getAllByRole('heading', { level: 2 });

describe('a customer of Bultra', () => {
  test('has contact, address and accounts, and what else the platform says by readable names', async () => {
    await open(CORP);
    expect(headings().map((one) => one.textContent?.trim().replace(/ \d+$/, ''))).toEqual([
      'Address',
      'Contact',
      platform.accounts,
      platform.otherTitle,
    ]);
    expect(screen.getByText('Corporation')).toBeTruthy();
    expect(screen.getByText('acc_123456790').closest('tr')?.textContent).toMatch(/USD\s*FROZEN/);
    const legal = screen.getByText('Legal form, name');
    expect(within(legal).getByText('corporation/legal_form/name')).toBeTruthy();
    expect(screen.getByRole('button', { name: words.showField('Legal form, name') })).toBeTruthy();
  });

  test.each([
    ['a corporation', CORP, ['Details', 'Individuals', 'History', 'Raw']],
    ['a person', 'cust_person', ['Details', 'History', 'Raw']],
    ['an individual', ONE, ['Details', 'History', 'Raw']],
  ])('%s has only the tabs that hold something', async (_name, id, wanted) => {
    session.tab = 'persons';
    await open(id);
    expect(tabs()).toEqual(wanted);
    const chosen = screen.getByRole('tab', { selected: true }).textContent ?? '';
    expect(chosen).toMatch(id === CORP ? /^\s*Individuals/ : /^\s*Details/);
  });

  test('a person is described in its details, the birth date masked', async () => {
    await open('cust_person');
    const about = screen.getByRole('region', { name: platform.about });
    expect(within(about).getByText('John')).toBeTruthy();
    expect(within(about).getByText('1990-••-••')).toBeTruthy();
    expect(about.textContent).not.toContain('1990-01-15');
  });

  test('offers no new application, and says where it is made', async () => {
    await open(CORP);
    expect(screen.queryByText(words.newApplication)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: words.more }));
    for (const item of screen.getAllByRole('menuitem')) expect(item.getAttribute('aria-disabled')).toBeNull();
    expect(screen.getByText(platform.elsewhere)).toBeTruthy();
    expect(screen.queryByText(words.yourId)).toBeNull();
  });

  test('of an individual that its tab names, the details say neither name nor role', async () => {
    const leaf = (path: string) => ({ path, kind: null, value: '••••', masked: true });
    const unknown = ['ind_2041/first_name', 'ind_2041/last_name', 'ind_2042/name', 'ind_2042/role'];
    const kept = ['ind_2041/passport', '#1/first_name'];
    const view = bultraView(CORP, made)!;
    const all = [...unknown, ...kept].map((path) => leaf(`individuals/${path}`));
    expect(otherOf({ ...view, unknown: all }).map(({ path }) => path)).toEqual(kept.map((one) => `individuals/${one}`));
  });

  test('that the list named no more says so', async () => {
    const view = bultraView(CORP, made)!;
    fake.on('customer_open', () => ({ ...view, unlisted_at: view.read_at }));
    await open(CORP);
    expect(screen.getByText(platform.unlisted(view.read_at))).toBeTruthy();
  });
});

describe('an individual', () => {
  test('says whose it is, and leads back', async () => {
    await open(ONE);
    const back = screen.getByRole('link', { name: platform.of('Tidewater Instruments Pte. Ltd.') });
    expect(back.getAttribute('href')).toBe(customerHref(connection, CORP));
    const about = screen.getByRole('region', { name: platform.about });
    expect(about.textContent).toMatch(/Role\s*DIRECTOR\s*Ownership\s*62\.5 %/);
    expect(document.getElementById('customer-id')?.textContent).toBe('ind_2041');
  });

  test('that was read is a link, one that was not is read on the way', async () => {
    session.tab = 'persons';
    await open(CORP);
    expect(screen.getByRole('link', { name: 'Wei Ling Tan' }).getAttribute('href')).toBe(customerHref(connection, ONE));
    await userEvent.click(screen.getByRole('link', { name: 'Arjun Pillai' }));
    await waitFor(() => expect(goto).toHaveBeenCalledWith(customerHref(connection, `${CORP}/individuals/ind_2042`)));
    expect(fake.requests('customer_lookup')).toEqual([
      { connection, by: 'customer_id', value: CORP, individual: 'ind_2042' },
    ]);
  });

  test('that the customer does not name is read by its ID, and what went wrong stands at the field', async () => {
    session.tab = 'persons';
    await open(CORP);
    const field = screen.getByRole('textbox', { name: new RegExp(platform.id) });
    const press = () => userEvent.click(screen.getByRole('button', { name: platform.read }));
    await press();
    expect(screen.getByText(platform.enterId)).toBeTruthy();
    expect(fake.requests('customer_lookup')).toEqual([]);
    await userEvent.type(field, ' ind_9 ');
    await press();
    expect(await screen.findByText(platform.missed)).toBeTruthy();
    expect(fake.requests('customer_lookup')[0]?.individual).toBe('ind_9');
    await userEvent.clear(field);
    await userEvent.type(field, 'ind_2042');
    expect(screen.queryByText(platform.missed), 'what was said of another text goes').toBeNull();
    await press();
    await waitFor(() => expect(goto).toHaveBeenCalledWith(customerHref(connection, `${CORP}/individuals/ind_2042`)));
  });

  test('that is still read when its screen is left leads nowhere, and nothing is said of it', async () => {
    session.tab = 'persons';
    const late = held();
    fake.on('customer_lookup', () => late.answer);
    const { unmount } = await open(CORP);
    await userEvent.click(screen.getByRole('link', { name: 'Arjun Pillai' }));
    await waitFor(() => expect(fake.requests('customer_lookup')).toHaveLength(1));
    unmount();
    await waitFor(() => expect(fake.requests('job_cancel')).toHaveLength(1));
    announcer.say('elsewhere');
    late.let(bultraView(ONE, made)!);
    await settled();
    expect(goto).not.toHaveBeenCalled();
    expect(announcer.polite).toBe('elsewhere');
  });

  test.each([
    ['cust_1/individuals/ind_2', 'Individual ind_2 of cust_1'],
    ['cust_1', 'cust_1'],
  ])('%s reads as %s', (id, said) => expect(platform.idWords(id)).toBe(said));

  test('an id is taken apart at its own part alone', () => {
    expect(individualOf('cust_1/individuals/')).toBeNull();
    expect(individualOf('cust_1/individuals/ind_2')).toEqual({ customer: 'cust_1', individual: 'ind_2' });
  });
});

describe('a record that was left', () => {
  test.each([
    ['the one after it', ']', () => vi.spyOn(list, 'neighbour')],
    ['its update', 'u', null],
  ])('is not left once more by a late answer: %s', async (_name, key, spy) => {
    let late: (value: never) => void = () => undefined;
    const answer = new Promise<never>((resolve) => (late = resolve));
    fake.on('update_begin', () => answer);
    const spied = spy?.().mockReturnValue(answer);
    const { unmount } = await open(CORP);
    screen.getByRole('tabpanel').focus();
    await userEvent.keyboard(key === ']' ? ']' : key);
    await waitFor(() => expect(spied ? spied.mock.calls.length : fake.requests('update_begin').length).toBe(1));
    unmount();
    late({ connection, customer_id: 'cust_person', id: 'd1' } as never);
    await settled();
    expect(goto).not.toHaveBeenCalled();
    spied?.mockRestore();
  });
});

describe('a customer that was never read', () => {
  test('is read when it is opened', async () => {
    render(CustomerScreen, { connection, id: 'cust_unread' });
    expect(await screen.findByText(platform.readingFirst('cust_unread'))).toBeTruthy();
    expect(await screen.findByRole('tabpanel')).toBeTruthy();
    expect(fake.requests('customer_lookup')).toHaveLength(1);
  });

  test.each(['network.refused', 'token.refused'])('says why it could not be read where that is %s', async (code) => {
    fake.on('customer_lookup', () => Promise.reject(ipcError(code)));
    render(CustomerScreen, { connection, id: 'cust_unread' });
    expect(await screen.findByText(words.openFailed)).toBeTruthy();
    expect(screen.getByRole('link', { name: words.back })).toBeTruthy();
    const lookup = fake.requests('customer_lookup').length;
    await userEvent.click(screen.getByRole('button', { name: components.retry }));
    await waitFor(() => expect(fake.requests('customer_lookup')).toHaveLength(lookup + 1));
  });

  test('is read though another is still being read, of which nothing is heard any more', async () => {
    const late = held();
    fake.on('customer_open', () => Promise.reject(ipcError('customer.unread')));
    fake.on('customer_lookup', ({ value }) => (value === CORP ? late.answer : bultraView(value, made)!));
    const { rerender } = render(CustomerScreen, { connection, id: CORP });
    await waitFor(() => expect(fake.requests('customer_lookup')).toHaveLength(1));
    await rerender({ connection, id: 'cust_person' });
    expect(await screen.findByRole('tabpanel')).toBeTruthy();
    expect(screen.queryByText(platform.nothingRead)).toBeNull();
    late.let(bultraView(CORP, made)!);
    await settled();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('John Doe');
  });

  test('of which a first try failed says nothing of that while it is read again', async () => {
    const late = held();
    const reads = new ReadAgain();
    fake.on('customer_lookup', () => Promise.reject(ipcError('network.refused')));
    await reads.start({ connection, customer_id: CORP });
    expect(reads.error?.code).toBe('network.refused');
    fake.on('customer_lookup', () => late.answer);
    const again = reads.start({ connection, customer_id: CORP });
    expect(reads.error).toBeNull();
    late.let(bultraView(CORP, made)!);
    expect((await again)?.customer_id).toBe(CORP);
  });

  test.each([
    ['token.refused', true],
    ['auth.refused', true],
    ['network.refused', false],
    ['not_found', false],
  ])('leads to the connection where %s is what stopped it: %s', async (code, leads) => {
    const answer = {
      status: 401,
      trace_id: 't-1',
      code: null,
      message: null,
      fields: [],
      raw: '{}',
      raw_masked: false,
    };
    fake.on('customer_lookup', () => Promise.reject({ ...ipcError(code), answer } as unknown as IpcError));
    render(CustomerScreen, { connection, id: 'cust_unread' });
    await screen.findByText(words.openFailed);
    expect(screen.queryByRole('link', { name: draft.outcome.openConnection }) !== null).toBe(leads);
    expect(screen.getByRole('button', { name: components.showAnswer })).toBeTruthy();
    expect(app.shown?.id, 'the strip names whose it is').toBe(connection);
  });

  test('that was stopped says so, and nothing failed', async () => {
    fake.on('customer_lookup', () => Promise.reject(ipcError('cancelled')));
    render(CustomerScreen, { connection, id: 'cust_unread' });
    expect(await screen.findByText(platform.nothingRead)).toBeTruthy();
    expect(screen.queryByText(words.openFailed)).toBeNull();
  });
});

describe('what is known beside the fields', () => {
  const row = (path: string, part: Partial<ComparisonRowView> = {}): ComparisonRowView => ({
    before_path: path,
    after_path: path,
    section: null,
    person: null,
    kind: null,
    before: 'ACTIVE',
    after: 'FROZEN',
    masked: false,
    change: 'changed',
    ...part,
  });

  test.each([
    ['accounts/acc_1/status', 'Account acc_1, status'],
    ['individuals/ind_2/role', 'Individual ind_2, role'],
    ['ownership_percentage', 'Ownership'],
    ['type', 'Type'],
  ])('%s is called %s in a comparison', (path, said) => {
    expect([isUnknown(row(path)), rowLabel(row(path), 'bultra')]).toEqual([false, said]);
    expect(isUnknown(row(path, { masked: true })), 'what is masked is not known').toBe(true);
  });

  test('stands with the status, and contact and address have this kind of names', () => {
    const address = row('registration_address/registration_address_city', {
      section: 'registration_address',
      kind: 'text',
    });
    const view = { rows: [row('accounts/acc_1/status'), address], persons: [] } as unknown as ComparisonView;
    expect(compareGroups(view, 'bultra').map(({ title }) => title)).toEqual([words.aboutRecord, 'Address']);
    expect(compareGroups(view).map(({ title }) => title)).toEqual([words.aboutRecord, 'Registration address']);
  });

  test('a record without a name is called by its own id', () => {
    const view = { ...bultraView(ONE, made)!, name: '' };
    expect([titleOf(view), tabFor(view, 'persons'), tabFor(view, 'raw')]).toEqual(['ind_2041', 'details', 'raw']);
  });
});
