import { beforeEach, expect, it } from 'vitest';
import type { CustomerLookup, CustomerView, IpcError } from '$lib/ipc/bindings';
import { Lookup } from './lookup.svelte';

let asked: CustomerLookup[];
let found: CustomerView[];
let end: { resolve(view: CustomerView): void; reject(error: IpcError): void };
beforeEach(() => {
  asked = [];
  found = [];
});

function lookup(): Lookup {
  return new Lookup({
    start: (request) => {
      asked.push(request);
      return { done: new Promise((resolve, reject) => (end = { resolve, reject })), cancel: () => Promise.resolve() };
    },
    toError: (thrown) => thrown as IpcError,
    found: (view) => found.push(view),
    heard: () => undefined,
  });
}

it('asks by the chosen id, without the blanks around it', async () => {
  const look = lookup();
  look.by = 'partner_customer_id';
  look.value = '  cd-1 ';
  const done = look.start('c1');
  expect(asked).toEqual([{ connection: 'c1', by: 'partner_customer_id', value: 'cd-1', individual: null }]);
  end.resolve({ customer_id: '1' } as CustomerView);
  await done;
  expect(found).toHaveLength(1);
});

it('asks nothing without an id, and says so', async () => {
  const look = lookup();
  look.value = '   ';
  await look.start('c1');
  expect(asked).toEqual([]);
  expect(look.empty).toBe(true);
  look.typed();
  expect(look.empty).toBe(false);
});

it('keeps the id and says why it was not found', async () => {
  const look = lookup();
  look.value = 'x';
  const done = look.start('c1');
  end.reject({ code: 'not_found', params: {}, fields: [], trace_id: null, answer: null });
  await done;
  expect(look.error?.code).toBe('not_found');
  expect(look.value).toBe('x');
  expect(look.running).toBe(false);
});

it('a second press while it runs asks nothing more', async () => {
  const look = lookup();
  look.value = 'x';
  void look.start('c1');
  await look.start('c1');
  expect(asked).toHaveLength(1);
});

it('an individual is asked for by the id of its customer and its own', async () => {
  const look = lookup();
  look.begin('cus_1', 'customer_id');
  look.individual = ' ind_2 ';
  void look.start('c1');
  expect(asked).toEqual([{ connection: 'c1', by: 'customer_id', value: 'cus_1', individual: 'ind_2' }]);
  look.begin('cus_3', 'customer_id');
  expect(look.individual, 'the next look-up begins without it').toBe('');
});
