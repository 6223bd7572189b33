import { type JsonObject, silentLogger, systemClock } from '@threadbridge/contract';
import { configFlags } from '../../src/process/config-flags.ts';
import { spawnCodex } from '../../src/process/spawn-codex.ts';
import { createConnection, type IncomingRequest } from '../../src/rpc/connection.ts';

export interface SessionOptions {
  readonly bin: string;
  readonly env: Readonly<Record<string, string>>;
  readonly config: JsonObject;
}

/** What app-server said, in the order of the wire. Requests have an id. */
export interface News {
  readonly method: string;
  readonly params: Fields;
  readonly id?: IncomingRequest['id'];
}
export type Fields = Readonly<Record<string, unknown>>;

/** A bare connection to one app-server: nothing of the runner stands between, so that one sees what Codex itself does. */
export interface Session extends AsyncDisposable {
  readonly pid: number;
  /** Rejects with the refusal. */
  call(method: string, params: Fields): Promise<Fields>;
  answer(request: News, result: unknown): void;
  /** The first news, past or future, that fits. Rejects when the process ends or after 30 s. */
  wait(what: string, fits: (news: News) => boolean): Promise<News>;
  readonly news: readonly News[];
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const transport = spawnCodex({
    bin: options.bin,
    args: ['app-server', ...configFlags(options.config)],
    env: options.env,
    clock: systemClock,
    logger: silentLogger,
  });
  const news: News[] = [];
  const watchers = new Set<() => void>();
  let end: string | undefined;
  const look = () => {
    for (const watcher of [...watchers]) watcher();
  };
  const connection = createConnection({
    transport,
    clock: systemClock,
    logger: silentLogger,
    requestTimeoutMs: 30_000,
    onNotification(method, params) {
      news.push({ method, params: params as Fields });
      look();
    },
    onRequest(request) {
      news.push({ method: request.method, params: request.params as Fields, id: request.id });
      look();
    },
    onClosed(reason) {
      end = reason.message;
      look();
    },
  });
  const session: Session = {
    get pid() {
      return transport.pid ?? 0;
    },
    call: async (method, params) => (await connection.request(method, params)) as Fields,
    answer: ({ id }, result) => void (id !== undefined && connection.respond(id, result)),
    wait: (what, fits) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => settle(() => reject(new Error(`No ${what} within 30 s.`))), 30_000);
        const settle = (how: () => void) => {
          watchers.delete(watcher);
          clearTimeout(late);
          how();
        };
        const watcher = () => {
          const found = news.find(fits);
          if (found !== undefined) settle(() => resolve(found));
          else if (end !== undefined) settle(() => reject(new Error(`No ${what}: ${end}`)));
        };
        watchers.add(watcher);
        watcher();
      }),
    news,
    [Symbol.asyncDispose]: () => transport.close(),
  };
  try {
    await session.call('initialize', {
      clientInfo: { name: 'threadbridge-compat', title: null, version: '0.0.0' },
      capabilities: { experimentalApi: true, requestAttestation: false },
    });
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
  connection.notify('initialized');
  return session;
}
