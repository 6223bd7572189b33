import { invalid, missing, unsupported, wrongType, wrongValue } from '../api-error.ts';
import {
  type Fields,
  fieldsAt,
  isAbsent,
  isFields,
  member,
  optionalCount,
  optionalFields,
  optionalFlag,
  optionalList,
  optionalName,
  optionalText,
  textAt,
} from './fields.ts';
import { toMessages } from './to-messages.ts';
import { checkHints, refuseUnless, toDroppedSampling, toMetadata, toTaskClass } from './to-notes.ts';
import { looseTools, type RequestPolicy, toVerbosity } from './to-responses-request.ts';
import { type AnswerSchema, toAnswerSchema } from './to-schema.ts';
import { toTools } from './to-tools.ts';
import type { RequestNotes, TurnRequest } from './turn-request.ts';

/** A `POST /v1/chat/completions`, checked but for what only Codex knows. */
export interface ChatRequest extends RequestNotes {
  readonly turn: TurnRequest;
  readonly hasUsageChunk: boolean;
}

const refusal = 'unsupported_chat_completions_feature';

const known = new Set([
  ...[
    'model',
    'messages',
    'stream',
    'stream_options',
    'response_format',
    'reasoning_effort',
    'max_completion_tokens',
    'max_tokens',
  ],
  ...['tools', 'tool_choice', 'parallel_tool_calls', 'stop', 'n', 'functions', 'function_call', 'logprobs', 'top_logprobs'],
  ...['modalities', 'audio', 'web_search_options', 'prediction', 'logit_bias', 'verbosity', 'temperature', 'top_p'],
  ...['presence_penalty', 'frequency_penalty', 'user', 'metadata', 'store', 'seed', 'service_tier', 'prompt_cache_key'],
  ...['prompt_cache_retention', 'safety_identifier', 'client_metadata'],
]);

/** Reads the body. Throws 400 with the name of the parameter. */
export function toChatRequest(body: Fields, policy: RequestPolicy): ChatRequest {
  const isStream = optionalFlag(body, 'stream') ?? false;
  const model = optionalName(body, 'model');
  const items = toMessages(member(body, 'messages'));
  refuseOthers(body);
  checkHints(body);
  const { tools, choice } = toTools(body, { refusalCode: refusal, isNested: true, isAllowed: policy.functionTools });
  const metadata = toMetadata(body);
  const options = optionalFields(body, 'stream_options') ?? {};
  return {
    hasUsageChunk: isStream && optionalFlag(options, 'include_usage', 'stream_options.include_usage') === true,
    turn: {
      model,
      items,
      isStream,
      effort: optionalName(body, 'reasoning_effort'),
      effortParam: 'reasoning_effort',
      summary: undefined,
      verbosity: toVerbosity(body, 'verbosity'),
      instructions: undefined,
      format: toFormat(body),
      tools: choice === 'none' ? [] : tools,
      hasParallelCalls: optionalFlag(body, 'parallel_tool_calls') ?? true,
      maxOutputTokens: optionalCount(body, 'max_completion_tokens', 1) ?? optionalCount(body, 'max_tokens', 1),
      stop: toStop(member(body, 'stop')),
    },
    taskClass: toTaskClass(metadata),
    ignored: [
      ...Object.keys(body).filter((name) => !known.has(name)),
      ...toDroppedSampling(body, policy.dropSampling),
      ...looseTools(tools),
    ],
  };
}

function refuseOthers(body: Fields): void {
  const refuse = (name: string, harmless: readonly unknown[], message: string) =>
    refuseUnless(body, name, harmless, message, refusal);
  refuse('n', [1], 'There is one answer to a request.');
  refuse('functions', [], "Use 'tools'.");
  refuse('function_call', ['none', 'auto'], "Use 'tools' and 'tool_choice'.");
  refuse('logprobs', [false], 'Codex reports no log probabilities.');
  refuse('top_logprobs', [0], 'Codex reports no log probabilities.');
  refuse('audio', [], 'Answers are text.');
  refuse('web_search_options', [], 'Web search is not offered here.');
  refuse('prediction', [], 'Predicted output is not offered here.');
  const bias = optionalFields(body, 'logit_bias');
  if (bias !== undefined && Object.keys(bias).length > 0)
    throw unsupported('logit_bias', 'Codex has no sampling controls.', refusal);
  const other = (optionalList(body, 'modalities') ?? []).find((name) => name !== 'text');
  if (other !== undefined) throw unsupported('modalities', 'Answers are text.', refusal);
}

function toStop(value: unknown): readonly string[] {
  if (isAbsent(value)) return [];
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (!Array.isArray(value)) throw wrongType('stop', 'a string or an array of strings');
  if (value.length > 4) throw wrongValue('stop', 'at most 4 sequences are taken.');
  return value.map((each: unknown, index) => textAt(each, `stop[${index}]`)).filter((each) => each !== '');
}

function toFormat(body: Fields): AnswerSchema | undefined {
  const value = member(body, 'response_format');
  if (isAbsent(value)) return undefined;
  if (!isFields(value)) throw wrongType('response_format', 'an object');
  const type = optionalText(value, 'type', 'response_format.type');
  switch (type) {
    case 'text':
      return undefined;
    case 'json_schema': {
      const at = 'response_format.json_schema';
      const format = member(value, 'json_schema');
      if (isAbsent(format)) throw missing(at);
      return toAnswerSchema(fieldsAt(format, at), at);
    }
    case undefined:
      throw missing('response_format.type');
    case 'json_object':
      throw unsupported('response_format.type', "Codex cannot promise plain JSON; use 'json_schema'.", refusal);
    default:
      throw invalid('invalid_value', 'response_format.type', "'response_format.type' must be 'text' or 'json_schema'.");
  }
}
