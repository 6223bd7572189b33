import { createHash } from 'node:crypto';
import type { Clock } from '@threadbridge/contract';
import type { Item } from '../request/items.ts';
import type { TurnRequest } from '../request/turn-request.ts';
import type { LiveRun, OpenCall } from './live-run.ts';

/** A run that waits for the outputs of its calls, with what the next request must be like to go on with it. */
export interface ParkedRun {
  readonly key: string;
  readonly run: LiveRun;
  readonly calls: readonly OpenCall[];
  readonly facts: RunFacts;
}

/** What is known of a run since it began. */
export interface RunFacts {
  readonly thread: string;
  readonly turn: string | undefined;
  readonly model: string;
  readonly provider: string;
}

export interface ParkedRunsOptions {
  readonly clock: Clock;
  /** After that long nobody is expected to answer. */
  readonly ttlMs: number;
  /** Most that are kept; the oldest make room. */
  readonly capacity: number;
}

/** Runs between two requests. They hold no slot. */
export interface ParkedRuns {
  park(parked: ParkedRun): void;
  /** The run that waits for just these outputs at the end of just this conversation. */
  take(key: string, callIds: ReadonlySet<string>): ParkedRun | undefined;
  readonly size: number;
  /** Ends all; resolves when they are over. */
  close(): Promise<void>;
}

export function createParkedRuns(options: ParkedRunsOptions): ParkedRuns {
  const { clock, ttlMs, capacity } = options;
  const parked = new Map<ParkedRun, AbortController>();

  const remove = (run: ParkedRun) => {
    parked.get(run)?.abort();
    return parked.delete(run);
  };
  const expire = async (run: ParkedRun, signal: AbortSignal) => {
    await clock.sleep(ttlMs, signal);
    if (!signal.aborted && remove(run)) await run.run.abandon();
  };

  return {
    park(run) {
      const timer = new AbortController();
      parked.set(run, timer);
      void expire(run, timer.signal);
      const [oldest] = parked.keys();
      if (parked.size > capacity && oldest !== undefined && remove(oldest)) void oldest.run.abandon();
    },
    take(key, callIds) {
      for (const run of parked.keys()) {
        if (run.key !== key || run.calls.length !== callIds.size) continue;
        if (!run.calls.every(({ callId }) => callIds.has(callId))) continue;
        remove(run);
        return run;
      }
      return undefined;
    },
    get size() {
      return parked.size;
    },
    async close() {
      const runs = [...parked.keys()];
      for (const run of runs) remove(run);
      await Promise.all(runs.map(({ run }) => run.abandon()));
    },
  };
}

/**
 * Equal for two requests exactly when a run of the one can stand for a run of the other: same login, same settings, same conversation. So
 * it does not matter whether the caller continues by id or sends everything again, on which route, or whether it has changed the past.
 */
export function keyOf(account: string, request: TurnRequest, items: readonly Item[]): string {
  const { model, effort, summary, verbosity, instructions, format, tools } = request;
  const settings = [account, model, effort, summary, verbosity, instructions, format?.strictSchema];
  const functions = tools.map(({ name, description, inputSchema }) => [name, description, inputSchema]);
  return createHash('sha256')
    .update(JSON.stringify([settings, functions, items.map(withoutPhase)]))
    .digest('base64');
}

/** Chat messages have none. */
function withoutPhase(item: Item): Item {
  if (item.type !== 'message' || item.role !== 'assistant') return item;
  return { type: item.type, role: item.role, content: item.content };
}
