import type { JsonObject, JsonValue, TokenCount } from '@threadbridge/contract';
import type { ApiError } from '../api-error.ts';
import { newId } from '../ids.ts';
import { assistantText, type Item } from '../request/items.ts';
import type { OutputEvent } from '../turn/output-event.ts';
import { type ResponseFacts, type ResponseState, toResponseObject } from './response-object.ts';

/** One event of a Responses stream, numbered. */
export type ResponseEvent = JsonObject & { readonly type: string; readonly sequence_number: number };

/** Builds a response out of what Codex says, and the events that tell a reader of every step. */
export interface ResponseWriter {
  /** `created` and `in_progress`. */
  begin(): readonly ResponseEvent[];
  take(event: OutputEvent): readonly ResponseEvent[];
  /** Closes what is open, then `error` and `response.failed`: some clients read only the one, some only the other. */
  fail(error: ApiError): readonly ResponseEvent[];
  /** The object as it stands. */
  response(): JsonObject;
  /** What the answer adds to the conversation. */
  readonly items: readonly Item[];
}

type OpenItem =
  | { readonly type: 'message'; readonly id: string; readonly pieces: string[] }
  | { readonly type: 'reasoning'; readonly id: string; readonly parts: string[] };

export function createResponseWriter(facts: ResponseFacts, nowMs: () => number): ResponseWriter {
  const output: JsonValue[] = [];
  const items: Item[] = [];
  let open: OpenItem | undefined;
  let state: ResponseState = { status: 'in_progress', output, usage: null };
  let sequence = 0;

  const event = (type: string, fields: JsonObject): ResponseEvent => ({ type, sequence_number: sequence++, ...fields });
  const response = () => toResponseObject(facts, { ...state, output: [...output] });
  const place = (item: OpenItem) => ({ item_id: item.id, output_index: output.length });

  const openMessage = (): readonly ResponseEvent[] => {
    open = { type: 'message', id: newId('msg'), pieces: [] };
    const item = { id: open.id, type: 'message', status: 'in_progress', role: 'assistant', content: [] };
    return [
      event('response.output_item.added', { output_index: output.length, item }),
      event('response.content_part.added', { ...place(open), content_index: 0, part: toPart('') }),
    ];
  };

  const closeMessage = (message: OpenItem & { readonly type: 'message' }, isComplete: boolean): readonly ResponseEvent[] => {
    const text = message.pieces.join('');
    const at = { ...place(message), content_index: 0 };
    const item = {
      id: message.id,
      type: 'message',
      status: isComplete ? 'completed' : 'incomplete',
      role: 'assistant',
      content: [toPart(text)],
    };
    const events = [
      event('response.output_text.done', { ...at, text, logprobs: [] }),
      event('response.content_part.done', { ...at, part: toPart(text) }),
      event('response.output_item.done', { output_index: output.length, item }),
    ];
    output.push(item);
    if (text !== '') items.push(assistantText(text));
    open = undefined;
    return events;
  };

  const closePart = (thought: OpenItem & { readonly type: 'reasoning' }): readonly ResponseEvent[] => {
    const index = thought.parts.length - 1;
    const text = thought.parts[index];
    if (text === undefined) return [];
    const at = { ...place(thought), summary_index: index };
    return [
      event('response.reasoning_summary_text.done', { ...at, text }),
      event('response.reasoning_summary_part.done', { ...at, part: { type: 'summary_text', text } }),
    ];
  };

  const think = (thought: OpenItem & { readonly type: 'reasoning' }, part: number, delta: string): readonly ResponseEvent[] => {
    const events: ResponseEvent[] = [];
    // Parts count up one by one, whatever numbers they came with.
    if (thought.parts.length === 0 || part > thought.parts.length - 1) {
      events.push(...closePart(thought));
      thought.parts.push('');
      const at = { ...place(thought), summary_index: thought.parts.length - 1 };
      events.push(event('response.reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } }));
    }
    const index = thought.parts.length - 1;
    thought.parts[index] += delta;
    events.push(event('response.reasoning_summary_text.delta', { ...place(thought), summary_index: index, delta }));
    return events;
  };

  const closeThought = (thought: OpenItem & { readonly type: 'reasoning' }, isComplete: boolean): readonly ResponseEvent[] => {
    const summary = thought.parts.map((text) => ({ type: 'summary_text', text }));
    const item = { id: thought.id, type: 'reasoning', status: isComplete ? 'completed' : 'incomplete', summary };
    const events = [...closePart(thought), event('response.output_item.done', { output_index: output.length, item })];
    output.push(item);
    open = undefined;
    return events;
  };

  const close = (isComplete: boolean): readonly ResponseEvent[] => {
    if (open === undefined) return [];
    return open.type === 'message' ? closeMessage(open, isComplete) : closeThought(open, isComplete);
  };

  const call = (told: Extract<OutputEvent, { readonly type: 'call' }>): readonly ResponseEvent[] => {
    const item = { id: newId('fc'), type: 'function_call', call_id: told.callId, name: told.name };
    const at = { item_id: item.id, output_index: output.length };
    const done = { ...item, status: 'completed', arguments: told.arguments };
    const events = [
      event('response.output_item.added', {
        output_index: output.length,
        item: { ...item, status: 'in_progress', arguments: '' },
      }),
      event('response.function_call_arguments.delta', { ...at, delta: told.arguments }),
      event('response.function_call_arguments.done', { ...at, name: told.name, arguments: told.arguments }),
      event('response.output_item.done', { output_index: output.length, item: done }),
    ];
    output.push(done);
    items.push({ type: 'function_call', call_id: told.callId, name: told.name, arguments: told.arguments });
    return events;
  };

  const end = (reason: Extract<OutputEvent, { readonly type: 'ended' }>['reason'], usage: TokenCount | null) => {
    if (reason === 'length') {
      state = { status: 'incomplete', output, usage, incompleteReason: 'max_output_tokens' };
      return event('response.incomplete', { response: response() });
    }
    state = { status: 'completed', output, usage, completedAtS: Math.floor(nowMs() / 1_000) };
    return event('response.completed', { response: response() });
  };

  return {
    begin: () => [event('response.created', { response: response() }), event('response.in_progress', { response: response() })],
    take(told) {
      switch (told.type) {
        case 'reasoning.opened':
          open = { type: 'reasoning', id: newId('rs'), parts: [] };
          return [
            event('response.output_item.added', {
              output_index: output.length,
              item: { id: open.id, type: 'reasoning', status: 'in_progress', summary: [] },
            }),
          ];
        case 'reasoning.delta':
          return open?.type === 'reasoning' ? think(open, told.part, told.delta) : [];
        case 'message.opened':
          // What was dropped unseen leaves its place to the next one.
          return open?.type === 'message' ? [] : openMessage();
        case 'text':
          if (open?.type !== 'message') return [];
          open.pieces.push(told.delta);
          return [event('response.output_text.delta', { ...place(open), content_index: 0, delta: told.delta, logprobs: [] })];
        case 'message.dropped':
          if (open?.type === 'message') open.pieces.length = 0;
          return [];
        case 'reasoning.closed':
          return close(true);
        case 'message.closed':
          return close(told.isComplete);
        case 'call':
          return call(told);
        case 'ended':
          return [...close(true), end(told.reason, told.usage)];
      }
    },
    fail(error) {
      const closing = close(false);
      const { message, type, param, code } = error.fields;
      state = { status: 'failed', output, usage: null, error: { code, message, type, param } };
      return [
        ...closing,
        event('error', { code, message, param, error: { type, code, message, param } }),
        event('response.failed', { response: response() }),
      ];
    },
    response,
    items,
  };
}

function toPart(text: string): JsonObject {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}
