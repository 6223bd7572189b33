import { invalid, unsupported, wrongType, wrongValue } from '../api-error.ts';
import {
  type Fields,
  isAbsent,
  listAt,
  member,
  oneOf,
  optionalCount,
  optionalFields,
  optionalFlag,
  optionalList,
  optionalName,
  optionalText,
} from './fields.ts';
import type { Item } from './items.ts';
import { toItems } from './to-items.ts';
import { checkHints, refuseUnless, toDroppedSampling, toMetadata, toTaskClass } from './to-notes.ts';
import { type AnswerSchema, toAnswerSchema } from './to-schema.ts';
import { type FunctionTool, toTools } from './to-tools.ts';
import type { RequestNotes } from './turn-request.ts';

/** What the operator decides about requests. */
export interface RequestPolicy {
  readonly functionTools: boolean;
  /** Take `temperature` and its like, and drop them. */
  readonly dropSampling: boolean;
}

/** A `POST /v1/responses`, checked but for what only Codex knows. */
export interface ResponsesRequest extends RequestNotes {
  readonly input: readonly Item[];
  readonly previous: string | undefined;
  readonly isStream: boolean;
  readonly isStored: boolean;
  readonly model: string | undefined;
  readonly instructions: string | undefined;
  readonly effort: string | undefined;
  readonly summary: 'auto' | 'concise' | 'detailed' | undefined;
  readonly verbosity: string | undefined;
  readonly format: AnswerSchema | undefined;
  readonly maxOutputTokens: number | undefined;
  readonly truncation: 'auto' | 'disabled';
  readonly tools: readonly FunctionTool[];
  readonly toolChoice: 'auto' | 'none';
  readonly hasParallelCalls: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  readonly user: string | null;
  readonly safetyIdentifier: string | null;
  readonly promptCacheKey: string | null;
}

const known = new Set([
  ...['model', 'input', 'instructions', 'stream', 'stream_options', 'previous_response_id', 'store', 'reasoning', 'text'],
  ...['metadata', 'max_output_tokens', 'tools', 'tool_choice', 'parallel_tool_calls', 'truncation', 'include'],
  ...['temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'top_logprobs', 'background', 'conversation', 'prompt'],
  ...[
    'max_tool_calls',
    'user',
    'safety_identifier',
    'prompt_cache_key',
    'prompt_cache_retention',
    'service_tier',
    'client_metadata',
  ],
  'n',
]);

/** What may be asked for beside the answer and never occurs here. */
const harmlessIncludes = new Set([
  'reasoning.encrypted_content',
  'file_search_call.results',
  'web_search_call.results',
  'web_search_call.action.sources',
  'message.input_image.image_url',
  'computer_call_output.output.image_url',
  'code_interpreter_call.outputs',
]);

/** Reads the body. Throws 400 with the name of the parameter. `resolve` has replaced item references already. */
export function toResponsesRequest(body: Fields, policy: RequestPolicy): ResponsesRequest {
  const isStream = optionalFlag(body, 'stream') ?? false;
  optionalFields(body, 'stream_options');
  const model = optionalName(body, 'model');
  const previous = optionalName(body, 'previous_response_id');
  const input = toItems(member(body, 'input'));
  const reasoning = optionalFields(body, 'reasoning') ?? {};
  const text = optionalFields(body, 'text') ?? {};
  refuseOthers(body);
  checkHints(body);
  const { tools, choice } = toTools(body, {
    refusalCode: 'unsupported_responses_tooling',
    isNested: false,
    isAllowed: policy.functionTools,
  });
  const metadata = toMetadata(body);
  return {
    input,
    previous,
    isStream,
    model,
    isStored: optionalFlag(body, 'store') ?? true,
    instructions: optionalText(body, 'instructions'),
    effort: optionalName(reasoning, 'effort', 'reasoning.effort'),
    summary: toSummary(reasoning),
    verbosity: toVerbosity(text, 'text.verbosity'),
    format: toFormat(text),
    maxOutputTokens: optionalCount(body, 'max_output_tokens', 16),
    truncation: isAbsent(member(body, 'truncation'))
      ? 'disabled'
      : oneOf(member(body, 'truncation'), ['auto', 'disabled'], 'truncation'),
    tools,
    toolChoice: choice,
    hasParallelCalls: optionalFlag(body, 'parallel_tool_calls') ?? true,
    metadata,
    taskClass: toTaskClass(metadata),
    user: optionalText(body, 'user') ?? null,
    safetyIdentifier: optionalText(body, 'safety_identifier') ?? null,
    promptCacheKey: optionalText(body, 'prompt_cache_key') ?? null,
    ignored: [
      ...Object.keys(body).filter((name) => !known.has(name)),
      ...toDroppedSampling(body, policy.dropSampling),
      ...looseTools(tools),
    ],
  };
}

/** Codex gives the model no strict functions; the caller is told where it asked for one. */
export function looseTools(tools: readonly FunctionTool[]): readonly string[] {
  return tools.flatMap(({ asked }, index) => (asked.strict === true ? [`tools[${index}].strict`] : []));
}

function refuseOthers(body: Fields): void {
  refuseUnless(body, 'background', [false], 'Background responses are not offered here; stream the answer.');
  refuseUnless(body, 'conversation', [], "Conversations are not kept here; use 'previous_response_id'.");
  refuseUnless(body, 'prompt', [], 'Stored prompts are not offered here; send the text.');
  refuseUnless(body, 'top_logprobs', [0], 'Codex reports no log probabilities.');
  refuseUnless(body, 'max_tool_calls', [], 'The number of tool calls cannot be limited here.');
  refuseUnless(body, 'n', [1], 'There is one answer to a request.');
  for (const [index, name] of (optionalList(body, 'include') ?? []).entries()) {
    if (typeof name !== 'string') throw wrongType(`include[${index}]`, 'a string');
    if (!harmlessIncludes.has(name)) throw unsupported(`include[${index}]`, `'${name}' cannot be included here.`);
  }
}

function toSummary(reasoning: Fields): ResponsesRequest['summary'] {
  const value = member(reasoning, 'summary') ?? member(reasoning, 'generate_summary');
  return isAbsent(value) ? undefined : oneOf(value, ['auto', 'concise', 'detailed'], 'reasoning.summary');
}

export function toVerbosity(fields: Fields, at: string): string | undefined {
  const value = member(fields, 'verbosity');
  return isAbsent(value) ? undefined : oneOf(value, ['low', 'medium', 'high'], at);
}

function toFormat(text: Fields): AnswerSchema | undefined {
  const format = optionalFields(text, 'format', 'text.format');
  if (format === undefined) return undefined;
  const type = optionalText(format, 'type', 'text.format.type');
  switch (type) {
    case 'text':
      return undefined;
    case 'json_schema':
      return toAnswerSchema(format, 'text.format');
    case undefined:
      throw invalid('missing_required_parameter', 'text.format.type', "Missing required parameter: 'text.format.type'.");
    case 'json_object':
      throw unsupported('text.format.type', "Codex cannot promise plain JSON; use 'json_schema'.");
    default:
      throw wrongValue('text.format.type', "supported are 'text' and 'json_schema'.");
  }
}

/** The ids of the items the input refers to, and a body with what they stand for in their places. */
export async function resolveReferences(body: Fields, find: (id: string) => Promise<unknown>): Promise<Fields> {
  const input = member(body, 'input');
  if (!Array.isArray(input)) return body;
  const resolved = await Promise.all(
    listAt(input, 'input').map(async (item: unknown) => {
      const reference = item as { readonly type?: unknown; readonly id?: unknown } | null;
      if (typeof reference !== 'object' || reference?.type !== 'item_reference' || typeof reference.id !== 'string') return item;
      return (await find(reference.id)) ?? item;
    }),
  );
  return { ...body, input: resolved };
}
