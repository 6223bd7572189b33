import {
  GatewayError,
  type RunEvent,
  type RunHandle,
  type Runner,
  type RunnerCapabilities,
  type ThreadId,
} from '@threadbridge/contract';
import { createRunLine, type Ticket } from './run-line.ts';

export interface LimitRunsOptions {
  /** Runs that work at the same time. */
  readonly slots: number;
  /** Runs that may stand in line; one more is refused with `runner.overloaded`. Default 100. */
  readonly maxWaiting?: number;
}

type Start = (options: { readonly signal?: AbortSignal } | undefined) => RunHandle;

/**
 * A runner that lets at most `slots` runs work at a time and one on each thread; the others wait in the order in which they were started
 * and tell their place by `turn.waiting`. Reviews, joined turns and those attached to count as well.
 */
export function limitRuns(runner: Runner, { slots, maxWaiting = 100 }: LimitRunsOptions): Runner {
  const line = createRunLine({ slots, maxWaiting });

  function limited(
    thread: ThreadId | undefined,
    options: { readonly signal?: AbortSignal } | undefined,
    start: Start,
  ): RunHandle {
    const leaving = new AbortController();
    const given = options?.signal;
    const left = given === undefined ? leaving.signal : AbortSignal.any([given, leaving.signal]);
    let handle: RunHandle | undefined;

    async function* events(): AsyncGenerator<RunEvent> {
      if (left.aborted) return yield interrupted;
      const ticket = line.join(thread);
      try {
        yield* standInLine(ticket, left);
        if (left.aborted) return yield interrupted;
        handle = start(options);
        for await (const event of handle.events) {
          if (event.type === 'thread.started') ticket.name(event.thread);
          yield event;
        }
      } finally {
        ticket.leave();
      }
    }

    return {
      events: events(),
      async steer(text) {
        if (handle === undefined)
          throw new GatewayError('runner.rejected', 'The run waits for its turn and cannot be steered yet.', { certain: true });
        await handle.steer(text);
      },
      async interrupt() {
        leaving.abort();
        await handle?.interrupt();
      },
      async answer(approval, answer) {
        if (handle === undefined)
          throw new GatewayError('runner.approval_closed', 'The run waits for its turn; it has asked nothing yet.', {
            certain: true,
          });
        await handle.answer(approval, answer);
      },
    };
  }

  /** A turn that goes on counts from at once; it cannot be told to wait. */
  function attached(thread: ThreadId, handle: RunHandle): RunHandle {
    const ticket = line.hold(thread);
    async function* events(): AsyncGenerator<RunEvent> {
      try {
        yield* handle.events;
      } finally {
        ticket.leave();
      }
    }
    return { ...handle, events: events() };
  }

  const { review, broker, attach } = runner.capabilities;
  const capabilities: RunnerCapabilities = {
    ...runner.capabilities,
    ...(attach && { attach: (thread, turn) => attached(thread, attach(thread, turn)) }),
    ...(review && {
      review: { start: (input, options) => limited(input.thread, options, (given) => review.start(input, given)) },
    }),
    ...(broker && {
      broker: { ...broker, join: (input, options) => limited(input.thread, options, (given) => broker.join(input, given)) },
    }),
  };

  return {
    start: (input, options) => limited(input.thread, options, (given) => runner.start(input, given)),
    capabilities,
    check: () => runner.check(),
    [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
  };
}

const interrupted: RunEvent = { type: 'turn.interrupted', text: '' };

/** Tells the place whenever it has changed, until the turn has come or nobody wants it any more. */
async function* standInLine(ticket: Ticket, left: AbortSignal): AsyncGenerator<RunEvent> {
  for (let told = 0; ticket.place > 0 && !left.aborted; ) {
    if (ticket.place !== told) {
      told = ticket.place;
      yield { type: 'turn.waiting', place: told, for: ticket.for };
      continue;
    }
    await ticket.moved(left);
  }
}
