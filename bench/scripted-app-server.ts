import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** As much of app-server as a turn needs, on a unix socket; it takes no time of its own, and every turn talks for `words` × `wordMs`. */
export interface AppServerScript {
  /** Absolute; the socket is made. */
  readonly path: string;
  readonly words: number;
  readonly wordMs: number;
  /** A turn was asked for with this prompt. */
  readonly onTurn: (prompt: string) => void;
}

/** Listens until it is disposed. */
export async function startScriptedAppServer({ path, words, wordMs, onTurn }: AppServerScript): Promise<AsyncDisposable> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const ended = new AbortController();
  let made = 0;

  function answer(method: string, params: Readonly<Record<string, unknown>>, tell: Tell): object {
    switch (method) {
      case 'initialize':
        return { userAgent: 'bench/0.169.0', codexHome: '/nowhere' };
      case 'thread/start':
        return {
          thread: { id: `thread-${++made}` },
          model: 'none',
          approvalPolicy: params.approvalPolicy,
          sandbox: sandboxOf(params),
        };
      case 'turn/start': {
        onTurn(JSON.stringify(params.input));
        const turn = `turn-${++made}`;
        void talk(String(params.threadId), turn, tell);
        return { turn: { id: turn, status: 'inProgress', items: [] } };
      }
      default:
        return {};
    }
  }

  async function talk(threadId: string, turnId: string, tell: Tell): Promise<void> {
    const at = { threadId, turnId };
    const item = { type: 'agentMessage', id: `item-${turnId}`, text: '', phase: 'final_answer' };
    await delay(wordMs);
    tell('turn/started', { ...at, turn: { id: turnId, status: 'inProgress', items: [] } });
    tell('item/started', { ...at, item });
    for (let n = 0; n < words && !ended.signal.aborted; n += 1) {
      await delay(wordMs);
      tell('item/agentMessage/delta', { ...at, itemId: item.id, delta: 'word ' });
    }
    const whole = { ...item, text: 'word '.repeat(words) };
    tell('item/completed', { ...at, item: whole });
    tell('turn/completed', { ...at, turn: { id: turnId, status: 'completed', items: [whole] } });
  }

  sockets.on('connection', (socket) => {
    const tell: Tell = (method, params) => send(socket, { method, params });
    socket.on('message', (data) => {
      const { id, method, params = {} } = JSON.parse(String(data)) as Message;
      if (id !== undefined && method !== undefined) send(socket, { id, result: answer(method, params, tell) });
    });
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

type Tell = (method: string, params: object) => void;

function send(socket: WebSocket, message: object): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
}

const sandboxes: Readonly<Record<string, string>> = {
  'read-only': 'readOnly',
  'workspace-write': 'workspaceWrite',
  'danger-full-access': 'dangerFullAccess',
};

function sandboxOf({ sandbox }: Readonly<Record<string, unknown>>): object {
  return { type: sandboxes[String(sandbox)] };
}
