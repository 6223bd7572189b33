import {
  type Answer,
  type ApprovalId,
  type Clock,
  isTerminal,
  type RunEvent,
  type RunHandle,
  type TokenCount,
} from '@threadbridge/contract';

/** A call of the model that waits for its output. */
export interface OpenCall {
  readonly approval: ApprovalId;
  readonly callId: string;
  readonly name: string;
  readonly arguments: string;
}

/** A run whose events may be read by one request, and further by the next. */
export interface LiveRun {
  /** The next event; `timeout` when none comes in time; undefined behind the last. Throws what the run throws. */
  next(timeoutMs?: number): Promise<RunEvent | 'timeout' | undefined>;
  answer(approval: ApprovalId, answer: Answer): Promise<void>;
  /** Ends it; what it says further is not read. Resolves when it is over. */
  abandon(): Promise<void>;
  /** Ends it; `next` goes on to its terminal event. */
  interrupt(): void;
  /** Calls that came and were not told yet. */
  readonly untold: OpenCall[];
  /** Tokens that earlier answers of this run have told. */
  toldTokens: TokenCount;
  /** Tokens of the run so far. */
  tokens: TokenCount | undefined;
}

export const noTokens: TokenCount = { input: 0, cachedInput: 0, output: 0, reasoning: 0 };

/** `stop` ends the run that `handle` stands for. */
export function createLiveRun(handle: RunHandle, stop: AbortController, clock: Clock): LiveRun {
  const iterator = handle.events[Symbol.asyncIterator]();
  /** Asked for and not yet here: a timeout must not lose it. */
  let pending: Promise<IteratorResult<RunEvent>> | undefined;
  let isOver = false;

  const pull = async (): Promise<RunEvent | undefined> => {
    pending ??= iterator.next();
    try {
      const result = await pending;
      if (result.done) {
        isOver = true;
        return undefined;
      }
      // Reading on lets the runner tidy up behind its last event.
      if (isTerminal(result.value)) {
        isOver = true;
        void iterator.next().catch(() => {});
      }
      return result.value;
    } catch (error) {
      isOver = true;
      throw error;
    } finally {
      pending = undefined;
    }
  };

  const run: LiveRun = {
    untold: [],
    toldTokens: noTokens,
    tokens: undefined,
    async next(timeoutMs) {
      if (isOver) return undefined;
      if (timeoutMs === undefined) return await pull();
      pending ??= iterator.next();
      const waiting = pending;
      const timer = new AbortController();
      const isHere = await Promise.race([
        waiting.then(
          () => true,
          () => true,
        ),
        clock.sleep(timeoutMs, timer.signal).then(() => false),
      ]);
      timer.abort();
      return isHere ? await pull() : 'timeout';
    },
    answer: (approval, answer) => handle.answer(approval, answer),
    interrupt: () => stop.abort(),
    async abandon() {
      stop.abort();
      try {
        while ((await run.next()) !== undefined);
      } catch {
        // It is over, by whatever way.
      }
    },
  };
  return run;
}
