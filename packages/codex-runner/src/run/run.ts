import type { Clock, Logger, RunEvent, RunHandle, RunInput, ThreadId } from '@threadbridge/contract';
import type { AppServer } from '../app-server/app-server.ts';
import type { KeptAppServer } from '../app-server/keep-alive.ts';
import { checkInput } from './check-input.ts';
import type { IdleThreads } from './idle-threads.ts';
import { type BegunTurn, createLiveTurn } from './live-turn.ts';
import { openThread } from './open-thread.ts';
import { createRunHandle, type RunControl } from './run-handle.ts';
import type { ThreadLine } from './thread-line.ts';

/** What all runs of a runner share. */
export interface RunEnvironment {
  readonly servers: KeptAppServer;
  readonly line: ThreadLine;
  readonly idle: IdleThreads;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly turnDeadlineMs: number;
  readonly approvalTimeoutMs?: number | undefined;
  readonly releaseAfterMs: number;
}

/** Asks a server for a turn on a thread that is loaded in it. */
export type AskForTurn = (server: AppServer, thread: ThreadId) => Promise<BegunTurn>;

/** A run that does nothing until its events are read. */
export function createRun(shared: RunEnvironment, input: RunInput, ask: AskForTurn, signal?: AbortSignal): RunHandle {
  async function* play(control: RunControl): AsyncGenerator<RunEvent> {
    await checkInput(input);
    const { thread } = input;
    const leave = thread === undefined ? undefined : await shared.line.enter(thread, control.stop);
    try {
      if (thread !== undefined) shared.idle.keep(thread);
      const server = control.stop.aborted ? undefined : await shared.servers.use(control.stop);
      if (server === undefined) yield { type: 'turn.interrupted', text: '' };
      else yield* onServer(server, control);
    } finally {
      leave?.();
    }
  }

  async function* onServer(server: AppServer, control: RunControl): AsyncGenerator<RunEvent> {
    const opened = await openThread(server, input, shared.clock);
    const { thread } = opened;
    // Nobody else can know a new thread yet; from the next line on they can.
    const leave = input.thread === undefined ? await shared.line.enter(thread, new AbortController().signal) : undefined;
    const live = createLiveTurn({ ...shared, server, thread });
    let hasBegun = false;
    let isRunning = false;
    try {
      yield { type: 'thread.started', ...opened };
      if (control.stop.aborted) return yield { type: 'turn.interrupted', text: '' };
      hasBegun = true;
      await live.begin(() => ask(server, thread));
      isRunning = true;
      control.use(live);
      yield* live.events;
      isRunning = false;
    } finally {
      if (isRunning) await live.interrupt();
      live.leave();
      // A thread without a turn is not kept, and an ephemeral one cannot be continued: nobody comes back for them.
      const isSpent = input.ephemeral === true || (opened.isNew && !hasBegun);
      if (!server.isClosed) shared.idle.release(server, thread, isSpent ? 0 : shared.releaseAfterMs);
      leave?.();
    }
  }

  return createRunHandle(play, signal);
}
