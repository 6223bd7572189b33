import type { ApiError } from '../api-error.ts';

export function jsonResponse(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** Every refusal has the one shape all clients read. */
export function errorResponse(error: ApiError): Response {
  // Nobody is there to read a 499, which `Response` would take; proxies know it.
  return jsonResponse({ error: error.fields }, error.status, error.headers);
}
