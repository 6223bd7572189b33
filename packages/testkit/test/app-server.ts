import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type CodexConfig, toConfigFlags } from '../src/model/codex-config.ts';
import { findCodexBinary } from './codex-binary.ts';
import type { CodexPlace } from './run-codex.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A message from app-server: a response, a notification, or a request of the server. */
export interface ServerMessage {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

/** The smallest client of `codex app-server` that a test needs. */
export interface AppServer extends AsyncDisposable {
  call(method: string, params: Fields): Promise<Fields>;
  answer(request: ServerMessage, result: unknown): void;
  /** The first message, past or future, that fits. */
  wait(what: (message: ServerMessage) => boolean): Promise<ServerMessage>;
  readonly messages: readonly ServerMessage[];
}

export async function startAppServer(place: CodexPlace, config: CodexConfig): Promise<AppServer> {
  const child = spawn(findCodexBinary(), ['app-server', ...toConfigFlags(config)], {
    ...place.spawnOptions,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const messages: ServerMessage[] = [];
  const watchers = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    messages.push(JSON.parse(line) as ServerMessage);
    for (const look of watchers) look();
  });
  const send = (message: object) => child.stdin.write(`${JSON.stringify(message)}\n`);
  const wait = (what: (message: ServerMessage) => boolean) =>
    new Promise<ServerMessage>((resolve) => {
      const look = () => {
        const found = messages.find(what);
        if (!found) return;
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
    });
  let lastId = 0;
  const call = async (method: string, params: Fields) => {
    const id = `call-${++lastId}`;
    send({ id, method, params });
    const { result, error } = await wait((message) => message.id === id && message.method === undefined);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  };
  await call('initialize', {
    clientInfo: { name: 'testkit', title: 'testkit', version: '0' },
    capabilities: { experimentalApi: true },
  });
  send({ method: 'initialized' });
  return {
    call,
    answer: (request, result) => void send({ id: request.id, result }),
    wait,
    messages,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
