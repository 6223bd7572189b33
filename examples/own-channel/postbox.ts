import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  actorId,
  asId,
  type Channel,
  type ChannelBatch,
  type ChannelId,
  createPullQueue,
  type EventId,
  GatewayError,
  type MessageId,
  type OutboundMessage,
  type SendOptions,
  scopeId,
} from '@threadbridge/contract';

/** A channel over plain HTTP: others POST `{ id, from, text }` here; what is said is POSTed to `answersTo` as `{ key, to, text }`. */
export interface Postbox extends AsyncDisposable {
  readonly channel: Channel;
  /** Where messages are POSTed to. 200 says that the message is taken over; anything else: send it again, with the same `id`. */
  readonly url: string;
}

const maxBytes = 64 * 1024;
const maxText = 4_000;

export async function openPostbox(options: { readonly answersTo: string }): Promise<Postbox> {
  const id = asId<ChannelId>('postbox');
  const queue = createPullQueue<ChannelBatch>();
  const server = createServer(async (request, response) => {
    const batch = request.method === 'POST' ? toBatch(id, await readBody(request)) : undefined;
    if (batch === undefined) {
      response.writeHead(400).end('Wanted: POST { "id": "…", "from": "…", "text": "…" }\n');
      return;
    }
    // The answer waits until the message is durable: who gets no 200 sends it again.
    await queue.push(batch).then(
      () => response.writeHead(200).end(),
      (error: Error) => response.writeHead(503).end(`${error.message}\n`),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    channel: {
      id,
      limits: { text: { max: maxText, unit: 'characters' } },
      // Whoever takes the answers knows a key again.
      capabilities: { keyedSend: { lifetimeMs: 3_600_000 } },
      receive: ({ signal }) => queue.receive(signal),
      send: (message, to) => post(options.answersTo, message, to),
      split: cut,
    },
    async [Symbol.asyncDispose]() {
      queue.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function post(url: string, { markdown }: OutboundMessage, { to, key, signal }: SendOptions) {
  if (Array.from(markdown).length > maxText) throw rejected(`It takes ${maxText} characters a message.`);
  const body = JSON.stringify({ key, to: to.id, text: markdown });
  const limits = AbortSignal.any([AbortSignal.timeout(15_000), ...(signal === undefined ? [] : [signal])]);
  const answer = await fetch(url, { method: 'POST', body, signal: limits }).catch((cause: unknown) => {
    // It may have arrived; the key makes another try harmless.
    throw new GatewayError('channel.unreachable', `${url} did not answer.`, { cause, retry: 'backoff', certain: false });
  });
  if (answer.status >= 500) {
    throw new GatewayError('channel.unreachable', `${url} answered ${answer.status}.`, { retry: 'backoff', certain: false });
  }
  if (!answer.ok) throw rejected(`${url} answered ${answer.status}.`);
  return { id: asId<MessageId>(key) };
}

function rejected(why: string): GatewayError {
  return new GatewayError('channel.rejected', `The message was not taken. ${why}`, { certain: true });
}

/** One message, or undefined where the body is none. */
function toBatch(channel: ChannelId, body: string | undefined): ChannelBatch | undefined {
  const { id, from, text } = parse(body ?? '');
  if (typeof id !== 'string' || typeof from !== 'string' || typeof text !== 'string') return undefined;
  const scope = { id: scopeId(channel, from), channel, kind: 'private' as const };
  const actor = { id: actorId(channel, from), name: from };
  const base = { type: 'message.received', id: asId<EventId>(id), scope, actor, at: Date.now() } as const;
  return { events: [{ ...base, text, attachments: [], isAddressed: true, reply: null }] };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Capped while reading. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Whole characters, every one of them in some part. */
function cut(markdown: string): readonly string[] {
  const characters = Array.from(markdown);
  const count = Math.max(1, Math.ceil(characters.length / maxText));
  return Array.from({ length: count }, (_, index) => characters.slice(index * maxText, (index + 1) * maxText).join(''));
}
