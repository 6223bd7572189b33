import type { RunEvent, RunHandle } from '@threadbridge/contract';

/** What a run sees of those who may call it off. */
export interface StopControl<Turn extends Interruptible> {
  /** Aborted when it is called off, by whatever way. */
  readonly stop: AbortSignal;
  /** From now on this turn is ended when the run is called off. */
  use(turn: Turn): void;
}

export interface Interruptible {
  interrupt(): Promise<void>;
}

/** A run that can be called off before, while and after it has a turn. */
export interface StoppableRun<Turn> extends Pick<RunHandle, 'events' | 'interrupt'> {
  /** The turn in use; undefined before. */
  readonly turn: Turn | undefined;
}

/** Events that are not made before they are read, and end by an interrupt or the signal. */
export function createStoppableRun<Turn extends Interruptible>(
  play: (control: StopControl<Turn>) => AsyncGenerator<RunEvent>,
  signal?: AbortSignal,
): StoppableRun<Turn> {
  const stop = new AbortController();
  let turn: Turn | undefined;

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
    get turn() {
      return turn;
    },
  };
}
