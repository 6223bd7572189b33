import type { JsonObject, JsonValue, TokenCount } from '@threadbridge/contract';
import type { ResponsesRequest } from '../request/to-responses-request.ts';

/** What of a response is known when its turn begins. */
export interface ResponseFacts {
  readonly id: string;
  /** Whole seconds. */
  readonly createdAtS: number;
  readonly model: string;
  readonly request: ResponsesRequest;
  readonly envelope: JsonObject;
}

/** Where it stands. */
export interface ResponseState {
  readonly status: 'in_progress' | 'completed' | 'incomplete' | 'failed';
  readonly output: readonly JsonValue[];
  readonly usage: TokenCount | null;
  readonly completedAtS?: number;
  readonly incompleteReason?: 'max_output_tokens';
  readonly error?: { readonly code: string; readonly message: string; readonly type: string; readonly param: string | null };
}

/** The response object with every field that OpenAI and Open Responses call required. It says what holds, not what was asked. */
export function toResponseObject(facts: ResponseFacts, state: ResponseState): JsonObject {
  const { request } = facts;
  return {
    id: facts.id,
    object: 'response',
    created_at: facts.createdAtS,
    completed_at: state.completedAtS ?? null,
    status: state.status,
    background: false,
    error: state.error ?? null,
    incomplete_details: state.incompleteReason === undefined ? null : { reason: state.incompleteReason },
    instructions: request.instructions ?? null,
    max_output_tokens: request.maxOutputTokens ?? null,
    max_tool_calls: null,
    model: facts.model,
    output: state.output,
    parallel_tool_calls: request.hasParallelCalls,
    previous_response_id: request.previous ?? null,
    prompt_cache_key: request.promptCacheKey,
    reasoning: { effort: request.effort ?? null, summary: request.summary ?? null },
    safety_identifier: request.safetyIdentifier,
    service_tier: 'default',
    store: request.isStored,
    temperature: 1,
    top_p: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
    top_logprobs: 0,
    text: toText(request),
    tool_choice: request.toolChoice,
    tools: request.tools.map(({ name, asked }) => ({
      type: 'function',
      name,
      description: asked.description,
      parameters: asked.parameters,
      strict: asked.strict === null ? null : false,
    })),
    truncation: request.truncation,
    usage: state.usage && toUsage(state.usage),
    user: request.user,
    metadata: request.metadata,
    native_api: facts.envelope,
  };
}

function toText({ format, verbosity }: ResponsesRequest): JsonObject {
  const echo: JsonObject =
    format === undefined
      ? { type: 'text' }
      : {
          type: 'json_schema',
          name: format.name,
          description: format.description,
          schema: format.schema,
          strict: format.strict ?? true,
        };
  return { format: echo, ...(verbosity !== undefined && { verbosity }) };
}

function toUsage({ input, cachedInput, output, reasoning }: TokenCount): JsonObject {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cachedInput },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}
