import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { parseJson } from '../model/read-body.ts';
import { decodeFrame, encodeFrame, type Frame } from './frame.ts';
import type { World } from './world.ts';

/** The settings that discovery and every pong hand to the client, in seconds. */
export interface ClientConfig {
  readonly PingInterval: number;
  readonly ReconnectCount: number;
  readonly ReconnectInterval: number;
  readonly ReconnectNonce: number;
}

/** What a client answered to an event. */
export interface Acknowledgement {
  /** 200, or 500 where the handler threw. */
  readonly code: number;
  /** What the handler gave back. */
  readonly data: unknown;
}

/** An event on its way. */
export interface Delivery {
  readonly eventId: string;
  readonly type: string;
  attempts: number;
  acknowledgement: Acknowledgement | undefined;
  /** Resolves with what the client answered, or undefined when nobody answered in time. One attempt. */
  readonly first: Promise<Acknowledgement | undefined>;
}

export interface PushOptions {
  /** Cut into so many frames, sent in reverse order. Default 1. */
  readonly fragments?: number;
  /** Callbacks are never delivered again. */
  readonly once?: true;
}

/** The long connections of an app: each event goes to one of them. */
export interface LongConnections {
  push(type: string, eventId: string, payload: object, options?: PushOptions): Delivery;
  /** Connections that have pinged. */
  readonly open: number;
  /** How often somebody connected. */
  readonly connects: number;
  readonly deliveries: readonly Delivery[];
  /** Ends all connections: without a word, or orderly. */
  drop(how?: 'terminate' | 'close'): void;
  /** The connections of now stay open and bring nothing: no events, and no pongs unless `keepsPongs`. */
  deafen(options?: { readonly keepsPongs?: boolean }): void;
  /** The next handshakes are refused with this status. */
  refuse(count: number, status?: number): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

interface Line {
  readonly socket: WebSocket;
  isReady: boolean;
  deafness: 'none' | 'events' | 'all';
}

export function createLongConnections(world: () => World, config: () => ClientConfig): LongConnections {
  const server = new WebSocketServer({ noServer: true });
  const lines = new Set<Line>();
  const deliveries: Delivery[] = [];
  const waiting = new Map<string, (answer: Acknowledgement) => void>();
  let refusals = { count: 0, status: 503 };
  let connects = 0;
  let turn = 0;
  let frames = 0;
  /** Wakes what waits for its next attempt. */
  let retries: (() => void)[] = [];

  function connected(socket: WebSocket): void {
    // One listener for each event that waits for its answer.
    socket.setMaxListeners(0);
    const line: Line = { socket, isReady: false, deafness: 'none' };
    lines.add(line);
    connects += 1;
    socket.on('close', () => {
      lines.delete(line);
      world().changed();
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer) => received(line, data));
    world().changed();
  }

  function received(line: Line, data: Buffer): void {
    let frame: Frame;
    try {
      frame = decodeFrame(data);
    } catch {
      world().mistake('A frame of the long connection could not be read.');
      return;
    }
    if (frame.method === 0) {
      ping(line, frame);
      return;
    }
    const id = frame.headers.message_id ?? '';
    const answer = parseJson(Buffer.from(frame.payload).toString('utf8')) as { code?: number; data?: string } | undefined;
    const data64 = typeof answer?.data === 'string' ? parseJson(Buffer.from(answer.data, 'base64').toString('utf8')) : undefined;
    waiting.get(id)?.({ code: answer?.code ?? 0, data: data64 });
    waiting.delete(id);
  }

  function ping(line: Line, frame: Frame): void {
    if (frame.headers.type !== 'ping' || line.deafness === 'all') return;
    const payload = Buffer.from(JSON.stringify(config()));
    line.socket.send(encodeFrame({ ...frame, headers: { type: 'pong' }, payload }));
    if (line.isReady) return;
    // Before its first ping the client may not listen yet, and what came would be lost.
    line.isReady = true;
    world().changed();
    if (world().rules.redeliversOnConnect) for (const retry of retries.splice(0)) retry();
  }

  async function attempt(delivery: Delivery, payload: object, options: PushOptions): Promise<Acknowledgement | undefined> {
    delivery.attempts += 1;
    const ready = [...lines].filter((line) => line.isReady);
    const line = ready[turn % Math.max(1, ready.length)];
    turn += 1;
    if (line === undefined) return undefined;
    const id = world().nextId('frame_');
    const over = new AbortController();
    const answered = new Promise<Acknowledgement | undefined>((resolve) => {
      waiting.set(id, resolve);
      const lose = () => resolve(undefined);
      line.socket.once('close', lose);
      over.signal.addEventListener('abort', () => line.socket.off('close', lose));
      void world()
        .clock.sleep(world().rules.ackMs, AbortSignal.any([over.signal, world().signal]))
        .then(() => resolve(undefined));
    });
    if (line.deafness === 'none') {
      const body = Buffer.from(JSON.stringify(payload));
      const sum = Math.min(options.fragments ?? 1, body.length);
      const size = Math.ceil(body.length / sum);
      for (let seq = sum - 1; seq >= 0; seq -= 1) {
        frames += 1;
        const headers = { type: 'event', message_id: id, sum: String(sum), seq: String(seq), trace_id: `trace${frames}` };
        const part = body.subarray(seq * size, (seq + 1) * size);
        line.socket.send(encodeFrame({ seqId: frames, logId: frames, service: 1, method: 1, headers, payload: part }));
      }
    }
    const answer = await answered;
    over.abort();
    waiting.delete(id);
    return answer;
  }

  async function deliver(
    delivery: Delivery,
    payload: object,
    options: PushOptions,
    first: (a: Acknowledgement | undefined) => void,
  ) {
    const pauses = options.once ? [] : world().rules.redeliveryMs;
    for (let n = 0; !world().signal.aborted; n += 1) {
      const answer = await attempt(delivery, payload, options);
      if (n === 0) first(answer);
      if (answer?.code === 200) {
        delivery.acknowledgement = answer;
        world().changed();
        return;
      }
      world().changed();
      const pauseMs = pauses[n];
      if (pauseMs === undefined) return;
      const sooner = new AbortController();
      retries.push(() => sooner.abort());
      await world().clock.sleep(pauseMs, AbortSignal.any([sooner.signal, world().signal]));
    }
  }

  return {
    push(type, eventId, payload, options = {}) {
      let tell: (answer: Acknowledgement | undefined) => void = () => {};
      const first = new Promise<Acknowledgement | undefined>((resolve) => {
        tell = resolve;
      });
      const delivery: Delivery = { eventId, type, attempts: 0, acknowledgement: undefined, first };
      deliveries.push(delivery);
      void deliver(delivery, payload, options, tell);
      return delivery;
    },
    get open() {
      return [...lines].filter((line) => line.isReady).length;
    },
    get connects() {
      return connects;
    },
    deliveries,
    drop(how = 'terminate') {
      for (const { socket } of lines) how === 'terminate' ? socket.terminate() : socket.close(1001);
    },
    deafen(options = {}) {
      for (const line of lines) line.deafness = options.keepsPongs ? 'events' : 'all';
    },
    refuse(count, status = 503) {
      refusals = { count, status };
    },
    upgrade(request, socket, head) {
      if (refusals.count > 0) {
        refusals = { ...refusals, count: refusals.count - 1 };
        socket.end(`HTTP/1.1 ${refusals.status} Refused\r\nhandshake-status: ${refusals.status}\r\n\r\n`);
        return;
      }
      server.handleUpgrade(request, socket, head, connected);
    },
    close() {
      retries = [];
      for (const { socket } of lines) socket.terminate();
      server.close();
    },
  };
}
