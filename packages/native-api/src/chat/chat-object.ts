import type { JsonObject, TokenCount } from '@threadbridge/contract';
import type { EndReason, OutputEvent } from '../turn/output-event.ts';

/** What of a chat answer is known when its turn begins. */
export interface ChatFacts {
  readonly id: string;
  /** Whole seconds. */
  readonly createdS: number;
  readonly model: string;
}

export type Call = Extract<OutputEvent, { readonly type: 'call' }>;

/** A whole answer. */
export function toChatCompletion(
  facts: ChatFacts,
  answer: {
    readonly text: string;
    readonly calls: readonly Call[];
    readonly reason: EndReason;
    readonly usage: TokenCount | null;
    readonly envelope: JsonObject;
  },
): JsonObject {
  const { text, calls, reason, usage, envelope } = answer;
  const message: JsonObject = {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    annotations: [],
    ...(calls.length > 0 && { tool_calls: calls.map(toToolCall) }),
  };
  return {
    id: facts.id,
    object: 'chat.completion',
    created: facts.createdS,
    model: facts.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: toFinishReason(reason) }],
    usage: usage && toChatUsage(usage),
    service_tier: 'default',
    system_fingerprint: null,
    native_api: envelope,
  };
}

/** A piece of a streamed answer. `usage` is there, as null or counted, only where the caller asked for it. */
export function toChatChunk(
  facts: ChatFacts,
  choices: readonly JsonObject[],
  usage: { readonly usage: JsonObject | null } | undefined,
): JsonObject {
  return {
    id: facts.id,
    object: 'chat.completion.chunk',
    created: facts.createdS,
    model: facts.model,
    service_tier: 'default',
    system_fingerprint: null,
    choices,
    ...usage,
  };
}

export function toChoice(delta: JsonObject, reason: EndReason | null = null): JsonObject {
  return { index: 0, delta, logprobs: null, finish_reason: reason && toFinishReason(reason) };
}

export function toToolCall({ callId, name, arguments: given }: Call): JsonObject {
  return { id: callId, type: 'function', function: { name, arguments: given } };
}

export function toChatUsage({ input, cachedInput, output, reasoning }: TokenCount): JsonObject {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cachedInput },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}

function toFinishReason(reason: EndReason): string {
  switch (reason) {
    case 'completed':
    case 'stop':
      return 'stop';
    case 'length':
      return 'length';
    case 'calls':
      return 'tool_calls';
  }
}
