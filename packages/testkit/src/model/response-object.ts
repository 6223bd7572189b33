import type { ModelRequest } from './model-request.ts';

/** Token counts of one response. */
export interface Usage {
  readonly input_tokens: number;
  readonly input_tokens_details: { readonly cached_tokens: number };
  readonly output_tokens: number;
  readonly output_tokens_details: { readonly reasoning_tokens: number };
  readonly total_tokens: number;
}

export type ResponseStatus = 'in_progress' | 'completed' | 'incomplete' | 'failed';

export interface ResponseFacts {
  readonly id: string;
  /** Epoch seconds. */
  readonly createdAtS: number;
  readonly request: ModelRequest;
}

/** Fields in which the response differs from a fresh one. */
export interface ResponseChange {
  readonly status?: ResponseStatus;
  readonly output?: readonly unknown[];
  readonly usage?: Usage;
  readonly completed_at?: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly incomplete_details?: { readonly reason: string };
}

/** The `response` object of the Responses API with every field it always has. */
export function responseObject(facts: ResponseFacts, change: ResponseChange = {}): Readonly<Record<string, unknown>> {
  return {
    id: facts.id,
    object: 'response',
    created_at: facts.createdAtS,
    completed_at: null,
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    max_tool_calls: null,
    model: facts.request.model,
    output: [],
    parallel_tool_calls: true,
    previous_response_id: null,
    prompt_cache_key: null,
    reasoning: { effort: null, summary: null },
    safety_identifier: null,
    service_tier: 'default',
    store: false,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_logprobs: 0,
    top_p: 1,
    truncation: 'disabled',
    usage: null,
    user: null,
    metadata: {},
    ...change,
  };
}

/** Deterministic token counts: a quarter of the characters, at least one. */
export function countUsage(inputCharacters: number, outputCharacters: number, reasoningCharacters: number): Usage {
  const tokens = (characters: number) => Math.ceil(characters / 4);
  const input = Math.max(1, tokens(inputCharacters));
  const reasoning = tokens(reasoningCharacters);
  const output = Math.max(1, tokens(outputCharacters) + reasoning);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}
