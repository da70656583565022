// Stands in the place of `@tauri-apps/api/core` in tests of components and in the `fake` mode (vite.config.ts).
import type { Calls, IpcError, JobEvent, Jobs } from './bindings';

type All = Calls & Jobs;
type Handlers = {
  [Name in keyof All]?: (request: All[Name]['request']) => All[Name]['view'] | Promise<All[Name]['view']>;
};

/** A call that the page made. */
export interface Made {
  name: keyof All;
  request: unknown;
}

/** The program, as far as a test says what it answers. A command without an answer is `unsupported`. */
class FakeProgram {
  /** Every call so far, oldest first. */
  made: Made[] = [];
  #handlers: Handlers = {};

  /** Says what a command answers. Throw an `IpcError` to let it fail. */
  on<Name extends keyof All>(name: Name, handler: NonNullable<Handlers[Name]>): this {
    this.#handlers[name] = handler as Handlers[Name];
    return this;
  }

  /** What answers a command now, for another answer that falls back to it. */
  by<Name extends keyof All>(name: Name): Handlers[Name] {
    return this.#handlers[name];
  }

  /** The requests of one command, oldest first. */
  requests<Name extends keyof All>(name: Name): All[Name]['request'][] {
    return this.made.filter((made) => made.name === name).map((made) => made.request as All[Name]['request']);
  }

  /** Lets the jobs of this name that run say that they went on. */
  advance(name: keyof Jobs, done = 1): void {
    for (const progress of this.running.get(name) ?? []) progress.onmessage({ event: 'advanced', done });
  }

  /** The ways to hear the jobs that were started, by their name. */
  readonly running = new Map<keyof All, Channel<JobEvent<unknown>>[]>();

  /** Forgets answers and calls. */
  reset(): void {
    this.made = [];
    this.running.clear();
    this.#handlers = {};
  }

  async answer(name: keyof All, request: unknown): Promise<unknown> {
    this.made.push({ name, request });
    const handler = this.#handlers[name] as ((request: unknown) => unknown) | undefined;
    if (!handler)
      throw { code: 'unsupported', params: {}, fields: [], trace_id: null, answer: null } satisfies IpcError;
    // A round trip through JSON, as the real bridge makes one: a test cannot pass by sharing an object.
    return JSON.parse(JSON.stringify(await handler(JSON.parse(JSON.stringify(request))))) as unknown;
  }
}

export const fake = new FakeProgram();

/** Tauri's channel, as far as the page uses it. */
export class Channel<T> {
  onmessage: (message: T) => void = () => undefined;
}

let jobs = 0;

/** Tauri's `invoke`. A request with a channel is a job: it is taken first, and ends through the channel. */
export async function invoke<T>(
  name: string,
  args: { request: unknown; progress?: Channel<JobEvent<unknown>> },
): Promise<T> {
  const command = name as keyof All;
  if (!args.progress) return (await fake.answer(command, args.request)) as T;
  const { progress } = args;
  fake.running.set(command, [...(fake.running.get(command) ?? []), progress]);
  queueMicrotask(() => {
    progress.onmessage({ event: 'started', total: 1 });
    fake.answer(command, args.request).then(
      (view) => progress.onmessage({ event: 'finished', view }),
      (error: IpcError) =>
        progress.onmessage(error.code === 'cancelled' ? { event: 'cancelled' } : { event: 'failed', error }),
    );
  });
  jobs += 1;
  return { job: `job-${jobs}` } as T;
}
