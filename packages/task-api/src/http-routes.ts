import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import {
  answerSchema,
  requestNameSchema,
  steerTextSchema,
  taskNewsSchema,
  taskPageSchema,
  taskSchema,
  taskWishSchema,
  wishKeySchema,
} from './task.ts';
import { longestWaitMs, type TaskApi, TaskError, type TaskErrorCode } from './task-api.ts';
import type { TaskHttpOptions } from './task-http.ts';

const statuses = {
  invalid: 400,
  unauthorized: 401,
  refused: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
} as const satisfies Readonly<Record<TaskErrorCode, number>>;

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) }).openapi('TaskError');
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const refusals = Object.fromEntries(
  Object.entries({
    400: 'The request will not do.',
    401: 'No token, or a wrong one.',
    403: 'Policy refuses it.',
    404: 'No such task.',
    409: 'Not in its present state.',
  }).map(([status, description]) => [status, { description, ...json(errorSchema) }]),
);
const answers = (description: string) => ({ 200: { description, ...json(taskSchema) }, ...refusals });
const params = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) });
const security = [{ bearer: [] }];
/** How often a silent stream says something. */
const keepAliveMs = 15_000;

/** The routes, and the document that describes them. */
export function createRoutes(options: TaskHttpOptions): OpenAPIHono {
  const { api, callerOf = async () => 'program' } = options;
  const app = new OpenAPIHono({
    defaultHook(result, context) {
      if (result.success) return undefined;
      const [issue] = result.error.issues;
      return refuse(
        context,
        new TaskError('invalid', `${issue?.path.join('.') || 'The request'}: ${issue?.message ?? 'invalid'}`),
      );
    },
  });
  const by = (context: Context) => callerOf(context.req.raw);
  app.use(
    bodyLimit({
      maxSize: options.maxBodyBytes ?? 2 * 1024 * 1024,
      onError: (context) => context.json(body('invalid', 'The body is too large.'), 413),
    }),
  );
  app.use(async (context, next) => {
    const isPost = context.req.method === 'POST';
    if (isPost && !/^application\/json\s*(?:;|$)/i.test(context.req.header('content-type') ?? '')) {
      return context.json(body('invalid', 'Send the body as application/json.'), 415);
    }
    return next();
  });
  app.notFound((context) => context.json(body('not_found', 'There is no such route here.'), 404));
  app.onError((error, context) => {
    if (error instanceof TaskError) return refuse(context, error);
    if (error instanceof SyntaxError || ('status' in error && error.status === 400))
      return refuse(context, new TaskError('invalid', 'The body is not JSON.'));
    throw error;
  });

  const start = createRoute({
    ...{ method: 'post', path: '/tasks', summary: 'Start a task', security },
    request: {
      headers: z.object({
        'idempotency-key': wishKeySchema,
      }),
      body: { required: true, ...json(taskWishSchema) },
    },
    responses: { 201: { description: 'The task', ...json(taskSchema) }, ...refusals },
  });
  app.openapi(start, async (context) =>
    context.json(
      await api.start(context.req.valid('json'), await by(context), context.req.valid('header')['idempotency-key']),
      201,
    ),
  );

  const list = createRoute({
    ...{ method: 'get', path: '/tasks', summary: 'List tasks, the newest first', security },
    request: {
      query: z.object({ before: z.string().max(64).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
    },
    responses: { 200: { description: 'A part of the list', ...json(taskPageSchema) }, ...refusals },
  });
  app.openapi(list, async (context) => {
    const { before, limit } = context.req.valid('query');
    return context.json(await api.list({ limit, ...(before !== undefined && { before }) }), 200);
  });

  app.doc31('/tasks/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Threadbridge tasks',
      version: options.version ?? '0.0.0',
      description: 'Codex tasks for programs on this computer.',
    },
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });

  const status = createRoute({
    ...{ method: 'get', path: '/tasks/{id}', summary: 'How a task stands', security },
    request: { params },
    responses: answers('The task, with its latest events and what waits for a person'),
  });
  app.openapi(status, async (context) => context.json(await api.status(context.req.valid('param').id), 200));

  const steer = createRoute({
    ...{ method: 'post', path: '/tasks/{id}/steer', summary: 'Put words into the running turn', security },
    request: { params, body: { required: true, ...json(z.strictObject({ text: steerTextSchema })) } },
    responses: answers('The task'),
  });
  app.openapi(steer, async (context) =>
    context.json(await api.steer(context.req.valid('param').id, context.req.valid('json').text, await by(context)), 200),
  );

  const interrupt = createRoute({
    ...{ method: 'post', path: '/tasks/{id}/interrupt', summary: 'End the task', security },
    request: { params },
    responses: answers('The task'),
  });
  app.openapi(interrupt, async (context) =>
    context.json(await api.interrupt(context.req.valid('param').id, await by(context)), 200),
  );

  const respond = createRoute({
    ...{ method: 'post', path: '/tasks/{id}/respond', summary: 'Answer what a task asks', security },
    request: {
      params,
      body: { required: true, ...json(z.strictObject({ request: requestNameSchema, answer: answerSchema })) },
    },
    responses: answers('The task'),
  });
  app.openapi(respond, async (context) => {
    const { request, answer } = context.req.valid('json');
    return context.json(await api.respond(context.req.valid('param').id, request, answer, await by(context)), 200);
  });

  const renotify = createRoute({
    ...{ method: 'post', path: '/tasks/{id}/notices/{notice}/retry', summary: 'Send a notice once more that failed', security },
    request: { params: params.extend({ notice: z.string().max(64) }) },
    responses: answers('The task'),
  });
  app.openapi(renotify, async (context) => {
    const { id, notice } = context.req.valid('param');
    return context.json(await api.renotify(id, notice), 200);
  });

  const watch = createRoute({
    ...{
      method: 'get',
      path: '/tasks/{id}/events',
      summary: 'What happens to a task; a stream where text/event-stream is accepted',
      security,
    },
    request: {
      params,
      query: z.object({
        after: z.coerce.number().int().min(0).default(0),
        waitMs: z.coerce.number().int().min(0).max(longestWaitMs).default(0),
      }),
    },
    responses: {
      200: {
        description: 'What was told behind `after`',
        content: { ...json(taskNewsSchema).content, 'text/event-stream': { schema: z.string() } },
      },
      ...refusals,
    },
  });
  app.openapi(watch, async (context) => {
    const { id } = context.req.valid('param');
    const { after, waitMs } = context.req.valid('query');
    if (!context.req.header('accept')?.includes('text/event-stream')) {
      return context.json(await api.watch(id, after, waitMs, context.req.raw.signal), 200);
    }
    await api.status(id);
    const last = Number(context.req.header('last-event-id') ?? after);
    return stream(context, api, id, Number.isInteger(last) && last >= 0 ? last : after) as never;
  });

  return app;
}

/** Every event is one frame with its place as id; the stream ends with the task. */
function stream(context: Context, api: TaskApi, id: string, after: number): Response {
  return streamSSE(context, async (sse) => {
    const gone = new AbortController();
    sse.onAbort(() => gone.abort());
    for (let place = after; !gone.signal.aborted; ) {
      const { status, events } = await api.watch(id, place, keepAliveMs, gone.signal);
      for (const event of events) {
        await sse.writeSSE({ id: String(event.seq), event: event.type, data: JSON.stringify(event) });
        place = event.seq;
      }
      const isOver = status === 'completed' || status === 'failed' || status === 'interrupted';
      if (events.length === 0 && isOver) return;
      if (events.length === 0) await sse.write(': still here\n\n');
    }
  });
}

function body(code: string, message: string) {
  return { error: { code, message } };
}

function refuse(context: Context, error: TaskError): Response {
  return context.json(body(error.code, error.message), statuses[error.code]);
}
