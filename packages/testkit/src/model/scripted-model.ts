import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAnswer } from './answer-request.ts';
import { builtInRules } from './built-in-rules.ts';
import { type ModelClock, realClock } from './clock.ts';
import { type CodexConfig, type CodexConfigOptions, codexConfigFor } from './codex-config.ts';
import { createGates } from './gates.ts';
import type { ModelRequest } from './model-request.ts';
import type { ModelRule } from './rule.ts';

export interface ScriptedModelOptions {
  /** Port on 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  /** Tried before the built-in ones, in this order. */
  readonly rules?: readonly ModelRule[];
  /** Whether prompts no rule applies to get the built-in words and small talk. Default true; otherwise they are refused with 400. */
  readonly builtIn?: boolean;
  /** Finds what the user wrote in the text of a user message, when the client wraps it. Default: the whole text. */
  readonly readPrompt?: (text: string) => string;
  /** Pause between the deltas of texts that set none, on the clock; some 30 make a demo look typed. Default 0. */
  readonly chunkDelayMs?: number;
  /** Added to every streamed answer, for instance rate-limit headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Names listed by `GET /v1/models`. Default `gpt-5.5`. Requests may name any model. */
  readonly models?: readonly string[];
  /** Largest accepted request body. Default 64 MiB. */
  readonly maxBodyBytes?: number;
  readonly clock?: ModelClock;
}

/** A running fake of the OpenAI Responses API. */
export interface ScriptedModel extends AsyncDisposable {
  /** Base address for clients: `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  /** Every request so far, in order of arrival, refused ones included. */
  readonly requests: readonly ModelRequest[];
  /** What clients did wrong, in words. A test of a client usually expects it to be empty. */
  readonly problems: readonly string[];
  /** Opens a gate for good. */
  release(gate: string): void;
  /** Resolves as soon as an answer stands at the gate, or has passed it. */
  reached(gate: string): Promise<void>;
  /** Codex configuration that makes the real Codex use this model and no other host. */
  codexConfig(options?: CodexConfigOptions): CodexConfig;
  /** Stops at once: open answers are cut off, the port is free when it resolves. May be called again. */
  close(): Promise<void>;
}

/** Starts the scripted model on 127.0.0.1. Rejects when the port is taken. */
export async function startScriptedModel(options: ScriptedModelOptions = {}): Promise<ScriptedModel> {
  const requests: ModelRequest[] = [];
  const problems: string[] = [];
  const gates = createGates();
  const closing = new AbortController();
  const answer = createAnswer({
    rules: [...(options.rules ?? []), ...(options.builtIn === false ? [] : builtInRules)],
    clock: options.clock ?? realClock,
    gates,
    maxBodyBytes: options.maxBodyBytes ?? 64 * 1024 * 1024,
    models: options.models ?? ['gpt-5.5'],
    headers: options.headers ?? {},
    chunkDelayMs: options.chunkDelayMs ?? 0,
    readPrompt: options.readPrompt ?? ((text) => text),
    onRequest: (request) => requests.push(request),
    onProblem: (problem) => problems.push(problem),
    signal: closing.signal,
  });
  // A silent or gated answer is no timeout of the client.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 0 }, (request, response) => void answer(request, response));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
      closing.abort();
      server.closeAllConnections();
    });
    return closed;
  };
  return {
    url,
    requests,
    problems,
    release: gates.release,
    reached: gates.reached,
    codexConfig: (config) => codexConfigFor(url, config),
    close,
    [Symbol.asyncDispose]: close,
  };
}
