import { type Clock, GatewayError, type Logger, type RunEvent, type RunHandle, type RunInput } from '@threadbridge/contract';
import type { AppServer } from '../app-server/app-server.ts';
import type { KeptAppServer } from '../app-server/keep-alive.ts';
import { rejected } from '../errors.ts';
import { checkInput } from './check-input.ts';
import type { IdleThreads } from './idle-threads.ts';
import { createLiveTurn, type LiveTurn } from './live-turn.ts';
import { openThread } from './open-thread.ts';
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

/** A run that does nothing until its events are read. */
export function createRun(shared: RunEnvironment, input: RunInput, signal?: AbortSignal): RunHandle {
  /** Called off, by whatever way. */
  const stop = new AbortController();
  let turn: LiveTurn | undefined;

  const interrupt = async () => {
    stop.abort();
    await turn?.interrupt();
  };
  const onAbort = () => void interrupt();

  async function* events(): AsyncGenerator<RunEvent> {
    if (signal?.aborted) stop.abort();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await checkInput(input);
      yield* inLine();
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async function* inLine(): AsyncGenerator<RunEvent> {
    const { thread } = input;
    const leave = thread === undefined ? undefined : await shared.line.enter(thread, stop.signal);
    try {
      if (thread !== undefined) shared.idle.keep(thread);
      const server = stop.signal.aborted ? undefined : await shared.servers.use(stop.signal);
      if (server === undefined) yield { type: 'turn.interrupted', text: '' };
      else yield* onServer(server);
    } finally {
      leave?.();
    }
  }

  async function* onServer(server: AppServer): AsyncGenerator<RunEvent> {
    const opened = await openThread(server, input, shared.clock);
    const { thread } = opened;
    // Nobody else can know a new thread yet; from the next line on they can.
    const leave = input.thread === undefined ? await shared.line.enter(thread, new AbortController().signal) : undefined;
    const live = createLiveTurn({ ...shared, server, thread, input });
    let hasBegun = false;
    let isDone = false;
    try {
      yield { type: 'thread.started', ...opened };
      if (stop.signal.aborted) return yield { type: 'turn.interrupted', text: '' };
      hasBegun = true;
      await live.begin();
      turn = live;
      if (stop.signal.aborted) void live.interrupt();
      yield* live.events;
      isDone = true;
    } finally {
      if (turn !== undefined && !isDone) await live.interrupt();
      live.leave();
      // A thread without a turn is not kept, and an ephemeral one cannot be continued: nobody comes back for them.
      const isSpent = input.ephemeral === true || (opened.isNew && !hasBegun);
      if (!server.isClosed) shared.idle.release(server, thread, isSpent ? 0 : shared.releaseAfterMs);
      leave?.();
    }
  }

  const running = (): LiveTurn => {
    if (turn === undefined) throw rejected('No turn is running yet.', 'Wait for `turn.started`.');
    return turn;
  };

  return {
    events: events(),
    interrupt,
    async steer(text) {
      await running().steer(text);
    },
    async answer(approval, answer) {
      if (turn === undefined)
        throw new GatewayError('runner.approval_closed', 'This run has asked nothing yet.', { certain: true });
      await turn.answer(approval, answer);
    },
  };
}
