import type { ChannelBatch, ChannelEvent, Clock, Cursor, Logger } from '@threadbridge/contract';
import { type FakeFeishu, type FakeFeishuOptions, startFakeFeishu } from '@threadbridge/testkit/feishu';
import { createFeishuChannel, type FeishuChannel, type FeishuChannelOptions } from '../src/index.ts';

/** A reader that handles and acknowledges everything at once. */
export interface Reader {
  readonly events: readonly ChannelEvent[];
  readonly cursor: Cursor | undefined;
  /** Resolves with the event number `index`. */
  event(index: number): Promise<ChannelEvent>;
  stop(): Promise<void>;
  /** Rejects with what ended the feed. */
  readonly ended: Promise<void>;
}

export function read(channel: FeishuChannel, cursor?: Cursor): Reader {
  const stop = new AbortController();
  const batches: ChannelBatch[] = [];
  const events: ChannelEvent[] = [];
  let wake = () => {};
  const ended = (async () => {
    for await (const batch of channel.receive({ signal: stop.signal, ...(cursor !== undefined && { cursor }) })) {
      batches.push(batch);
      events.push(...batch.events);
      wake();
    }
  })();
  ended.catch(() => {});
  return {
    events,
    get cursor() {
      return batches.at(-1)?.cursor ?? cursor;
    },
    async event(index) {
      for (;;) {
        const event = events[index];
        if (event !== undefined) return event;
        await Promise.race([
          new Promise<void>((resolve) => {
            wake = resolve;
          }),
          ended,
        ]);
      }
    },
    async stop() {
      stop.abort();
      await ended;
    },
    ended,
  };
}

export interface World extends AsyncDisposable {
  readonly fake: FakeFeishu;
  connect(options?: Partial<FeishuChannelOptions>): FeishuChannel;
  /** A connection with a reader that has shaken hands. */
  start(
    options?: Partial<FeishuChannelOptions>,
    cursor?: Cursor,
  ): Promise<{ readonly channel: FeishuChannel; readonly reader: Reader }>;
  readonly logged: readonly string[];
}

export async function open(options: FakeFeishuOptions & { readonly clock?: Clock } = {}): Promise<World> {
  const fake = await startFakeFeishu(options);
  const readers: Reader[] = [];
  const logged: string[] = [];
  const log = (fields: object, message: string) => void logged.push(`${JSON.stringify(fields)} ${message}`);
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  const connect = (own: Partial<FeishuChannelOptions> = {}) =>
    createFeishuChannel({
      ...{ appId: fake.app.id, appSecret: fake.app.secret, domain: fake.url, logger },
      ...(options.clock !== undefined && { clock: options.clock }),
      ...own,
    });
  return {
    ...{ fake, connect, logged },
    async start(own, cursor) {
      const channel = connect(own);
      const reader = read(channel, cursor);
      readers.push(reader);
      const before = fake.connections.connects;
      await fake.until(() => fake.connections.connects > before && fake.connections.open > 0);
      return { channel, reader };
    },
    async [Symbol.asyncDispose]() {
      for (const reader of readers) await reader.stop().catch(() => {});
      await fake.close();
    },
  };
}

/** The first message of somebody, as an event. */
export async function heard(reader: Reader, index = 0) {
  const event = await reader.event(index);
  if (event.type !== 'message.received') throw new Error(`A ${event.type} came.`);
  return event;
}
