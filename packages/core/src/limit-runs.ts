import { GatewayError, type RunEvent, type RunHandle, type Runner } from '@threadbridge/contract';

/** A runner that lets at most `slots` runs work at a time; the others wait in the order in which they were started. */
export function limitRuns(runner: Runner, slots: number): Runner {
  const waiting: (() => void)[] = [];
  let free = slots;

  function take(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    if (free > 0) {
      free -= 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const go = () => {
        signal.removeEventListener('abort', leave);
        resolve(true);
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(go), 1);
        resolve(false);
      };
      waiting.push(go);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  function give(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  function start(...[input, options]: Parameters<Runner['start']>): RunHandle {
    const leaving = new AbortController();
    const given = options?.signal;
    const left = given === undefined ? leaving.signal : AbortSignal.any([given, leaving.signal]);
    let handle: RunHandle | undefined;

    async function* events(): AsyncGenerator<RunEvent> {
      if (!(await take(left))) {
        yield { type: 'turn.interrupted', text: '' };
        return;
      }
      try {
        handle = runner.start(input, options);
        yield* handle.events;
      } finally {
        give();
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

  return {
    start,
    capabilities: runner.capabilities,
    check: () => runner.check(),
    [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
  };
}
