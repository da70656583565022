import { beforeEach, describe, expect, it } from 'vitest';
import { checkOf, deliveryOf, draftOf } from '$lib/draft/fixture';
import type {
  Check,
  DraftSubmit,
  DraftView,
  IpcError,
  Missing,
  OutcomeView,
  Problem,
  ReviewView,
} from '$lib/ipc/bindings';
import { Review, type Work } from './review.svelte';

const PHONE = 'primary_contact/contact_phone';
const WARNING: Problem = { path: PHONE, code: 'choice.unknown', params: {}, severity: 'warning' };
const ERROR: Problem = { path: PHONE, code: 'phone.length', params: {}, severity: 'error' };
const HOUSE: Missing = { path: PHONE, section: 'primary_contact', requirement: 'house' };
const PLATFORM: Missing = { path: PHONE, section: 'primary_contact', requirement: 'platform' };
const ACCEPTED: OutcomeView = {
  outcome: 'accepted',
  customer_id: 'cus_1',
  partner_customer_id: 'cd-1',
  status: null,
  at: '2026-11-21T06:40:00Z',
  read_back: null,
};

let sent: DraftSubmit[];
let heard: string[];
let end: { resolve(outcome: OutcomeView): void; reject(error: IpcError): void };
let next: ReviewView;
let cancelled: boolean;
beforeEach(() => {
  sent = [];
  heard = [];
  cancelled = false;
});

function viewOf(
  check: Partial<Check> = {},
  part: Partial<ReviewView> = {},
  draft: Partial<DraftView> = {},
): ReviewView {
  return {
    draft: draftOf({ seq: 7, check: checkOf(check), ...draft }),
    sends: [],
    not_sent: [],
    blocked: false,
    house_missing: false,
    network: { online: true, offline_since: null },
    uploads: 0,
    update: null,
    ...part,
  };
}

function review(view: ReviewView): Review {
  next = view;
  const work = (): Work => ({
    done: new Promise((resolve, reject) => (end = { resolve, reject })),
    cancel: () => Promise.resolve().then(() => void (cancelled = true)),
  });
  return new Review(view, {
    submit: (request) => {
      sent.push(request);
      return work();
    },
    reload: () => Promise.resolve(next),
    toError: (thrown) => thrown as IpcError,
    heard: (what, outcome, error) => heard.push(`${what} ${outcome?.outcome ?? error?.code ?? ''}`.trim()),
  });
}

describe('the button says why it cannot be used', () => {
  it.each([
    ['errors of the rules', viewOf({ problems: [ERROR] }, { blocked: true }), [{ why: 'problems', count: 1 }]],
    ['what the platform requires', viewOf({ missing: [PLATFORM] }, { blocked: true }), [{ why: 'required', count: 1 }]],
    ['open warnings', viewOf({ problems: [WARNING] }), [{ why: 'warnings', count: 1 }]],
    ['what the house requires', viewOf({ missing: [HOUSE] }, { house_missing: true }), [{ why: 'house' }]],
    ['something the page does not see', viewOf({}, { blocked: true }), [{ why: 'blocked' }]],
    ['a draft on its way', viewOf({}, {}, { state: 'sending' }), [{ why: 'sending' }]],
    ['an accepted draft', viewOf({}, {}, { state: 'accepted' }), [{ why: 'done' }]],
    ['an unknown outcome', viewOf({}, {}, { state: 'unknown' }), [{ why: 'unknown' }]],
    ['one that waits', viewOf({}, {}, { state: 'queued' }), [{ why: 'queued' }]],
    ['one that is paused', viewOf({}, {}, { state: 'paused' }), [{ why: 'paused' }]],
    ['a conflict', viewOf({}, {}, { state: 'conflict' }), [{ why: 'conflict' }]],
    ['nothing', viewOf(), []],
  ])('%s', (_, view, whys) => {
    expect(review(view).whys).toEqual(whys);
  });

  it('and nothing is sent while one is left', async () => {
    await review(viewOf({ problems: [ERROR] }, { blocked: true })).submit();
    expect(sent).toEqual([]);
  });
});

it('sends the number of the newest edit, the ticked warnings and "send anyway"', async () => {
  const shown = review(viewOf({ problems: [WARNING], missing: [HOUSE] }, { house_missing: true }));
  shown.confirm(WARNING, true);
  shown.sendAnyway = true;
  const done = shown.submit();
  expect(sent).toEqual([
    {
      draft: shown.view.draft.id,
      seq: 7,
      send_anyway: true,
      confirmed: [`${PHONE} choice.unknown`],
      may_wait: false,
    },
  ]);
  end.resolve(ACCEPTED);
  await done;
});

it('a second press while it is sent does nothing', async () => {
  const shown = review(viewOf());
  const done = shown.submit();
  await shown.submit();
  expect(sent).toHaveLength(1);
  end.resolve(ACCEPTED);
  await done;
});

it('shows the outcome that the program kept, and says it once', async () => {
  const shown = review(viewOf());
  const done = shown.submit();
  expect(shown.running).toBe(true);
  next = viewOf({}, {}, { state: 'accepted', outcome: ACCEPTED });
  end.resolve(ACCEPTED);
  await done;
  expect(shown.outcome).toEqual(ACCEPTED);
  expect(heard).toEqual(['submitting', 'ended accepted']);
  expect(shown.whys).toEqual([{ why: 'done' }]);
});

it('a refusal of the program itself is an error, and the draft is read again', async () => {
  const shown = review(viewOf());
  const done = shown.submit();
  next = viewOf({ problems: [ERROR] }, { blocked: true });
  end.reject({ code: 'draft.changed', params: {}, fields: [], trace_id: null, answer: null });
  await done;
  expect(shown.error?.code).toBe('draft.changed');
  expect(shown.errors, 'the review is the newest').toHaveLength(1);
});

it('can be cancelled while it runs', async () => {
  const shown = review(viewOf());
  const done = shown.submit();
  await shown.cancel();
  expect(cancelled).toBe(true);
  end.reject({ code: 'cancelled', params: {}, fields: [], trace_id: null, answer: null });
  await done;
  expect(shown.running).toBe(false);
});

const NOT_SENT: OutcomeView = {
  outcome: 'not_sent',
  reason: { code: 'queue.offline', params: {} },
  error: null,
  at: '2026-11-21T06:40:00Z',
};

describe('a platform that is not reached', () => {
  it('is not waited for unless somebody said so', async () => {
    const shown = review(viewOf());
    const done = shown.submit();
    end.resolve(NOT_SENT);
    await done;
    expect(sent.map((request) => request.may_wait)).toEqual([false]);
    expect(shown.outcome, 'the program kept nothing of it').toEqual(NOT_SENT);
    const again = shown.submit(true);
    expect(shown.outcome, 'what was answered before is past').toBeNull();
    next = viewOf({}, {}, { state: 'queued', delivery: deliveryOf({ state: 'queued', next: 'try_again' }) });
    end.resolve(NOT_SENT);
    await again;
    expect(sent.map((request) => request.may_wait)).toEqual([false, true]);
    expect(shown.outcome, 'what the draft says is newer').toBeNull();
    expect(shown.whys).toEqual([{ why: 'queued' }]);
  });
});

describe('what is on the way is followed', () => {
  const on = (state: 'queued' | 'sending' | 'unknown'): ReviewView =>
    viewOf({}, {}, { state, delivery: deliveryOf({ state }) });
  const accepted = viewOf({}, {}, { state: 'accepted', outcome: ACCEPTED });

  it.each<[string, ReviewView, ReviewView[], string[]]>([
    ['unknown becomes accepted', on('unknown'), [on('unknown'), accepted], ['moved accepted']],
    ['another try that fails is not said', on('queued'), [on('sending'), on('queued')], []],
    ['that it is sent is not said, what it becomes is', on('queued'), [on('sending'), on('unknown')], ['moved']],
    ['it is said once', on('unknown'), [accepted, accepted], ['moved accepted']],
  ])('%s', async (_, first, views, said) => {
    const shown = review(first);
    for (next of views) await shown.follow();
    expect(heard).toEqual(said);
    expect(shown.view).toEqual(views.at(-1));
    expect(shown.fresh, 'the focus is taken from nobody').toBe(false);
  });

  it('what came by itself after an answer of this screen takes no focus', async () => {
    const shown = review(viewOf());
    const done = shown.submit();
    next = on('unknown');
    end.resolve(ACCEPTED);
    await done;
    expect(shown.fresh).toBe(true);
    next = accepted;
    expect(await shown.follow()).toBe(true);
    expect(shown.fresh).toBe(false);
    expect(heard).toEqual(['submitting', 'ended', 'moved accepted']);
  });

  it('an update that was read again says it, once, and moves nothing', async () => {
    const update = { update: {} as DraftView['update'], state: 'accepted' } as const;
    const done = (read_back: { at: string; differs: string[] } | null) =>
      viewOf({}, {}, { ...update, outcome: { ...ACCEPTED, read_back } as OutcomeView });
    const shown = review(done(null));
    for (next of [done(null), done({ at: ACCEPTED.at, differs: [PHONE] }), done({ at: ACCEPTED.at, differs: [] })])
      await shown.follow();
    expect(heard).toEqual(['read accepted']);
    expect(shown.fresh, 'the focus is taken from nobody').toBe(false);
  });

  it('a draft that is written is not read again', async () => {
    const shown = review(viewOf());
    next = accepted;
    expect(await shown.follow()).toBe(false);
    expect(shown.view.draft.state).toBe('editing');
  });

  it('nor one while it is submitted here', async () => {
    const shown = review(viewOf());
    const done = shown.submit();
    next = on('sending');
    await shown.follow();
    expect(shown.view.draft.state).toBe('editing');
    end.resolve(ACCEPTED);
    await done;
  });
});
