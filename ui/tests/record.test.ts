// Long because: one file of cases for one screen, with the pieces they share.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { comparedOf, compareHref } from '$lib/customer/href';
import CustomerScreen from '$lib/customer/record/CustomerScreen.svelte';
import { session } from '$lib/customer/session.svelte';
import { ipcError, type CustomerView, type Status } from '$lib/ipc';
import { fake } from '$lib/ipc/fake';
import { answerCustomers } from '$lib/ipc/fake-customers';
import { allRows } from '$lib/ipc/fake-customer-rows';
import { leavesOf } from '$lib/ipc/fake-customer-view';
import { draftOf } from '$lib/draft/fixture';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import { components } from '$lib/words/components';
import { customer as words } from '$lib/words/customer';
import { READY } from './app-view';

const way = vi.hoisted(() => ({
  goto: vi.fn((_to: string, _how?: object) => Promise.resolve()),
  leave: [] as (() => void)[],
}));
vi.mock('$app/navigation', () => ({
  goto: way.goto,
  beforeNavigate: (heard: () => void) => way.leave.push(heard),
  afterNavigate: vi.fn(),
}));

/** The second of those made up: one that changed, where any did. */
const row = allRows(READY, false)[1]!;
const props = { connection: row.connection, id: row.customer_id };
type Compared = { before: string | null; after: string | null };
const newest: Compared = { before: null, after: null };

/** Another answer of the record than the one made up. */
function answering(more: (view: CustomerView) => Partial<CustomerView>) {
  for (const name of ['customer_open', 'customer_preview'] as const) {
    const made = fake.answer(name, { connection: row.connection, customer_id: row.customer_id });
    fake.on(name, async () => {
      const view = (await made) as CustomerView;
      return { ...view, ...more(view) };
    });
  }
  fake.made = [];
}

beforeEach(() => {
  fake.reset();
  way.goto.mockClear();
  way.leave = [];
  app.view = READY;
  session.tab = 'details';
  answerCustomers({ ...READY }, ['changed']);
  fake
    .on('app_status', () => READY)
    .on('update_begin', () => draftOf({ id: 'd-update' }))
    .on('draft_from_customer', () => draftOf({ id: 'd-copy' }));
});

const opened = async (compared: Compared | null = null) => {
  const drawn = render(CustomerScreen, { ...props, compared });
  await screen.findByRole('tabpanel');
  return drawn;
};
const compared = () => screen.findByRole('table', { name: words.compareTable });
const button = (name: RegExp | string) => screen.getByRole('button', { name });
const badges = () =>
  screen.queryAllByText(words.changed).map((badge) => badge.closest('.changed')?.getAttribute('title'));

describe('what changed', () => {
  test('is said in one line, marked at its values, and leads to the comparison', async () => {
    await opened();
    expect(screen.getByText(/^9 fields changed on the platform since the reading of /)).toBeTruthy();
    // Without the comparison nobody knows what they were: marked, and no more.
    expect(badges()).toEqual(Array.from({ length: 6 }, () => null));
    await userEvent.click(button(words.showChanges));
    expect(way.goto.mock.calls[0]?.[0]).toBe(compareHref(row.connection, row.customer_id));
    expect(fake.requests('customer_seen'), 'it was not looked at yet').toEqual([]);
  });

  test('is looked at once it was compared, which is said once; what it was then stands at the values', async () => {
    const { rerender } = await opened(newest);
    await compared();
    await waitFor(() =>
      expect(fake.requests('customer_seen')).toEqual([
        { connection: row.connection, customer_id: row.customer_id, reading: 'r-6' },
      ]),
    );
    await userEvent.click(screen.getByRole('checkbox', { name: words.allValues }));
    await waitFor(() => expect(fake.requests('reading_compare')).toHaveLength(2));
    await rerender({ ...props, compared: null });
    await waitFor(() => expect(badges()).toHaveLength(6));
    expect(screen.queryByText(/changed on the platform/)).toBeNull();
    expect(badges().filter((title) => title?.startsWith('Was: Zhejiang, on '))).toHaveLength(1);
    expect(
      badges().filter((title) => !title),
      'what is masked is not said, nor what of a person',
    ).toHaveLength(2);
    expect(fake.requests('customer_seen')).toHaveLength(1);
    expect(fake.requests('customer_open'), 'the trail hears of one opening').toHaveLength(1);
  });

  test.each([
    ['from a reading before it to the newest', { before: 'r-2', after: 'r-6' }, 1],
    ['from it to the newest', { before: 'r-5', after: 'r-6' }, 1],
    ['of readings before it', { before: 'r-2', after: 'r-4' }, 0],
    ['that ends before the newest', { before: 'r-4', after: 'r-5' }, 0],
  ])('is looked at by a comparison %s or is not', async (_which, which, times) => {
    await opened(which);
    await compared();
    await waitFor(() => expect(fake.requests('reading_list')).toHaveLength(1));
    await Promise.resolve();
    expect(fake.requests('customer_seen')).toHaveLength(times);
  });

  test('a customer that the platform has no more can be noted', async () => {
    answering((view) => ({ changed: { ...view.changed!, fields: 0, reading: 'r-6', paths: [] } }));
    await opened();
    expect(screen.getByText(words.goneText)).toBeTruthy();
    await userEvent.click(button(words.noted));
    expect(fake.requests('customer_seen').map(({ reading }) => reading)).toEqual(['r-6']);
    await waitFor(() => expect(screen.queryByText(words.goneText)).toBeNull());
  });

  test('while the record is open is read without a row in the trail, and said', async () => {
    answerCustomers({ ...READY }, []);
    await opened();
    expect(screen.queryByText(/changed on the platform/)).toBeNull();
    answerCustomers({ ...READY }, ['changed']);
    app.view = { ...READY, changed_customers: 1 };
    expect(await screen.findByText(/changed on the platform/)).toBeTruthy();
    expect(fake.requests('customer_open')).toHaveLength(1);
  });
});

test('readings that could not be listed are asked for again', async () => {
  fake.on('reading_list', () => Promise.reject(ipcError('store.failed')));
  session.tab = 'history';
  await opened();
  expect(await screen.findByText(words.readingsFailed)).toBeTruthy();
  answerCustomers({ ...READY }, ['changed']);
  await userEvent.click(screen.getByRole('button', { name: components.retry }));
  expect(await screen.findByRole('table', { name: words.readingsTable })).toBeTruthy();
  expect(screen.queryByText(words.readingsFailed)).toBeNull();
});

describe('the comparison', () => {
  test.each([
    ['2026-11-20T06:10:05Z', '2026-11-20T06:10:41Z', /:05$/, /\d:\d\d:05 and \d\d:\d\d:41 on 20 Nov 2026$/],
    ['2026-11-20T06:10:05Z', '2026-11-20T06:11:05Z', / \d\d:\d\d$/, / \d\d:\d\d and \d\d:\d\d on 20 Nov 2026$/],
    ['2026-11-20T06:10:05Z', '2026-11-20T06:10:05Z', / \d\d:\d\d$/, / \d\d:\d\d and \d\d:\d\d on 20 Nov 2026$/],
  ])('tells %s and %s apart, by seconds where they are of one minute', (before, after, option, head) => {
    expect(words.seenAmong(before, [before, after])).toMatch(option);
    expect(words.differences(3, before, after)).toMatch(head);
  });

  test('puts two readings side by side with a word for each change, and is said', async () => {
    await opened(newest);
    const rows = within(await compared()).getAllByRole('row');
    const cells = rows.map((each) => [...each.children].map((cell) => cell.textContent.replace(/\s+/g, ' ').trim()));
    expect(cells).toContainEqual(['State or province', 'Zhejiang', 'Jiangsu', 'Changed']);
    expect(cells).toContainEqual(['Website', 'Not provided', 'mingyue-textile.example', 'Added']);
    expect(cells).toContainEqual(['risk_tier not known to this program', 'Not in this reading', '2', 'Added, kept']);
    expect(announcer.polite).toMatch(/^9 differences between \d+ \w+ \d+ and (today|\d+ \w+ \d+)/);
    expect(document.activeElement?.id, 'who opened it goes on in it').toBe('compare-title');
    expect(screen.getByRole('tab', { selected: true }).id).toBe('tab-history');
  });

  test('has what changed, and all values on demand', async () => {
    await opened(newest);
    await compared();
    expect(fake.requests('reading_compare').map(({ all }) => all)).toEqual([false]);
    expect(screen.queryByText(words.became.same)).toBeNull();
    await userEvent.click(screen.getByRole('checkbox', { name: words.allValues }));
    expect((await screen.findAllByText(words.became.same)).length).toBeGreaterThan(20);
  });

  test('holds nothing that is masked, until it is shown: of its own reading, and of no other', async () => {
    await opened(newest);
    await compared();
    await userEvent.click(screen.getByRole('checkbox', { name: words.allValues }));
    await screen.findAllByText(words.became.same);
    const hidden = [...leavesOf(row).flatMap(({ whole }) => whole ?? []), '+8657188880088', '320501198511179981'];
    // One letter or digit stands everywhere.
    for (const whole of hidden.filter((text) => text.length > 5)) expect(document.body.innerHTML).not.toContain(whole);
    const phone = screen.getByText('+86 •••• ••88').closest('td')!;
    await userEvent.click(within(phone).getByRole('button', { name: /^Show contact phone, / }));
    const path = 'primary_contact/contact_phone';
    expect(fake.requests('customer_reveal')).toEqual(
      [{ ...props, id: undefined, customer_id: row.customer_id, path, reading: 'r-5', reason: null }].map(
        ({ id: _, ...request }) => request,
      ),
    );
    expect(announcer.polite).toBe(words.shownSaid('Contact phone', 30));
    expect(screen.getAllByText(/^Hides in/)).toHaveLength(1);
  });

  test('offers older readings before and newer ones after, and keeps the way back', async () => {
    await opened({ before: 'r-3', after: 'r-5' });
    await compared();
    const values = (name: string) =>
      [...screen.getByRole<HTMLSelectElement>('combobox', { name: new RegExp(name) }).options].map(
        ({ value }) => value,
      );
    await waitFor(() => expect(values(words.compareBefore)).toEqual(['r-4', 'r-3', 'r-2', 'r-1']));
    expect(values(words.compareAfter)).toEqual(['r-6', 'r-5', 'r-4']);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: new RegExp(words.compareAfter) }), 'r-6');
    expect(way.goto.mock.calls[0]?.[0]).toBe(compareHref(row.connection, row.customer_id, 'r-3', 'r-6'));
    expect(way.goto.mock.calls[0]?.[1]).toMatchObject({ replaceState: true, keepFocus: true });
  });

  test('of readings that do not differ is one sentence', async () => {
    answerCustomers({ ...READY }, ['same']);
    await opened(newest);
    expect(await screen.findByText(/^\d+ values are the same in both\.$/)).toBeTruthy();
    expect(screen.getByRole('heading', { name: /^No differences between / })).toBeTruthy();
    expect(screen.queryByRole('table', { name: words.compareTable })).toBeNull();
  });

  test('that cannot be read says why, and can be tried again', async () => {
    fake.on('reading_compare', () => {
      throw ipcError('store.failed');
    });
    await opened(newest);
    expect(await screen.findByText(words.compareFailed)).toBeTruthy();
    answerCustomers({ ...READY }, []);
    await userEvent.click(button('Retry'));
    expect(await compared()).toBeTruthy();
  });

  test.each([
    ['', null],
    ['&compare=,', { before: null, after: null }],
    ['&compare=r-1,r-2', { before: 'r-1', after: 'r-2' }],
    ['&compare=r-1', { before: 'r-1', after: null }],
  ])('the address %j compares %j', (query, which) =>
    expect(comparedOf(new URLSearchParams(`connection=c&id=1${query}`))).toEqual(which),
  );
});

describe('the keys of a record', () => {
  const on = (key: string, where: () => Element) => fireEvent.keyDown(where(), { key });
  const heading = () => screen.getByRole('heading', { level: 1 });

  test('D compares, U updates, Esc leaves the comparison', async () => {
    await opened();
    await on('d', heading);
    expect(way.goto.mock.calls.map(([to]) => to)).toEqual([compareHref(row.connection, row.customer_id)]);
    await on('u', heading);
    await waitFor(() => expect(way.goto).toHaveBeenLastCalledWith('/draft?id=d-update'));
    await on('Escape', heading);
    expect(way.goto).toHaveBeenCalledTimes(2);
  });

  test('Esc hides what is shown, then leaves the comparison', async () => {
    await opened(newest);
    await compared();
    await userEvent.click(screen.getAllByRole('button', { name: /^Show document number, / })[0]!);
    await screen.findByText(/^Hides in/);
    await on('Escape', heading);
    expect(screen.queryByText(/^Hides in/)).toBeNull();
    expect(way.goto).not.toHaveBeenCalled();
    await on('Escape', heading);
    expect(way.goto.mock.calls[0]?.[0]).not.toContain('compare');
  });

  test.each<[string, () => Element, KeyboardEventInit]>([
    ['outside of the record', () => document.body, { key: 'd' }],
    ['in a choice', () => screen.getAllByRole('combobox')[0]!, { key: 'd' }],
    ['while a text is composed', heading, { key: 'd', isComposing: true }],
    ['with Ctrl', heading, { key: 'u', ctrlKey: true }],
  ])('do nothing %s', async (_where, where, init) => {
    await opened(newest);
    await compared();
    await fireEvent.keyDown(where(), init);
    expect(way.goto).not.toHaveBeenCalled();
    expect(fake.requests('update_begin')).toEqual([]);
  });
});

describe('the update', () => {
  const status = (group: Status['group'], raw: string): Partial<CustomerView> => ({ status: { group, raw } });
  test.each<[string, Partial<CustomerView>, string]>([
    ['an active customer', status('active', 'Succeeded'), words.update],
    ['one that the platform refused', status('stopped', 'Failed'), words.correct],
    ['one it rejected', status('stopped', 'REJECTED'), words.correct],
    ['one that was closed', status('stopped', 'CLOSED'), words.update],
    ['one whose update is being written', { ...status('stopped', 'Failed'), update: 'd1' }, words.goOn],
  ])('of %s is called so', async (_which, more, label) => {
    answering(() => more);
    await opened();
    expect(button(label).textContent.trim()).toBe(label);
  });

  test('that is being written is gone on with, not begun again', async () => {
    answering(() => ({ update: 'd1' }));
    await opened();
    await userEvent.click(button(words.goOn));
    expect(way.goto).toHaveBeenCalledWith('/draft?id=d1');
    expect(fake.requests('update_begin')).toEqual([]);
  });

  test('begins offline too: it is made of the newest reading', async () => {
    app.view = { ...READY, network: { online: false, offline_since: null } };
    await opened();
    await userEvent.click(button(words.update));
    await waitFor(() => expect(way.goto).toHaveBeenCalledWith('/draft?id=d-update'));
  });

  test('that could not be begun says why', async () => {
    fake.on('update_begin', () => {
      throw ipcError('store.full');
    });
    await opened();
    await userEvent.click(button(words.update));
    expect(await screen.findByText(words.updateFailed)).toBeTruthy();
    expect(way.goto).not.toHaveBeenCalled();
  });

  test('of an archived connection cannot begin, and says so beside it', async () => {
    answering((view) => ({ connection: { ...view.connection, archived_at: '2026-11-01T00:00:00Z' } }));
    await opened();
    const update = button(words.update);
    expect(update.getAttribute('aria-disabled')).toBe('true');
    expect(document.getElementById(update.getAttribute('aria-describedby') ?? '')?.textContent).toBe(words.archived);
    await userEvent.click(update);
    await fireEvent.keyDown(screen.getByRole('heading', { level: 1 }), { key: 'u' });
    expect(fake.requests('update_begin')).toEqual([]);
    expect(screen.queryByText(words.newApplication)).toBeNull();
  });

  test('a new application is made of it', async () => {
    await opened();
    await userEvent.click(screen.getByText(words.newApplication));
    await waitFor(() => expect(way.goto).toHaveBeenCalledWith('/draft?id=d-copy'));
  });

  test('a new application shows what it copies: the policy wants to know why', async () => {
    app.view = { ...READY, policy: { reveal_reason: true } };
    await opened();
    await userEvent.click(screen.getByText(words.newApplication));
    expect(fake.requests('draft_from_customer')).toEqual([]);
    await userEvent.type(await screen.findByRole('textbox', { name: words.reason }), 'Applied anew{Enter}');
    await waitFor(() => expect(way.goto).toHaveBeenCalledWith('/draft?id=d-copy'));
    expect(fake.requests('draft_from_customer').map(({ reason }) => reason)).toEqual(['Applied anew']);
  });

  test('with one reading there is nothing to compare, which the tab says already', async () => {
    answering(() => ({ readings: 1 }));
    await opened();
    const compare = button(words.compare);
    expect(compare.getAttribute('aria-disabled')).toBe('true');
    expect(document.getElementById(compare.getAttribute('aria-describedby') ?? '')?.textContent).toContain('1 reading');
  });
});

describe('a value that is shown', () => {
  const LEAVES: [string, () => void][] = [
    ['the window is left', () => window.dispatchEvent(new Event('blur'))],
    ['the window is not seen any more', () => document.dispatchEvent(new Event('visibilitychange'))],
    ['another page is gone to', () => way.leave.forEach((heard) => heard())],
    ['another tab is', () => screen.getByRole('tab', { name: /Raw/ }).click()],
  ];
  test.each(LEAVES)('hides when %s', async (_when, leave) => {
    await opened();
    await userEvent.click(button('Show contact phone'));
    expect(await screen.findByText('+8651265550129')).toBeTruthy();
    leave();
    await waitFor(() => expect(screen.queryByText('+8651265550129')).toBeNull());
  });

  test('is asked for with the reason that the policy wants', async () => {
    app.view = { ...READY, policy: { reveal_reason: true } };
    await opened();
    await userEvent.click(button('Show contact phone'));
    await userEvent.type(await screen.findByRole('textbox', { name: words.reason }), 'Client called');
    await userEvent.click(button(words.reasonGive));
    expect(await screen.findByText('+8651265550129')).toBeTruthy();
    expect(fake.requests('customer_reveal').map(({ reason, reading }) => [reason, reading])).toEqual([
      ['Client called', null],
    ]);
  });

  test('one whose reason was looked for in another window is shown all the same', async () => {
    app.view = { ...READY, policy: { reveal_reason: true } };
    await opened();
    await userEvent.click(button('Show contact phone'));
    const field = await screen.findByRole('textbox', { name: words.reason });
    window.dispatchEvent(new Event('blur'));
    await userEvent.type(field, 'Client called{Enter}');
    expect(await screen.findByText('+8651265550129')).toBeTruthy();
  });
});

describe('the history', () => {
  test('has every reading with its changes, each a comparison with the one before', async () => {
    session.tab = 'history';
    answering(() => ({ ask_at: new Date(Date.now() + 60_000).toISOString() }));
    await opened();
    const table = await screen.findByRole('table', { name: words.readingsTable });
    expect(within(table).getAllByRole('row')).toHaveLength(7);
    const links = within(table).getAllByRole('link');
    expect(links.map((link) => link.getAttribute('href')).slice(0, 2)).toEqual([
      compareHref(row.connection, row.customer_id, 'r-5', 'r-6'),
      compareHref(row.connection, row.customer_id, 'r-4', 'r-5'),
    ]);
    expect(within(table).getByText(words.firstReading)).toBeTruthy();
    expect(screen.getByText(words.askedAgain)).toBeTruthy();
  });
});
