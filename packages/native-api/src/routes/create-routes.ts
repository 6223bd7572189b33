import { type Context, Hono } from 'hono';
import { ApiError, missing, noRetry, toApiError } from '../api-error.ts';
import { readJsonBody } from '../http/read-body.ts';
import { errorResponse } from '../http/to-response.ts';
import { createChatCompletion } from './create-chat-completion.ts';
import { createResponse } from './create-response.ts';
import { health, listModels, retrieveModel } from './describe.ts';
import { noteFailure } from './note-failure.ts';
import type { Incoming, RouteContext } from './route-context.ts';
import { cancelResponse, deleteResponse, listInputItems, retrieveResponse } from './stored-responses.ts';

/** What a request carries through the router. */
export interface Bindings {
  readonly requestId: string;
  readonly startedAt: number;
  readonly finish: (status: number) => void;
  readonly setRoute: (route: string) => void;
  readonly check: (path: string) => void;
}

type Handler = (incoming: Incoming, id: string) => Promise<Response>;

/** Every route, with what is refused before any of them. */
export function createRoutes(context: RouteContext): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>();
  const on = (path: string, methods: Readonly<Record<string, Handler>>) => {
    const route = path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}');
    const allowed = Object.keys(methods);
    app.all(path, async (c) => {
      c.env.setRoute(route);
      const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
      if (method === 'OPTIONS') return preflight(allowed);
      const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (c.req.header('upgrade')?.toLowerCase() === 'websocket') throw noWebSocket();
      if (handler === undefined) throw methodNotAllowed(allowed);
      return await handler(toIncoming(c, route), c.req.param('id') ?? '');
    });
  };

  app.use('*', async (c, next) => {
    c.env.check(c.req.path);
    await next();
  });
  on('/v1/health', { GET: (incoming) => health(context, incoming) });
  on('/v1/models', { GET: (incoming) => listModels(context, incoming) });
  on('/v1/models/:id{.+}', { GET: (incoming, id) => retrieveModel(context, incoming, id) });
  on('/v1/responses', { POST: (incoming) => createResponse(context, incoming) });
  on('/v1/responses/compact', { POST: (incoming) => compact(context, incoming) });
  on('/v1/responses/input_tokens', {
    POST: async () => {
      throw notImplemented('Codex cannot count tokens in advance.');
    },
  });
  on('/v1/responses/:id', {
    GET: ({ request }, id) => retrieveResponse(context, id, new URL(request.url).searchParams),
    DELETE: (_, id) => deleteResponse(context, id),
  });
  on('/v1/responses/:id/input_items', {
    GET: ({ request }, id) => listInputItems(context, id, new URL(request.url).searchParams),
  });
  on('/v1/responses/:id/cancel', { POST: (_, id) => cancelResponse(context, id) });
  on('/v1/chat/completions', { POST: (incoming) => createChatCompletion(context, incoming) });
  on('/metrics', { GET: async () => metricsText(context) });
  app.notFound(() => errorResponse(new ApiError(404, 'not_found_error', 'route_not_found', 'There is no such route here.')));
  app.onError((error, c) => {
    const failure = toApiError(error);
    noteFailure(failure, error, context, c.env.requestId);
    return errorResponse(failure);
  });
  return app;
}

function toIncoming(c: Context<{ Bindings: Bindings }>, route: string): Incoming {
  const { requestId, startedAt, finish } = c.env;
  return { request: c.req.raw, signal: c.req.raw.signal, requestId, startedAt, finish, route };
}

async function compact(context: RouteContext, { request }: Incoming): Promise<Response> {
  const body = await readJsonBody(request, context.maxBodyBytes);
  if (typeof body.model !== 'string') throw missing('model');
  throw notImplemented('Conversations are not compacted here.');
}

function metricsText({ metrics, slots, parked }: RouteContext): Response {
  const text = metrics.text({ activeTurns: slots.active, queued: slots.queued, parked: parked.size });
  return new Response(text, { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } });
}

/** Only pages of a listed origin get this far. */
function preflight(allowed: readonly string[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      allow: allowed.join(', '),
      'access-control-allow-methods': allowed.join(', '),
      'access-control-allow-headers': 'authorization, content-type',
    },
  });
}

function methodNotAllowed(allowed: readonly string[]): ApiError {
  return new ApiError(405, 'invalid_request_error', 'method_not_allowed', `This route takes ${allowed.join(', ')}.`, {
    headers: { allow: allowed.join(', ') },
  });
}

function notImplemented(message: string): ApiError {
  return new ApiError(501, 'not_implemented_error', 'not_implemented', message, { headers: noRetry });
}

/** Codex as a client tries a WebSocket first and moves on at once when it hears this. */
function noWebSocket(): ApiError {
  return new ApiError(426, 'invalid_request_error', 'not_implemented', 'There is no WebSocket here; use HTTP.', {
    headers: noRetry,
  });
}
