import { GatewayError, type RunEvent, type RunHandle, type RunInput } from '@threadbridge/contract';
import { rejected } from '../errors.ts';
import { checkInput } from '../run/check-input.ts';
import { createStoppableRun, type StopControl } from '../run/stoppable-run.ts';
import type { ThreadLine } from '../run/thread-line.ts';
import { checkSupported } from './check-supported.ts';
import type { SdkTurn } from './sdk-turn.ts';

/** What all runs of a runner share. */
export interface SdkRunEnvironment {
  readonly line: ThreadLine;
  /** Throws a `runner.` error, certain, where no turn can be begun. */
  createTurn(input: RunInput): SdkTurn;
}

/** A run that does nothing until its events are read. */
export function createSdkRun(shared: SdkRunEnvironment, input: RunInput, signal?: AbortSignal): RunHandle {
  const never = new AbortController().signal;

  async function* play({ stop, use }: StopControl<SdkTurn>): AsyncGenerator<RunEvent> {
    const { thread } = input;
    let leave: (() => void) | undefined;
    try {
      await checkInput(input);
      checkSupported(input);
      if (thread !== undefined) leave = await shared.line.enter(thread, stop);
      const next = stop.aborted ? undefined : shared.createTurn(input);
      if (next === undefined) return yield { type: 'turn.interrupted', text: '' };
      if (thread !== undefined) {
        yield { type: 'thread.started', thread, isNew: false };
        if (stop.aborted) return yield { type: 'turn.interrupted', text: '' };
      }
      use(next);
      yield* follow(next);
    } finally {
      leave?.();
    }
  }

  async function* follow(own: SdkTurn): AsyncGenerator<RunEvent> {
    let leave: (() => void) | undefined;
    own.begin();
    try {
      if (input.thread === undefined) {
        const thread = await own.thread;
        if (thread !== undefined) {
          leave = await shared.line.enter(thread, never);
          yield { type: 'thread.started', thread, isNew: true };
        }
      }
      yield* own.events;
    } finally {
      await own.interrupt();
      leave?.();
    }
  }

  const { events, interrupt } = createStoppableRun(play, signal);
  return {
    events,
    interrupt,
    async steer() {
      throw rejected('The SDK cannot steer a turn.', 'Send it as a message of its own.');
    },
    async answer() {
      throw new GatewayError('runner.approval_closed', 'The SDK asks nothing.', { certain: true });
    },
  };
}
