import type { RunEvent, RunItem, TokenCount } from '@threadbridge/contract';
import { ApiError, runtimeUnavailable } from '../api-error.ts';
import { assistantText, type Item } from '../request/items.ts';
import type { TurnRequest } from '../request/turn-request.ts';
import { fromCodexName } from './codex-name.ts';
import { fromRunnerError, fromTurnError } from './from-turn-error.ts';
import type { LiveRun, OpenCall } from './live-run.ts';
import type { OutputEvent } from './output-event.ts';
import { clientGone } from './slots.ts';
import { createTextGate } from './text-gate.ts';

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

/** What of a turn is shown, item by item. */
interface AnswerLog {
  take(event: RunEvent): Generator<OutputEvent>;
  /** Closes what is open. */
  close(): Generator<OutputEvent>;
  /** The same at the end of the turn, whose last words are the answer where nothing was marked as one. */
  finish(): Generator<OutputEvent>;
  readonly cut: 'length' | 'stop' | undefined;
  /** The messages shown, as items of the conversation. */
  readonly items: readonly Item[];
}

function createAnswerLog(request: TurnRequest): AnswerLog {
  const newGate = () => createTextGate({ maxTokens: request.maxOutputTokens, stop: request.stop });
  let gate = newGate();
  const items: Item[] = [];
  /** Texts of messages that are not part of the answer; the last one is, where there is no other. */
  let aside: string | undefined;
  let message: { readonly id: string; received: string; shown: string } | undefined;
  let thought: { readonly id: string } | undefined;

  function* show(text: string): Generator<OutputEvent> {
    if (message === undefined || text === '') return;
    message.shown += text;
    yield { type: 'text', delta: text };
  }
  function* openMessage(id: string): Generator<OutputEvent> {
    yield* closeThought();
    message = { id, received: '', shown: '' };
    yield { type: 'message.opened' };
  }
  function* receive(delta: string): Generator<OutputEvent> {
    if (message === undefined) return;
    message.received += delta;
    yield* show(gate.push(delta));
  }
  function* closeMessage(): Generator<OutputEvent> {
    if (message === undefined) return;
    yield* show(gate.flush());
    if (message.shown !== '') items.push(assistantText(message.shown));
    message = undefined;
    yield { type: 'message.closed', isComplete: gate.cut !== 'length' };
  }
  function* closeThought(): Generator<OutputEvent> {
    if (thought === undefined) return;
    thought = undefined;
    yield { type: 'reasoning.closed' };
  }
  function* close(): Generator<OutputEvent> {
    yield* closeThought();
    yield* closeMessage();
  }
  function* complete(item: RunItem): Generator<OutputEvent> {
    if (item.type === 'reasoning') {
      if (thought?.id === item.id) return yield* closeThought();
      if (request.summary === undefined || item.summary.length === 0) return;
      yield { type: 'reasoning.opened' };
      for (const [part, delta] of item.summary.entries()) yield { type: 'reasoning.delta', part, delta };
      return yield { type: 'reasoning.closed' };
    }
    if (item.type !== 'agent.message') return;
    if (message?.id !== item.id) {
      if (item.phase === 'commentary') {
        aside = item.text;
        return;
      }
      if (item.text === '') return;
      yield* openMessage(item.id);
    }
    // The text of the completed item is what counts; what was shown cannot be taken back.
    const received = message?.received ?? '';
    if (item.text.startsWith(received)) yield* receive(item.text.slice(received.length));
    yield* closeMessage();
  }

  return {
    *take(event) {
      if (gate.cut !== undefined) return;
      switch (event.type) {
        case 'item.started':
          if (event.item.type === 'agent.message' && event.item.phase !== 'commentary') {
            yield* closeMessage();
            yield* openMessage(event.item.id);
          }
          return;
        case 'text.delta':
          if (message?.id === event.item) yield* receive(event.delta);
          return;
        case 'reasoning.delta':
          if (request.summary === undefined) return;
          if (thought?.id !== event.item) {
            yield* closeThought();
            thought = { id: event.item };
            yield { type: 'reasoning.opened' };
          }
          return yield { type: 'reasoning.delta', part: event.part ?? 0, delta: event.delta };
        case 'item.completed':
          return yield* complete(event.item);
        case 'item.dropped':
          if (thought?.id === event.item) yield* closeThought();
          if (message?.id !== event.item) return;
          if (request.isStream && message.shown !== '') throw brokenStream();
          message = undefined;
          if (items.length === 0) gate = newGate();
          return yield { type: 'message.dropped' };
        default:
          return;
      }
    },
    close,
    *finish() {
      yield* close();
      if (items.length > 0 || aside === undefined || gate.cut !== undefined) return;
      yield* openMessage('aside');
      yield* receive(aside);
      yield* closeMessage();
    },
    get cut() {
      return gate.cut;
    },
    items,
  };
}

/** Codex would ask the model again and say something else; the caller has read the beginning of the first answer. */
function brokenStream(): ApiError {
  return new ApiError(502, 'server_error', 'upstream_error', 'The model server broke off in the middle of the answer.', {
    headers: { 'x-should-retry': 'false' },
  });
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
