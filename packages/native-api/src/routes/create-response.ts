import { asId, type Continuation, type JsonObject, type JsonValue, type ThreadId, type TurnId } from '@threadbridge/contract';
import { toApiError } from '../api-error.ts';
import { toEnvelope } from '../envelope.ts';
import { createEventStream, doneFrame, eventFrame, streamHeaders } from '../http/event-stream.ts';
import { readJsonBody } from '../http/read-body.ts';
import { jsonResponse } from '../http/to-response.ts';
import { newId } from '../ids.ts';
import { checkCalls } from '../request/check-calls.ts';
import type { Item } from '../request/items.ts';
import { type ResponsesRequest, resolveReferences, toResponsesRequest } from '../request/to-responses-request.ts';
import type { TurnRequest } from '../request/turn-request.ts';
import { createResponseWriter, type ResponseWriter } from '../responses/response-writer.ts';
import type { AskedTurn } from '../turn/ask-codex.ts';
import type { OutputEvent } from '../turn/output-event.ts';
import { findContinuation } from './find-continuation.ts';
import { noteFailure } from './note-failure.ts';
import type { Incoming, RouteContext } from './route-context.ts';

/** `POST /v1/responses`. Everything that can be refused is refused before a stream begins. */
export async function createResponse(context: RouteContext, incoming: Incoming): Promise<Response> {
  const { codex, continuations, policy, metrics } = context;
  const body = await readJsonBody(incoming.request, context.maxBodyBytes);
  const request = toResponsesRequest(await resolveReferences(body, (id) => continuations.findItem(id)), policy);
  const previous = request.previous === undefined ? undefined : await findContinuation(context, request.previous);
  const items = [...((previous?.items ?? []) as readonly Item[]), ...request.input];
  checkCalls(items, 'input');
  const turn = toTurn(request, items, context.defaultModel);
  const decide = (account: string) =>
    context.authorize({
      account,
      requestId: incoming.requestId,
      route: '/v1/responses',
      tools: turn.tools.map(({ name }) => name),
      isContinuation: previous !== undefined,
      ...(turn.model !== undefined && { model: turn.model }),
      ...(request.taskClass !== undefined && { taskClass: request.taskClass }),
    });
  const asked = await codex.ask(turn, incoming.signal, { decide, affinity: previous });
  if (previous !== undefined) metrics.countContinuation('resumed');

  const id = newId('resp');
  const createdAt = context.clock.now();
  const writer = createResponseWriter(
    {
      id,
      request,
      model: asked.model,
      createdAtS: Math.floor(createdAt / 1_000),
      envelope: toEnvelope({
        routePath: incoming.route,
        profile: context.profile,
        account: asked.account,
        plan: asked.plan,
        provider: asked.provider,
        mapping: { response_id: id, native_thread_id: asked.thread, native_turn_id: asked.turn ?? null },
        isContinuable: true,
        previous: request.previous,
        taskClass: request.taskClass,
        ignored: request.ignored,
      }),
    },
    () => context.clock.now(),
  );
  const keep = async () => {
    if (!request.isStored) return;
    await continuations.put(toContinuation({ id, createdAt, request, items, asked, writer }));
  };
  return request.isStream ? stream(context, incoming, asked, writer, keep) : await whole(asked, writer, keep);
}

async function whole(asked: AskedTurn, writer: ResponseWriter, keep: () => Promise<void>): Promise<Response> {
  for await (const event of asked.output) writer.take(event);
  await keep();
  return jsonResponse(writer.response());
}

function stream(
  context: RouteContext,
  incoming: Incoming,
  asked: AskedTurn,
  writer: ResponseWriter,
  keep: () => Promise<void>,
): Response {
  const gone = new AbortController();
  const body = createEventStream(
    async ({ send }) => {
      const tell = (events: readonly JsonObject[]) => {
        for (const event of events) send(eventFrame(String(event.type), event));
      };
      try {
        tell(writer.begin());
        await tellOutput(context, incoming, asked.output, writer, keep, tell);
      } catch (error) {
        const failure = toApiError(error);
        if (!gone.signal.aborted) noteFailure(failure, error, context, incoming.requestId);
        tell(writer.fail(failure));
        await keep().catch((cause: unknown) => context.logger.error({ cause }, 'a failed response could not be kept'));
      }
      send(doneFrame);
      incoming.finish(200);
    },
    { clock: context.clock, keepAliveMs: context.keepAliveMs, onCancel: () => gone.abort() },
  );
  return new Response(body, { headers: streamHeaders });
}

async function tellOutput(
  context: RouteContext,
  incoming: Incoming,
  output: AsyncIterable<OutputEvent>,
  writer: ResponseWriter,
  keep: () => Promise<void>,
  tell: (events: readonly JsonObject[]) => void,
): Promise<void> {
  let isFirst = true;
  for await (const event of output) {
    const events = writer.take(event);
    if (event.type === 'text' && isFirst) {
      isFirst = false;
      context.metrics.noteFirstDelta(incoming.route, (context.clock.now() - incoming.startedAt) / 1_000);
    }
    // Whoever has read the last event may go on from it at once.
    if (event.type === 'ended') await keep();
    tell(events);
  }
}

function toTurn(request: ResponsesRequest, items: readonly Item[], defaultModel: string | undefined): TurnRequest {
  const { effort, summary, verbosity, instructions, format, hasParallelCalls, maxOutputTokens, isStream } = request;
  return {
    ...{ effort, summary, verbosity, instructions, format, hasParallelCalls, maxOutputTokens, isStream, items },
    model: request.model ?? defaultModel,
    effortParam: 'reasoning.effort',
    tools: request.toolChoice === 'none' ? [] : request.tools,
    stop: [],
  };
}

function toContinuation(made: {
  readonly id: string;
  readonly createdAt: number;
  readonly request: ResponsesRequest;
  readonly items: readonly Item[];
  readonly asked: AskedTurn;
  readonly writer: ResponseWriter;
}): Continuation {
  const { id, createdAt, request, items, asked, writer } = made;
  return {
    id,
    createdAt,
    thread: asId<ThreadId>(asked.thread),
    account: asked.account,
    provider: asked.provider,
    response: writer.response(),
    input: request.input as readonly JsonValue[],
    items: [...items, ...writer.items] as readonly JsonValue[],
    ...(request.previous !== undefined && { previous: request.previous }),
    ...(asked.turn !== undefined && { turn: asId<TurnId>(asked.turn) }),
  };
}
