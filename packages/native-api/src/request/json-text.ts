import { ApiError } from '../api-error.ts';

/** Deeper nesting than any schema or conversation has; recursion over the value stays far from the end of the stack. */
const deepest = 200;

/** The object a body holds. Throws 400 `invalid_json`, or `invalid_type` where it is JSON but no object. */
export function parseJsonObject(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const text = decode(bytes);
  if (isTooDeep(text)) throw invalidJson(`The body is nested more than ${deepest} deep.`);
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError(400, 'invalid_request_error', 'invalid_type', 'The body must be a JSON object.');
  }
  return value as Readonly<Record<string, unknown>>;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidJson('The body is not UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidJson('The body is not JSON.');
  }
}

function invalidJson(message: string): ApiError {
  return new ApiError(400, 'invalid_request_error', 'invalid_json', message);
}

/** Counts brackets outside of strings. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) isInString = false;
    } else if (code === 0x22) isInString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}
