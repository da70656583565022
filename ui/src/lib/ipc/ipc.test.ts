import { beforeEach, describe, expect, test } from 'vitest';
import { asIpcError, call, ipcError, job, type ConnectionTestView } from './index';
import { fake } from './fake';

const works: ConnectionTestView = {
  works: true,
  at: '2026-11-21T06:32:00Z',
  millis: 12,
  steps: [],
  problem: null,
  answer: null,
};

beforeEach(() => fake.reset());

describe('the way to the program', () => {
  test('a call gives its view and passes its request', async () => {
    fake.on('job_cancel', () => ({}));
    await call('job_cancel', { job: 'a' });
    expect(fake.made).toEqual([{ name: 'job_cancel', request: { job: 'a' } }]);
  });

  test('a call rejects with the error of the program', async () => {
    fake.on('code_lists', () => {
      throw ipcError('store.closed');
    });
    await expect(call('code_lists', {})).rejects.toEqual(ipcError('store.closed'));
  });

  test('a job gives an id at once, says its steps, and ends with its view', async () => {
    fake.on('connection_test', () => works);
    const said: string[] = [];
    const running = job('connection_test', { connection: 'c' }, (event) => said.push(event.event));
    expect(await running.id).toMatch(/^job-/);
    expect(await running.done).toEqual(works);
    expect(said).toEqual(['started', 'finished']);
  });

  test.each(['network.timeout', 'cancelled'])('a job that ends with %s rejects with it', async (code) => {
    fake.on('connection_test', () => {
      throw ipcError(code);
    });
    await expect(job('connection_test', { connection: 'c' }).done).rejects.toMatchObject({ code });
  });

  test('a cancel names the job', async () => {
    fake.on('connection_test', () => new Promise(() => undefined)).on('job_cancel', () => ({}));
    const running = job('connection_test', { connection: 'c' });
    await running.cancel();
    expect(fake.requests('job_cancel')).toEqual([{ job: await running.id }]);
  });

  test('whatever is no error of the program is a fault of our own', () => {
    expect(asIpcError('boom').code).toBe('internal');
    expect(asIpcError(new Error('boom')).code).toBe('internal');
    expect(asIpcError(ipcError('not_found')).code).toBe('not_found');
  });
});
