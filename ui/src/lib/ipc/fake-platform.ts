// What the made-up platforms can do, and the list of the one that has one, page by page, for fake-desk.ts.
// `?fake=bultra listed` has four of its six pages already, `?fake=listfails` ends the second page it reads with an error.
import type { Capabilities, IpcError, Kind, PlatformListRef, PlatformListView } from './bindings';
import { bultraRow, readNow, type Known } from './fake-customer-rows';
import { fake } from './fake';

/** As `Kind::capabilities()` says it. */
export const CAN: Record<Kind, Capabilities> = {
  axisfi: { create: true, lookup_by_partner_customer_id: true, list: false, files: true, individuals: false },
  bultra: { create: false, lookup_by_partner_customer_id: false, list: true, files: false, individuals: true },
};

const PAGE = 100;
const ALL = 600;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Answers the commands of the platform's list. `rows` gives what the window knows, which pages are added to. */
export function answerPlatform(rows: () => Known[], wish: readonly string[]): void {
  let read_at: string | null = wish.includes('listed') ? new Date(Date.now() - 1_800_000).toISOString() : null;
  let read = read_at ? 4 * PAGE : 0;
  let complete_at: string | null = null;
  let stopped = false;
  let pages = 0;

  const view = (ref: PlatformListRef): PlatformListView => ({
    ...ref,
    rows: read,
    has_more: read < ALL,
    read_at,
    complete_at,
    unread: rows().filter((row) => row.connection === ref.connection && row.unread).length,
  });
  async function page(ref: PlatformListRef): Promise<void> {
    await wait(900);
    if (stopped) throw { code: 'cancelled', params: {}, fields: [], trace_id: null, answer: null } satisfies IpcError;
    pages += 1;
    if (wish.includes('listfails') && pages > 1)
      throw { code: 'token.refused', params: {}, fields: [], trace_id: '9a0c-11', answer: null } satisfies IpcError;
    if (read >= ALL) read = 0;
    const known = rows();
    for (let at = read; at < read + PAGE; at += 1) {
      const row = bultraRow(ref.connection, at);
      if (!known.some(({ customer_id }) => customer_id === row.customer_id)) known.push(row);
    }
    read += PAGE;
    read_at = new Date().toISOString();
    if (read >= ALL) complete_at = read_at;
  }

  fake
    .on('platform_list', view)
    .on('platform_more', async (ref) => {
      stopped = false;
      await page(ref);
      return view(ref);
    })
    .on('platform_read', async (ref) => {
      stopped = false;
      do {
        await page(ref);
        fake.advance('platform_read', read);
      } while (read < ALL);
      return view(ref);
    })
    .on('platform_details', async (ref) => {
      stopped = false;
      let done = 0;
      for (const row of rows().filter((each) => each.connection === ref.connection && each.unread)) {
        await wait(40);
        if (stopped)
          throw { code: 'cancelled', params: {}, fields: [], trace_id: null, answer: null } satisfies IpcError;
        readNow(row);
        done += 1;
        fake.advance('platform_details', done);
      }
      return view({ ...ref, party: null, status: null });
    })
    .on('job_cancel', () => {
      stopped = true;
      return {};
    });
}
