import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CodexRunner, createCodexRunner } from '@threadbridge/codex-runner';
import type { JsonObject, Logger, Runner } from '@threadbridge/contract';
import { type ModelRule, type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import OpenAI from 'openai';
import { createNativeApi, type NativeApi, type NativeApiOptions, type NativeApiServer, serve } from '../src/index.ts';

/** The API on the real Codex on a scripted model, listening on a free port. */
export interface World extends AsyncDisposable {
  readonly model: ScriptedModel;
  readonly runner: CodexRunner;
  readonly workspace: string;
  readonly home: string;
  readonly api: NativeApi;
  readonly server: NativeApiServer;
  /** The openai SDK on it, without repetitions. */
  readonly client: OpenAI;
  /** Process ids of the app-servers so far. */
  readonly pids: readonly number[];
  /** Sends JSON to a path below `/v1`. */
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>;
  /** Another API on the same runner. */
  another(options: Partial<NativeApiOptions>): Promise<NativeApiServer>;
}

export interface WorldOptions extends Partial<Omit<NativeApiOptions, 'runner'>> {
  readonly rules?: readonly ModelRule[];
  /** Over the configuration for the scripted model, which is at `url`. */
  readonly codexConfig?: (url: string) => JsonObject;
  /** Put between the API and Codex. */
  readonly wrap?: (runner: CodexRunner) => Runner;
}

export async function setUp(options: WorldOptions = {}): Promise<World> {
  const { rules = [], codexConfig = () => ({}), wrap = (runner) => runner, ...apiOptions } = options;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'native-api-')));
  const home = join(folder, 'home');
  const workspace = join(folder, 'work');
  await Promise.all([mkdir(home), mkdir(workspace)]);
  const model = await startScriptedModel({ rules });
  const pids: number[] = [];
  const quiet = () => {};
  const logger: Logger = {
    debug: quiet,
    warn: quiet,
    error: quiet,
    info(fields) {
      if ('pid' in fields && typeof fields.pid === 'number') pids.push(fields.pid);
    },
  };
  const runner = createCodexRunner({
    codexHome: home,
    env: { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' },
    config: { ...(model.codexConfig() as JsonObject), ...codexConfig(model.url) },
    logger,
  });
  const servers: NativeApiServer[] = [];
  const start = async (own: Partial<NativeApiOptions>) => {
    const api = createNativeApi({ runner: wrap(runner), workspace, ...own });
    const server = await serve(api, { port: 0 });
    servers.push(server);
    return { api, server };
  };
  const { api, server } = await start(apiOptions);
  return {
    ...{ model, runner, workspace, home, api, server, pids },
    client: new OpenAI({ baseURL: server.baseUrl, apiKey: apiOptions.token ?? 'unused', maxRetries: 0 }),
    post: (path, body, init) =>
      fetch(`${server.baseUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...init,
      }),
    another: async (own) => (await start(own)).server,
    async [Symbol.asyncDispose]() {
      for (const each of servers) await each.stop({ graceMs: 0 });
      await runner[Symbol.asyncDispose]();
      await model.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export interface SseEvent {
  readonly event: string | undefined;
  readonly data: Record<string, unknown>;
}

/** Reads a stream of events to its end; `[DONE]` is checked and left out. */
export async function readEvents(response: Response): Promise<readonly SseEvent[]> {
  const text = await response.text();
  const frames = text.split('\n\n').filter((frame) => frame !== '' && !frame.startsWith(':'));
  if (frames.pop() !== 'data: [DONE]') throw new Error(`The stream did not end with [DONE]: ${text.slice(-300)}`);
  return frames.map(toEvent);
}

export function toEvent(frame: string): SseEvent {
  const event = /^event: (.*)$/m.exec(frame)?.[1];
  return { event, data: JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? 'null') };
}
