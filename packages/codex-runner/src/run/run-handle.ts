import { GatewayError, type RunEvent, type RunHandle } from '@threadbridge/contract';
import { rejected } from '../errors.ts';
import type { LiveTurn } from './live-turn.ts';

/** What a run sees of those who hold its handle. */
export interface RunControl {
  /** Aborted when it is called off, by whatever way. */
  readonly stop: AbortSignal;
  /** From now on steering, answers and interrupts go to this turn. */
  use(turn: LiveTurn): void;
}

/** A handle on events that are not made before they are read. */
export function createRunHandle(play: (control: RunControl) => AsyncGenerator<RunEvent>, signal?: AbortSignal): RunHandle {
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
      yield* play({
        stop: stop.signal,
        use(begun) {
          turn = begun;
          if (stop.signal.aborted) void begun.interrupt();
        },
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  return {
    events: events(),
    interrupt,
    async steer(text) {
      if (turn === undefined) throw rejected('No turn is running yet.', 'Wait for `turn.started`.');
      await turn.steer(text);
    },
    async answer(approval, answer) {
      if (turn === undefined)
        throw new GatewayError('runner.approval_closed', 'This run has asked nothing yet.', { certain: true });
      await turn.answer(approval, answer);
    },
  };
}
