import type { TokenCount } from '@threadbridge/contract';
import { runtimeUnavailable } from '../api-error.ts';
import type { Item } from '../request/items.ts';
import type { TurnRequest } from '../request/turn-request.ts';
import { createAnswerLog } from './answer-log.ts';
import { fromCodexName } from './codex-name.ts';
import { fromRunnerError, fromTurnError } from './from-turn-error.ts';
import type { LiveRun, OpenCall } from './live-run.ts';
import type { OutputEvent } from './output-event.ts';
import { clientGone } from './slots.ts';

export interface ReadContext {
  readonly model: string;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  readonly onTokens: (tokens: TokenCount) => void;
  readonly onOutcome: (outcome: 'completed' | 'calls' | 'cut' | 'failed' | 'interrupted' | 'lost') => void;
  /** The run waits for outputs from now on; `items` are what this answer added to the conversation. */
  readonly park: (calls: readonly OpenCall[], items: readonly Item[]) => void;
}

/**
 * A model may call several tools in one answer; Codex asks for each as it comes. Once the answer is counted, the calls in it follow within
 * a millisecond. Where nothing is counted in time, a pause has to do; a call that comes later still is told in the next answer.
 */
const settleMs = 40;
const uncountedMs = 1_500;

/** One answer out of the events of a run: up to its end, or to calls the caller has to answer. Throws an {@link ApiError}. */
export async function* readOutput(run: LiveRun, request: TurnRequest, context: ReadContext): AsyncGenerator<OutputEvent> {
  const log = createAnswerLog(request);
  const isLimited = request.maxOutputTokens !== undefined || request.stop.length > 0;
  let isCounted = run.untold.length > 0;
  for (;;) {
    const isCalled = run.untold.length > 0;
    const event = await nextEvent(run, isCalled ? (isCounted ? settleMs : uncountedMs) : undefined, context);
    if (event === 'timeout') return yield* tellCalls();
    switch (event?.type) {
      case 'usage.updated':
        // After the tools the same sum is told again.
        isCounted ||= !isEqual(event.usage.total, run.tokens);
        run.tokens = event.usage.total;
        break;
      case 'approval.requested': {
        const { approval } = event;
        if (approval.kind === 'toolCall') {
          const callId = approval.item ?? approval.id;
          run.untold.push({
            approval: approval.id,
            callId,
            name: fromCodexName(approval.tool),
            arguments: JSON.stringify(approval.arguments),
          });
        } else {
          // Nobody is there to say yes.
          await run.answer(approval.id, { type: 'decision', decision: 'decline' }).catch(() => {});
        }
        break;
      }
      case 'turn.completed':
        run.tokens = event.usage?.total ?? run.tokens;
        yield* log.finish();
        context.onOutcome('completed');
        return yield { type: 'ended', reason: log.cut ?? 'completed', usage: tellTokens() };
      case 'turn.failed':
        context.onOutcome('failed');
        throw fromTurnError(event.error, context.model, context.nowMs());
      case 'turn.interrupted':
      case undefined:
        context.onOutcome('interrupted');
        throw context.signal.aborted ? clientGone() : runtimeUnavailable('The turn was ended from outside.');
      case 'item.started':
        // The next answer of the model has begun; what was counted was the one before.
        if (event.item.type !== 'tool.call' && run.untold.length === 0) isCounted = false;
        yield* log.take(event);
        break;
      default:
        if (event !== undefined) yield* log.take(event);
    }
    if (isLimited && log.cut !== undefined) {
      yield* log.close();
      context.onOutcome('cut');
      return yield { type: 'ended', reason: log.cut, usage: null };
    }
  }

  function* tellCalls(): Generator<OutputEvent> {
    yield* log.close();
    const told = run.untold.splice(0, request.hasParallelCalls ? run.untold.length : 1);
    for (const { callId, name, arguments: given } of told) yield { type: 'call', callId, name, arguments: given };
    const calls = told.map(
      ({ callId, name, arguments: given }): Item => ({ type: 'function_call', call_id: callId, name, arguments: given }),
    );
    const usage = tellTokens();
    context.park(told, [...log.items, ...calls]);
    context.onOutcome('calls');
    yield { type: 'ended', reason: 'calls', usage };
  }

  function tellTokens(): TokenCount | null {
    if (run.tokens === undefined) return null;
    const usage = minus(run.tokens, run.toldTokens);
    run.toldTokens = run.tokens;
    context.onTokens(usage);
    return usage;
  }
}

async function nextEvent(run: LiveRun, timeoutMs: number | undefined, context: ReadContext) {
  try {
    return await run.next(timeoutMs);
  } catch (error) {
    context.onOutcome('lost');
    throw context.signal.aborted ? clientGone() : fromRunnerError(error);
  }
}

function minus(total: TokenCount, before: TokenCount): TokenCount {
  return {
    input: total.input - before.input,
    cachedInput: total.cachedInput - before.cachedInput,
    output: total.output - before.output,
    reasoning: total.reasoning - before.reasoning,
  };
}

function isEqual(one: TokenCount, other: TokenCount | undefined): boolean {
  return one.input === other?.input && one.output === other.output;
}
