import { isObject, type JsonObject, stringField } from './json.ts';

/** What is wrong with a Responses request. */
export interface RequestFindings {
  /** The real API would refuse the request for these. */
  readonly fatal: readonly string[];
  /** Wrong as well, but no hindrance to the script: calls and outputs that do not pair, roles nobody knows. */
  readonly minor: readonly string[];
}

/** Checks a parsed body of `POST /v1/responses` for what the API demands of a streaming client. */
export function checkRequest(body: unknown): RequestFindings {
  if (!isObject(body)) return { fatal: ['the body must be a JSON object'], minor: [] };
  const fatal: string[] = [];
  if (typeof body.model !== 'string' || body.model === '') fatal.push('`model` must be a non-empty string');
  if (body.stream !== true) fatal.push('`stream` must be true: the scripted model only streams');
  if (typeof body.input === 'string') return { fatal, minor: [] };
  if (!Array.isArray(body.input) || body.input.length === 0) {
    return { fatal: [...fatal, '`input` must be a string or a non-empty array'], minor: [] };
  }
  const items = body.input.filter(isObject);
  if (items.length < body.input.length) fatal.push('every item of `input` must be an object');
  return { fatal, minor: [...checkCalls(items), ...checkRoles(items)] };
}

function checkCalls(items: readonly JsonObject[]): readonly string[] {
  // Codex 0.169 hands `additionalContext` of a turn to the model as an output without a call id.
  const ids = (kinds: readonly string[]) => {
    const chosen = items.filter((item) => kinds.includes(stringField(item, 'type')) && typeof item.call_id === 'string');
    return new Set(chosen.map((item) => stringField(item, 'call_id')));
  };
  const calls = ids(['function_call', 'custom_tool_call']);
  const outputs = ids(['function_call_output', 'custom_tool_call_output']);
  return [
    ...[...outputs].filter((id) => !calls.has(id)).map((id) => `no tool call found for the output with call_id ${id}`),
    ...[...calls].filter((id) => !outputs.has(id)).map((id) => `no tool output found for the call with call_id ${id}`),
  ];
}

function checkRoles(items: readonly JsonObject[]): readonly string[] {
  const known = ['user', 'assistant', 'system', 'developer'];
  return items
    .filter((item) => stringField(item, 'type', 'message') === 'message' && !known.includes(stringField(item, 'role')))
    .map((item) => `a message has the unknown role ${JSON.stringify(item.role)}`);
}
