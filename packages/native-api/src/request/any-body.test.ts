import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api-error.ts';
import { parseJsonObject } from './json-text.ts';
import { toChatRequest } from './to-chat-request.ts';
import { toResponsesRequest } from './to-responses-request.ts';

const policy = { functionTools: true, dropSampling: false };

/** Resolves to what came of it: a value, or the refusal. Anything else thrown fails the test. */
function outcomeOf<T>(work: () => T): T | ApiError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

const json = fc.jsonValue({ maxDepth: 4 });
const text = fc.string({ unit: 'grapheme' });
const part = fc.oneof(
  fc.record({ type: fc.constantFrom('input_text', 'output_text', 'text', 'refusal'), text: fc.oneof(text, json) }),
  fc.record({ type: fc.constantFrom('input_image', 'image_url', 'input_file'), image_url: fc.oneof(text, json), detail: json }),
  json,
);
const role = fc.constantFrom('user', 'assistant', 'system', 'developer', 'tool', 'nobody');
const item = fc.oneof(
  fc.record({ role, content: fc.oneof(text, fc.array(part), json) }),
  fc.record({ type: fc.constant('function_call'), call_id: text, name: text, arguments: fc.oneof(text, json) }),
  fc.record({ type: fc.constant('function_call_output'), call_id: text, output: fc.oneof(text, json) }),
  fc.record({ role: fc.constant('tool'), tool_call_id: fc.oneof(text, json), content: fc.oneof(text, json) }),
  json,
);
const tool = fc.oneof(
  fc.record({ type: fc.constant('function'), name: text, parameters: json, strict: json }),
  fc.record({ type: fc.constant('function'), function: fc.record({ name: text, parameters: json }) }),
  json,
);
const format = fc.oneof(
  fc.record({ type: fc.constantFrom('json_schema', 'json_object', 'text'), name: text, schema: json }),
  json,
);
const common = {
  model: fc.oneof(text, json),
  stream: fc.oneof(fc.boolean(), json),
  tools: fc.oneof(fc.array(tool, { maxLength: 3 }), json),
  tool_choice: json,
  metadata: json,
  temperature: json,
  user: json,
  unknown_setting: json,
};

describe('a body from anywhere', () => {
  it('of /v1/responses is understood or refused by name, never a crash', () => {
    const body = fc.record(
      { ...common, input: fc.oneof(text, fc.array(item, { maxLength: 4 }), json), text: fc.record({ format }), reasoning: json },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(body, (given) => {
        const outcome = outcomeOf(() => toResponsesRequest(given, policy));
        if (outcome instanceof ApiError) expect(outcome.status).toBeLessThan(500);
      }),
    );
  });

  it('of /v1/chat/completions is understood or refused by name, never a crash', () => {
    const body = fc.record(
      { ...common, messages: fc.oneof(fc.array(item, { maxLength: 4 }), json), response_format: format, stream_options: json },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(body, (given) => {
        const outcome = outcomeOf(() => toChatRequest(given, policy));
        if (outcome instanceof ApiError) expect(outcome.status).toBeLessThan(500);
      }),
    );
  });

  it('is an object or refused, whatever its bytes are', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((one) => new TextEncoder().encode(one)),
    );
    fc.assert(
      fc.property(bytes, (given) => {
        const outcome = outcomeOf(() => parseJsonObject(given));
        if (outcome instanceof ApiError) expect(outcome.status).toBe(400);
        else expect(typeof outcome).toBe('object');
      }),
    );
  });
});
