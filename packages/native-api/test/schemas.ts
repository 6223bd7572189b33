import { z } from 'zod';

/** The shapes that OpenAI's document and Open Responses ask for, with no other item types. */
const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-zA-Z]{16,}$`));
const seconds = z.int().min(1_500_000_000).max(4_000_000_000);
const count = z.int().min(0);

const textPart = z.strictObject({
  type: z.literal('output_text'),
  text: z.string(),
  annotations: z.tuple([]),
  logprobs: z.tuple([]),
});
const summaryPart = z.strictObject({ type: z.literal('summary_text'), text: z.string() });
const itemStatus = z.enum(['in_progress', 'completed', 'incomplete']);
const item = z.discriminatedUnion('type', [
  z.strictObject({
    id: id('msg'),
    type: z.literal('message'),
    status: itemStatus,
    role: z.literal('assistant'),
    content: z.array(textPart),
  }),
  z.strictObject({ id: id('rs'), type: z.literal('reasoning'), status: itemStatus, summary: z.array(summaryPart) }),
  z.strictObject({
    id: id('fc'),
    type: z.literal('function_call'),
    status: itemStatus,
    call_id: z.string().min(1),
    name: z.string().min(1),
    arguments: z.string(),
  }),
]);

const usage = z
  .strictObject({
    input_tokens: count,
    input_tokens_details: z.strictObject({ cached_tokens: count }),
    output_tokens: count,
    output_tokens_details: z.strictObject({ reasoning_tokens: count }),
    total_tokens: count,
  })
  .refine((value) => value.total_tokens === value.input_tokens + value.output_tokens);

const error = z.strictObject({
  code: z.string().min(1),
  message: z.string().min(1),
  type: z.string().min(1),
  param: z.string().nullable(),
});

export const errorBody = z.object({
  error: z.strictObject({
    message: z.string().min(1),
    type: z.string().min(1),
    param: z.string().nullable(),
    code: z.string().min(1),
  }),
});

export const response = z
  .strictObject({
    id: id('resp'),
    object: z.literal('response'),
    created_at: seconds,
    completed_at: seconds.nullable(),
    status: z.enum(['in_progress', 'completed', 'incomplete', 'failed']),
    background: z.literal(false),
    error: error.nullable(),
    incomplete_details: z.strictObject({ reason: z.literal('max_output_tokens') }).nullable(),
    instructions: z.string().nullable(),
    max_output_tokens: z.int().nullable(),
    max_tool_calls: z.null(),
    model: z.string().min(1),
    output: z.array(item),
    parallel_tool_calls: z.boolean(),
    previous_response_id: id('resp').nullable(),
    prompt_cache_key: z.string().nullable(),
    reasoning: z.strictObject({ effort: z.string().nullable(), summary: z.string().nullable() }),
    safety_identifier: z.string().nullable(),
    service_tier: z.literal('default'),
    store: z.boolean(),
    temperature: z.literal(1),
    top_p: z.literal(1),
    presence_penalty: z.literal(0),
    frequency_penalty: z.literal(0),
    top_logprobs: z.literal(0),
    text: z.strictObject({
      format: z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('text') }),
        z.strictObject({
          type: z.literal('json_schema'),
          name: z.string(),
          description: z.string().nullable(),
          schema: z.record(z.string(), z.unknown()),
          strict: z.boolean(),
        }),
      ]),
      verbosity: z.string().optional(),
    }),
    tool_choice: z.enum(['auto', 'none']),
    tools: z.array(
      z.strictObject({
        type: z.literal('function'),
        name: z.string(),
        description: z.string().nullable(),
        parameters: z.record(z.string(), z.unknown()).nullable(),
        strict: z.boolean().nullable(),
      }),
    ),
    truncation: z.enum(['auto', 'disabled']),
    usage: usage.nullable(),
    user: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    native_api: z.looseObject({
      route_path: z.string(),
      localhost_only: z.literal(true),
      ignored_parameters: z.array(z.string()),
    }),
  })
  .refine((value) => (value.status === 'completed') === (value.completed_at !== null), 'completed_at goes with completed')
  .refine((value) => (value.status === 'failed') === (value.error !== null), 'error goes with failed');

const sequence_number = count;
const output_index = count;
const item_id = z.string().min(1);
const content_index = z.literal(0);
const summary_index = count;
const event = <const Name extends string, Shape extends z.ZodRawShape>(type: Name, shape: Shape) =>
  z.strictObject({ type: z.literal(type), sequence_number, ...shape });

/** Every event this API may send; the openai SDK throws on any other name. */
export const responseEvent = z.discriminatedUnion('type', [
  event('response.created', { response }),
  event('response.in_progress', { response }),
  event('response.completed', { response }),
  event('response.incomplete', { response }),
  event('response.failed', { response }),
  event('response.output_item.added', { output_index, item }),
  event('response.output_item.done', { output_index, item }),
  event('response.content_part.added', { item_id, output_index, content_index, part: textPart }),
  event('response.content_part.done', { item_id, output_index, content_index, part: textPart }),
  event('response.output_text.delta', { item_id, output_index, content_index, delta: z.string(), logprobs: z.tuple([]) }),
  event('response.output_text.done', { item_id, output_index, content_index, text: z.string(), logprobs: z.tuple([]) }),
  event('response.reasoning_summary_part.added', { item_id, output_index, summary_index, part: summaryPart }),
  event('response.reasoning_summary_part.done', { item_id, output_index, summary_index, part: summaryPart }),
  event('response.reasoning_summary_text.delta', { item_id, output_index, summary_index, delta: z.string() }),
  event('response.reasoning_summary_text.done', { item_id, output_index, summary_index, text: z.string() }),
  event('response.function_call_arguments.delta', { item_id, output_index, delta: z.string() }),
  event('response.function_call_arguments.done', { item_id, output_index, name: z.string(), arguments: z.string() }),
  event('error', { code: z.string(), message: z.string(), param: z.string().nullable(), error }),
]);

const finish = z.enum(['stop', 'length', 'tool_calls']);
const toolCall = z.strictObject({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
});
const chatUsage = z.strictObject({
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
  prompt_tokens_details: z.strictObject({ cached_tokens: count }),
  completion_tokens_details: z.strictObject({ reasoning_tokens: count }),
});
const chatHead = {
  id: z.string().regex(/^chatcmpl-[0-9a-z]{16,}$/),
  created: seconds,
  model: z.string().min(1),
  service_tier: z.literal('default'),
  system_fingerprint: z.null(),
};

export const chatCompletion = z.strictObject({
  ...chatHead,
  object: z.literal('chat.completion'),
  choices: z.tuple([
    z.strictObject({
      index: z.literal(0),
      logprobs: z.null(),
      finish_reason: finish,
      message: z.strictObject({
        role: z.literal('assistant'),
        content: z.string().nullable(),
        refusal: z.null(),
        annotations: z.tuple([]),
        tool_calls: z.array(toolCall).min(1).optional(),
      }),
    }),
  ]),
  usage: chatUsage.nullable(),
  native_api: z.looseObject({ route_path: z.literal('/v1/chat/completions') }),
});

export const chatChunk = z.strictObject({
  ...chatHead,
  object: z.literal('chat.completion.chunk'),
  choices: z
    .array(
      z.strictObject({
        index: z.literal(0),
        delta: z.strictObject({
          role: z.literal('assistant').optional(),
          content: z.string().optional(),
          tool_calls: z.array(toolCall.extend({ index: count })).optional(),
        }),
        logprobs: z.null(),
        finish_reason: finish.nullable(),
      }),
    )
    .max(1),
  usage: chatUsage.nullable().optional(),
});
