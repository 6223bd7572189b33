import type { AccountInfo, Clock, Logger, RunEvent, Runner, WorkspacePath } from '@threadbridge/contract';
import { ApiError, runtimeUnavailable } from '../api-error.ts';
import type { Metrics } from '../metrics.ts';
import { trailingOutputs } from '../request/check-calls.ts';
import type { TurnRequest } from '../request/turn-request.ts';
import { checkLogin, checkModel, onceMore, readRuntime } from './check-runtime.ts';
import { fromRunnerError, fromTurnError } from './from-turn-error.ts';
import { createLiveRun, type LiveRun } from './live-run.ts';
import type { OutputEvent } from './output-event.ts';
import { keyOf, type ParkedRuns, type RunFacts } from './parked-runs.ts';
import { readOutput } from './read-output.ts';
import { clientGone, type Slots } from './slots.ts';
import { toRunInput } from './to-run-input.ts';

export interface AskOptions {
  readonly runner: Runner;
  readonly workspace: WorkspacePath;
  /** Models that may be named though Codex does not list them. */
  readonly otherModels: ReadonlySet<string>;
  readonly slots: Slots;
  readonly parked: ParkedRuns;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What an answer that is continued was made with. */
export interface Affinity {
  readonly account: string;
  readonly provider: string;
}

/** What has to hold before the turn begins. */
export interface Conditions {
  /** Rejects where the turn must not be. Called once it could begin, with the login it would be made with. */
  readonly decide: (account: string) => Promise<void>;
  readonly affinity?: Affinity | undefined;
}

/** A turn that Codex has taken. Whatever can be refused was refused before. */
export interface AskedTurn extends RunFacts {
  readonly account: string;
  readonly plan: string | undefined;
  /** To be read to the end, at once: a turn that is not read holds its slot. Throws an {@link ApiError}. */
  readonly output: AsyncIterable<OutputEvent>;
}

export interface AskCodex {
  /** Rejects with an {@link ApiError}. An abort ends the turn, also while it waits or begins. */
  ask(request: TurnRequest, signal: AbortSignal, conditions: Conditions): Promise<AskedTurn>;
  /** Ends every turn that still goes on. */
  interruptAll(): void;
}

export function createAskCodex(options: AskOptions): AskCodex {
  const { runner, workspace, slots, parked, metrics, clock, logger } = options;
  const stops = new Set<AbortController>();

  /** Goes on beside the start of the thread. */
  const check = async (request: TurnRequest, { decide, affinity }: Conditions): Promise<AccountInfo> => {
    const runtime = await readRuntime(runner).catch((error: unknown) => {
      metrics.setRuntimeUp(false);
      throw error;
    });
    metrics.setRuntimeUp(true);
    checkLogin(runtime);
    if (affinity !== undefined && affinity.account !== runtime.account.id) throw mismatch('account');
    checkModel(runtime, request, options.otherModels);
    await decide(runtime.account.id);
    return runtime.account;
  };

  /** A run with a stop of its own: it may outlive the request that began it. */
  const begin = async (request: TurnRequest, start: Start): Promise<readonly [LiveRun, RunFacts]> => {
    const input = toRunInput(request, workspace);
    const stop = new AbortController();
    stops.add(stop);
    stop.signal.addEventListener('abort', () => stops.delete(stop), { once: true });
    const run = createLiveRun(runner.start(input, { signal: stop.signal }), stop, clock);
    const unlink = linkAbort(start.signal, run);
    try {
      return [run, await untilTurn(run, request, start)];
    } catch (error) {
      void run.abandon();
      throw error;
    } finally {
      unlink();
    }
  };

  const untilTurn = async (run: LiveRun, request: TurnRequest, { affinity, signal, checked }: Start): Promise<RunFacts> => {
    let facts: RunFacts | undefined;
    for (;;) {
      const event = (await run.next()) as RunEvent | undefined;
      switch (event?.type) {
        case 'thread.started': {
          // Codex is asked for the turn only when the next event is pulled.
          await checked;
          const { thread, model = request.model ?? 'default', provider = '' } = event;
          if (affinity !== undefined && affinity.provider !== provider) throw mismatch('provider');
          facts = { thread, model, provider, turn: undefined };
          break;
        }
        case 'turn.started':
          if (facts !== undefined) return { ...facts, turn: event.turn };
          break;
        case 'turn.failed':
          throw fromTurnError(event.error, request.model, clock.now());
        case 'turn.interrupted':
        case undefined:
          throw signal.aborted ? clientGone() : runtimeUnavailable('The turn was ended before it began.');
        default:
          break;
      }
    }
  };

  /** Goes on with a run that waits for these outputs; undefined where there is none, or where it is over by now. */
  const resume = async (request: TurnRequest, account: string): Promise<readonly [LiveRun, RunFacts] | undefined> => {
    const [before, outputs] = trailingOutputs(request.items);
    if (outputs.length === 0) return undefined;
    const found = parked.take(keyOf(account, request, before), new Set(outputs.map(({ call_id: id }) => id)));
    if (found === undefined) return undefined;
    try {
      for (const { approval, callId } of found.calls) {
        const text = outputs.find(({ call_id: id }) => id === callId)?.output ?? '';
        await found.run.answer(approval, { type: 'toolResult', isSuccess: true, text });
      }
      return [found.run, found.facts];
    } catch (error) {
      // The conversation is told anew in a thread of its own.
      logger.info({ thread: found.facts.thread, cause: String(error) }, 'a parked run is gone; its conversation is told anew');
      void found.run.abandon();
      return undefined;
    }
  };

  async function* read(
    run: LiveRun,
    request: TurnRequest,
    context: { readonly account: string; readonly facts: RunFacts; readonly signal: AbortSignal; readonly release: () => void },
  ): AsyncGenerator<OutputEvent> {
    const { account, facts, signal, release } = context;
    const unlink = linkAbort(signal, run);
    let isParked = false;
    try {
      yield* readOutput(run, request, {
        model: facts.model,
        nowMs: clock.now,
        signal,
        onTokens: metrics.countTokens,
        onOutcome(outcome) {
          metrics.countTurn(outcome);
          if (outcome === 'lost') metrics.setRuntimeUp(false);
        },
        park(calls, items) {
          isParked = true;
          parked.park({ run, calls, facts, key: keyOf(account, request, [...request.items, ...items]) });
        },
      });
    } finally {
      unlink();
      // A slot is free when Codex is, not when the caller has heard enough.
      if (isParked) release();
      else void run.abandon().then(release);
    }
  }

  return {
    async ask(request, signal, conditions) {
      const release = await slots.acquire(signal);
      const checked = check(request, conditions);
      const { affinity } = conditions;
      // It may fail before anybody waits for it.
      checked.catch(() => {});
      try {
        const resumed = hasOutputs(request) ? await resume(request, (await checked).id) : undefined;
        const [run, facts] = resumed ?? (await onceMore(() => begin(request, { affinity, signal, checked })));
        const { id: account, plan } = await checked;
        return { ...facts, account, plan, output: read(run, request, { account, facts, signal, release }) };
      } catch (error) {
        release();
        // Why Codex cannot be used says more than what came of trying.
        await checked;
        throw fromRunnerError(error);
      }
    },
    interruptAll() {
      for (const stop of [...stops]) stop.abort();
    },
  };
}

/** What a new run has to regard. */
interface Start {
  readonly affinity: Affinity | undefined;
  readonly signal: AbortSignal;
  /** Rejects where the turn must not be. */
  readonly checked: Promise<AccountInfo>;
}

function hasOutputs({ items }: TurnRequest): boolean {
  return items.at(-1)?.type === 'function_call_output';
}

function linkAbort(signal: AbortSignal, run: LiveRun): () => void {
  const stop = () => run.interrupt();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return () => signal.removeEventListener('abort', stop);
}

function mismatch(what: 'account' | 'provider'): ApiError {
  const message =
    what === 'account'
      ? 'The response was made with another login than the one now in force.'
      : 'The response was made with another model provider than the one now in force.';
  return new ApiError(409, 'conflict_error', `continuation_${what}_mismatch`, message, {
    param: 'previous_response_id',
    headers: { 'x-should-retry': 'false' },
  });
}
