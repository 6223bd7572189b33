import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkRequest } from './check-request.ts';
import type { ModelClock } from './clock.ts';
import { createEventStream } from './event-stream.ts';
import type { Gates } from './gates.ts';
import { errorBody } from './http-error.ts';
import type { ModelRequest } from './model-request.ts';
import { playSteps } from './play-steps.ts';
import { parseJson, readBody } from './read-body.ts';
import { readConversation } from './read-conversation.ts';
import { createResponseWriter } from './response-writer.ts';
import { findReply, type ModelRule } from './rule.ts';

export interface AnswerOptions {
  readonly rules: readonly ModelRule[];
  readonly clock: ModelClock;
  readonly gates: Gates;
  readonly maxBodyBytes: number;
  readonly models: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly readPrompt: (text: string) => string;
  readonly chunkDelayMs: number;
  readonly onRequest: (request: ModelRequest) => void;
  readonly onProblem: (problem: string) => void;
  /** Aborts when the server closes. */
  readonly signal: AbortSignal;
}

/** Answers one HTTP request; settles when the answer is over, never rejects for what a client does. */
export function createAnswer(options: AnswerOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const failures = new Map<string, number>();
  const claimFailure = (point: string, times: number) => {
    const count = failures.get(point) ?? 0;
    if (count >= times) return false;
    failures.set(point, count + 1);
    return true;
  };

  const replyOf = (request: ModelRequest, refuse: (status: number, text: string) => void) => {
    try {
      const steps = findReply(options.rules, request);
      if (!steps) refuse(400, 'no rule of the scripted model applies to the last user message');
      return steps;
    } catch (error) {
      return refuse(500, `a rule of the script threw: ${String(error)}`);
    }
  };

  return async (message, response) => {
    const [method = 'GET', path = '/'] = [message.method, message.url];
    const raw = await readBody(message, options.maxBodyBytes).catch(() => '');
    const body = raw ? parseJson(raw) : undefined;
    const request: ModelRequest = {
      at: options.clock.now(),
      method,
      path,
      headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)])),
      body,
      ...readConversation(body, options.readPrompt),
    };
    options.onRequest(request);

    const problem = (text: string) => options.onProblem(`${method} ${path}: ${text}`);
    const sendJson = (status: number, headers: Readonly<Record<string, string>>, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
    };
    const refuse = (status: number, text: string, headers = {}) => {
      problem(text);
      sendJson(status, headers, errorBody(status, text));
    };

    if (raw === undefined) return refuse(413, `the body is larger than ${options.maxBodyBytes} bytes`, { connection: 'close' });
    const route = `${method} ${path.split('?')[0]}`;
    if (route === 'GET /v1/models') return sendJson(200, {}, modelList(options.models));
    if (route !== 'POST /v1/responses') return refuse(404, 'the scripted model has no such route');
    if (message.headers['content-encoding']) return refuse(415, 'compressed bodies are not read');
    if (raw !== '' && body === undefined) return refuse(400, 'the body is not JSON');
    const findings = checkRequest(body);
    if (findings.fatal.length > 0) return refuse(400, findings.fatal.join('; '));
    findings.minor.forEach(problem);
    const steps = replyOf(request, refuse);
    if (!steps) return;

    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, options.signal]);
    const stream = createEventStream(response, { headers: options.headers, signal });
    await playSteps(steps, {
      request,
      stream,
      writer: createResponseWriter(stream, request, { inputCharacters: raw.length, now: options.clock.now, signal }),
      clock: options.clock,
      gates: options.gates,
      chunkDelayMs: options.chunkDelayMs,
      signal,
      sendError: (status, headers, value) =>
        sendJson(status, headers, value ?? errorBody(status, `Scripted failure with status ${status}.`)),
      claimFailure: (step, times) => claimFailure(`${request.threadId} ${request.userTexts.length} ${step}`, times),
    });
  };
}

function modelList(models: readonly string[]) {
  return { object: 'list', data: models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'threadbridge-testkit' })) };
}
