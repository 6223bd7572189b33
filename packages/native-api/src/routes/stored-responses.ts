import type { Continuation, JsonObject } from '@threadbridge/contract';
import { ApiError, noRetry, unsupported, wrongValue } from '../api-error.ts';
import { jsonResponse } from '../http/to-response.ts';
import type { Item } from '../request/items.ts';
import type { RouteContext } from './route-context.ts';

/** `GET /v1/responses/{id}` */
export async function retrieveResponse(context: RouteContext, id: string, query: URLSearchParams): Promise<Response> {
  if (query.get('stream') === 'true') throw unsupported('stream', 'A stored response is not streamed again.');
  return jsonResponse((await find(context, id)).response);
}

/** `DELETE /v1/responses/{id}` */
export async function deleteResponse(context: RouteContext, id: string): Promise<Response> {
  if (!(await context.continuations.delete(id))) throw unknown(id);
  return jsonResponse({ id, object: 'response', deleted: true });
}

/** `POST /v1/responses/{id}/cancel`: only background responses can be, and there are none. */
export async function cancelResponse(context: RouteContext, id: string): Promise<Response> {
  await find(context, id);
  throw new ApiError(400, 'invalid_request_error', 'invalid_value', 'Only background responses can be cancelled.', {
    param: 'response_id',
    headers: noRetry,
  });
}

/** `GET /v1/responses/{id}/input_items` */
export async function listInputItems(context: RouteContext, id: string, query: URLSearchParams): Promise<Response> {
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw wrongValue('limit', 'it must be between 1 and 100.');
  const order = query.get('order') ?? 'desc';
  if (order !== 'asc' && order !== 'desc') throw wrongValue('order', "supported are 'asc' and 'desc'.");
  const continuation = await find(context, id);
  const all = (continuation.input as readonly Item[]).map((item, index) => toListed(item, `${id.slice(5)}${index}`));
  const items = order === 'asc' ? all : all.toReversed();
  const after = query.get('after');
  const start = after === null ? 0 : items.findIndex((item) => item.id === after) + 1;
  if (after !== null && start === 0) throw wrongValue('after', 'there is no such item.');
  const data = items.slice(start, start + limit);
  return jsonResponse({
    object: 'list',
    data,
    first_id: data.at(0)?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + limit < items.length,
  });
}

/** An item as the API lists it. Ids are made of the response's, so that they stay the same. */
function toListed(item: Item, suffix: string): JsonObject {
  switch (item.type) {
    case 'message': {
      const content: readonly JsonObject[] = item.content.map((part): JsonObject => {
        if (part.type === 'output_text') return { ...part, annotations: [], logprobs: [] };
        return part.type === 'input_image' ? { ...part, detail: 'auto' } : part;
      });
      return { id: `msg_${suffix}`, type: item.type, role: item.role, status: 'completed', content };
    }
    case 'function_call':
      return { ...item, id: `fc_${suffix}`, status: 'completed' };
    case 'function_call_output':
      return { ...item, id: `fco_${suffix}`, status: 'completed' };
  }
}

async function find(context: RouteContext, id: string): Promise<Continuation> {
  const found = await context.continuations.find(id);
  if (found.state !== 'found') throw unknown(id);
  return found.continuation;
}

function unknown(id: string): ApiError {
  return new ApiError(404, 'not_found_error', 'response_not_found', `There is no stored response '${id}'.`, {
    param: 'response_id',
  });
}
