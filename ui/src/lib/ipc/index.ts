// The way to the program: the only module that knows Tauri. Tests and the `fake` mode put fake.ts in Tauri's place.
import { Channel, invoke } from '@tauri-apps/api/core';
import type { Calls, IpcError, JobEvent, Jobs } from './bindings';

export type * from './bindings';

type Call = keyof Calls;
type Job = keyof Jobs;

/** Work that takes its time: an id, an end, and a way to stop it. */
export interface RunningJob<View> {
  /** Resolves as soon as the program has taken the job. */
  id: Promise<string>;
  /** Resolves with the view; rejects with an `IpcError`, whose code is `cancelled` after a cancel. */
  done: Promise<View>;
  /** Asks the program to stop. What was already sent is not taken back. */
  cancel(): Promise<void>;
}

/** Runs a command that answers at once. Rejects with an `IpcError` and nothing else. */
export async function call<Name extends Call>(
  name: Name,
  request: Calls[Name]['request'],
): Promise<Calls[Name]['view']> {
  try {
    return await invoke<Calls[Name]['view']>(name, { request });
  } catch (thrown) {
    throw asIpcError(thrown);
  }
}

/** Starts a job. `onEvent` hears everything that the job says, its end included. */
export function job<Name extends Job>(
  name: Name,
  request: Jobs[Name]['request'],
  onEvent?: (event: JobEvent<Jobs[Name]['view']>) => void,
): RunningJob<Jobs[Name]['view']> {
  type View = Jobs[Name]['view'];
  const progress = new Channel<JobEvent<View>>();
  const taken = invoke<{ job: string }>(name, { request, progress });
  const id = taken.then(
    (view) => view.job,
    (thrown: unknown) => Promise.reject(asIpcError(thrown)),
  );
  const done = new Promise<View>((resolve, reject) => {
    progress.onmessage = (event) => {
      onEvent?.(event);
      if (event.event === 'finished') resolve(event.view);
      else if (event.event === 'failed') reject(event.error);
      else if (event.event === 'cancelled') reject(ipcError('cancelled'));
    };
    id.catch(reject);
  });
  // Who waits for `done` alone hears of a job that never started; who waits for nothing is told by no console.
  done.catch(() => undefined);
  return {
    id,
    done,
    cancel: async () => {
      await call('job_cancel', { job: await id });
    },
  };
}

/** An error of the page's own making, in the shape of the program's. */
export function ipcError(code: string, params: Record<string, string> = {}): IpcError {
  return { code, params, fields: [], trace_id: null, answer: null };
}

/** Whatever was thrown as an `IpcError`: a fault of the bridge itself is `internal`. */
export function asIpcError(thrown: unknown): IpcError {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'params' in thrown)
    return thrown as IpcError;
  return ipcError('internal');
}
