import type { JsonObject } from '@threadbridge/contract';
import { toApiError } from '../api-error.ts';
import { createChatLog } from '../chat/chat-log.ts';
import { type ChatFacts, toChatChunk, toChatCompletion, toChatUsage, toChoice, toToolCall } from '../chat/chat-object.ts';
import { toEnvelope } from '../envelope.ts';
import { createEventStream, dataFrame, doneFrame, streamHeaders } from '../http/event-stream.ts';
import { readJsonBody } from '../http/read-body.ts';
import { jsonResponse } from '../http/to-response.ts';
import { newId } from '../ids.ts';
import { checkCalls } from '../request/check-calls.ts';
import { type ChatRequest, toChatRequest } from '../request/to-chat-request.ts';
import type { AskedTurn } from '../turn/ask-codex.ts';
import { noteFailure } from './note-failure.ts';
import type { Incoming, RouteContext } from './route-context.ts';

/** `POST /v1/chat/completions`. Nothing of it is kept; callers send their history again. */
export async function createChatCompletion(context: RouteContext, incoming: Incoming): Promise<Response> {
  const chat = toChatRequest(await readJsonBody(incoming.request, context.maxBodyBytes), context.policy);
  checkCalls(chat.turn.items, 'messages');
  const turn = { ...chat.turn, model: chat.turn.model ?? context.defaultModel };
  const decide = (account: string) =>
    context.authorize({
      account,
      requestId: incoming.requestId,
      route: '/v1/chat/completions',
      tools: turn.tools.map(({ name }) => name),
      isContinuation: false,
      ...(turn.model !== undefined && { model: turn.model }),
      ...(chat.taskClass !== undefined && { taskClass: chat.taskClass }),
    });
  const asked = await context.codex.ask(turn, incoming.signal, { decide });
  const facts: ChatFacts = { id: newId('chatcmpl'), createdS: Math.floor(context.clock.now() / 1_000), model: asked.model };
  if (turn.isStream) return stream(context, incoming, chat, asked, facts);

  const log = createChatLog();
  for await (const event of asked.output) log.take(event);
  const { reason, usage } = log.end ?? { reason: 'completed', usage: null };
  const envelope = toEnvelope({
    routePath: incoming.route,
    profile: context.profile,
    account: asked.account,
    plan: asked.plan,
    provider: asked.provider,
    mapping: { chat_completion_id: facts.id, native_thread_id: asked.thread, native_turn_id: asked.turn ?? null },
    isContinuable: true,
    taskClass: chat.taskClass,
    ignored: chat.ignored,
  });
  return jsonResponse(toChatCompletion(facts, { text: log.text, calls: log.calls, reason, usage, envelope }));
}

function stream(context: RouteContext, incoming: Incoming, chat: ChatRequest, asked: AskedTurn, facts: ChatFacts): Response {
  const noUsage = chat.hasUsageChunk ? { usage: null } : undefined;
  const body = createEventStream(
    async ({ send }) => {
      const tell = (...choices: readonly JsonObject[]) => send(dataFrame(toChatChunk(facts, choices, noUsage)));
      const log = createChatLog();
      try {
        tell(toChoice({ role: 'assistant', content: '' }));
        for await (const event of asked.output) {
          const isFirst = log.text === '';
          const words = log.take(event);
          if (words !== '') tell(toChoice({ content: words }));
          if (words !== '' && isFirst) {
            context.metrics.noteFirstDelta(incoming.route, (context.clock.now() - incoming.startedAt) / 1_000);
          }
          if (event.type === 'call') {
            tell(toChoice({ tool_calls: [{ index: log.calls.length - 1, ...toToolCall(event) }] }));
          }
        }
        const { reason, usage } = log.end ?? { reason: 'completed', usage: null };
        tell(toChoice({}, reason));
        if (chat.hasUsageChunk) send(dataFrame(toChatChunk(facts, [], { usage: usage && toChatUsage(usage) })));
        send(doneFrame);
      } catch (error) {
        const failure = toApiError(error);
        noteFailure(failure, error, context, incoming.requestId);
        // Without a finish_reason nobody takes the beginning for the whole.
        send(dataFrame({ error: failure.fields }));
      }
      incoming.finish(200);
    },
    { clock: context.clock, keepAliveMs: context.keepAliveMs, onCancel: () => {} },
  );
  return new Response(body, { headers: streamHeaders });
}
