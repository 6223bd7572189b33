import type { Clock } from '@threadbridge/contract';
import { ApiError, serverBusy } from '../api-error.ts';

export interface SlotsOptions {
  readonly maxConcurrent: number;
  readonly maxQueued: number;
  readonly queueTimeoutMs: number;
  readonly clock: Clock;
}

/** How many turns go on at once, and who waits, first come first served. */
export interface Slots {
  /**
   * Resolves with the function that gives the slot back; calling it twice is harmless. Rejects with 429 where the queue is full or the
   * wait too long, and with {@link clientGone} when the signal aborts.
   */
  acquire(signal: AbortSignal): Promise<() => void>;
  readonly active: number;
  readonly queued: number;
}

export function createSlots(options: SlotsOptions): Slots {
  const { maxConcurrent, maxQueued, queueTimeoutMs, clock } = options;
  const waiting = new Set<() => void>();
  let active = 0;

  const slot = (): (() => void) => {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const [next] = waiting;
      if (next === undefined) active -= 1;
      else next();
    };
  };

  async function wait(signal: AbortSignal): Promise<() => void> {
    const over = new AbortController();
    let onAbort = () => {};
    try {
      return await new Promise<() => void>((resolve, reject) => {
        const leave = (error: ApiError) => {
          waiting.delete(go);
          reject(error);
        };
        const go = () => {
          waiting.delete(go);
          resolve(slot());
        };
        waiting.add(go);
        onAbort = () => leave(clientGone());
        signal.addEventListener('abort', onAbort);
        void clock.sleep(queueTimeoutMs, over.signal).then(() => {
          if (!over.signal.aborted) leave(serverBusy(`No turn became free within ${Math.round(queueTimeoutMs / 1_000)} s.`));
        });
      });
    } finally {
      // Not by the option `signal` of a listener: Node keeps that signal, and with its reason the whole request, for ever.
      signal.removeEventListener('abort', onAbort);
      over.abort();
    }
  }

  return {
    async acquire(signal) {
      if (signal.aborted) throw clientGone();
      if (active < maxConcurrent) {
        active += 1;
        return slot();
      }
      if (waiting.size >= maxQueued)
        throw serverBusy(`${active} turns are running and ${waiting.size} requests wait; try again shortly.`);
      return await wait(signal);
    },
    get active() {
      return active;
    },
    get queued() {
      return waiting.size;
    },
  };
}

/** Nobody is there to read this answer. */
export function clientGone(): ApiError {
  return new ApiError(
    499,
    'invalid_request_error',
    'client_disconnected',
    'The client went away before the answer was complete.',
  );
}
