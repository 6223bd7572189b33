import type { RunEvent, RunItem } from '@threadbridge/contract';
import { ApiError } from '../api-error.ts';
import { assistantText, type Item } from '../request/items.ts';
import type { TurnRequest } from '../request/turn-request.ts';
import type { OutputEvent } from './output-event.ts';
import { createTextGate } from './text-gate.ts';

/** What of a turn is shown, item by item. */
export interface AnswerLog {
  take(event: RunEvent): Generator<OutputEvent>;
  /** Closes what is open. */
  close(): Generator<OutputEvent>;
  /** The same at the end of the turn, whose last words are the answer where nothing was marked as one. */
  finish(): Generator<OutputEvent>;
  readonly cut: 'length' | 'stop' | undefined;
  /** The messages shown, as items of the conversation. */
  readonly items: readonly Item[];
}

export function createAnswerLog(request: TurnRequest): AnswerLog {
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
