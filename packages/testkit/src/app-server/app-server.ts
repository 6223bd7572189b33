import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { type ModelClock, realClock } from '../model/clock.ts';
import { type Client, type Incoming, type Params, readMessage, toClient } from './connection.ts';
import type { ScriptedTurn } from './play-turn.ts';
import type { AppServerFault, AppServerStep } from './step.ts';
import { createThreads, Refusal } from './threads.ts';

/** All have a default. */
export interface ScriptedAppServerOptions {
  /** Of its unix socket, absolute; some hundred bytes at most. Default: one in a folder of its own. */
  readonly path?: string;
  /** The version of Codex that it says it is. Default 0.169.0. */
  readonly version?: string;
  /** What a turn does, by its prompt. Default: it repeats the prompt. */
  readonly script?: (prompt: string) => readonly AppServerStep[];
  /** For the pauses between words. Default: the system's. */
  readonly clock?: ModelClock;
}

/** A request as it came. */
export interface AppServerRequest {
  readonly method: string;
  readonly params: Params;
}

/** A `codex app-server` on a unix socket whose agent follows a script: no Codex, no model, no disk. */
export interface ScriptedAppServer extends AsyncDisposable {
  /** Of the socket; one WebSocket message is one JSON-RPC message, as Codex does it. */
  readonly path: string;
  readonly requests: readonly AppServerRequest[];
  readonly turns: readonly ScriptedTurn[];
  /** What clients did wrong, in words. */
  readonly mistakes: readonly string[];
  /** Clients that are connected now. */
  readonly connections: number;
  /** The next request of this method fails. */
  fail(method: string, fault: AppServerFault): void;
  /** All connections break; turns and questions go on, as behind Codex's own socket. */
  drop(): void;
  /** Resolves when it holds; looked at whenever something happens. */
  until(condition: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Listens until it is closed. Rejects where the path cannot be listened on. */
export async function startScriptedAppServer(options: ScriptedAppServerOptions = {}): Promise<ScriptedAppServer> {
  const { version = '0.169.0', script = (prompt) => [{ say: `You said: ${prompt}` }], clock = realClock } = options;
  const folder = options.path === undefined ? await mkdtemp(join(tmpdir(), 'scripted-')) : undefined;
  const path = options.path ?? join(folder ?? '', 'codex.sock');
  const requests: AppServerRequest[] = [];
  const mistakes: string[] = [];
  const faults = new Map<string, AppServerFault[]>();
  const clients = new Set<Client>();
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const look of [...waiting]) look();
  };
  const mistake = (text: string) => {
    mistakes.push(text);
    changed();
  };
  const threads = createThreads({ clock, script, mistake, changed });

  function answer(method: string, params: Params, client: Client): object {
    if (method === 'initialize') {
      if (client.isGreeted) mistake('initialize: it was said before.');
      client.isGreeted = true;
      return { userAgent: `codex/${version} (scripted)`, codexHome: '/nowhere', platformFamily: 'unix', platformOs: 'linux' };
    }
    if (!client.isGreeted) {
      mistake(`${method}: initialize has to come first.`);
      throw new Refusal(-32_600, 'Not initialized');
    }
    const found = threads.call(method, params, client);
    if (found === undefined) throw new Refusal(-32_601, `The scripted app-server does not offer ${method}.`);
    return found;
  }

  function take(message: Extract<Incoming, { readonly type: 'request' }>, client: Client): void {
    const { id, method, params } = message;
    requests.push({ method, params });
    const fault = faults.get(method)?.shift();
    if (fault?.type === 'error')
      client.send({ id, error: { code: fault.code, message: fault.message ?? 'Server overloaded; retry later.' } });
    const isLeftOut = (fault?.type === 'hang' || fault?.type === 'drop') && fault.isProcessed !== true;
    if (fault?.type === 'drop' && isLeftOut) client.drop();
    changed();
    if (fault?.type === 'error' || isLeftOut) return;
    if (fault?.type === 'garbage') client.send('this is no message');
    let reply: object;
    try {
      reply = { id, result: answer(method, params, client) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply = { id, error: { code: error.code, message: error.message } };
    }
    if (fault?.type === 'drop') client.drop();
    else if (fault?.type !== 'hang') client.send(reply);
    changed();
  }

  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    const client = toClient(socket);
    clients.add(client);
    changed();
    socket.on('error', () => {});
    socket.on('close', () => {
      clients.delete(client);
      threads.leave(client);
      changed();
    });
    socket.on('message', (data) => {
      const message = readMessage(String(data));
      if (message === undefined) mistake('a message that is no JSON-RPC.');
      else if (message.type === 'request') take(message, client);
      else if (message.type === 'answer') threads.answer(message.id, message.result);
    });
  });
  server.listen(path);
  await once(server, 'listening');

  async function close(): Promise<void> {
    threads.stop();
    for (const client of clients) client.drop();
    const closed = once(server, 'close');
    server.close();
    await closed;
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  return {
    ...{ path, requests, mistakes, turns: threads.turns, close },
    get connections() {
      return clients.size;
    },
    fail(method, fault) {
      faults.set(method, [...(faults.get(method) ?? []), fault]);
    },
    drop() {
      for (const client of clients) client.drop();
    },
    until(condition) {
      return new Promise((resolve) => {
        const look = () => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
    [Symbol.asyncDispose]: close,
  };
}
