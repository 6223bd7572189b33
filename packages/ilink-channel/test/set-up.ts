import { asId, type Channel, type ChannelEvent, type Cursor, type EffectKey, type MessageReceived } from '@threadbridge/contract';
import { type FakeIlink, type FakeIlinkOptions, startFakeIlink } from '@threadbridge/testkit/ilink';
import { createIlinkChannel, type IlinkChannel, type IlinkChannelOptions } from '../src/index.ts';

/** A fake service and a channel on it. */
export interface World extends AsyncDisposable {
  readonly fake: FakeIlink;
  readonly channel: IlinkChannel;
  /** Another connection, as a restart makes one. */
  connect(options?: Partial<IlinkChannelOptions>): IlinkChannel;
}

export async function setUp(options: FakeIlinkOptions = {}, own: Partial<IlinkChannelOptions> = {}): Promise<World> {
  const fake = await startFakeIlink(options);
  const connect = (more: Partial<IlinkChannelOptions> = {}) =>
    createIlinkChannel({
      credentials: fake.credentials,
      cdnBaseUrl: fake.cdnUrl,
      spacingMs: 0,
      ...(options.clock && { clock: options.clock }),
      ...own,
      ...more,
    });
  return { fake, connect, channel: connect(), [Symbol.asyncDispose]: () => fake.close() };
}

/** Takes events and acknowledges them. */
export async function take(
  channel: Channel,
  count: number,
  cursor?: Cursor,
): Promise<{ events: readonly MessageReceived[]; cursor: Cursor | undefined }> {
  const stop = new AbortController();
  const events: ChannelEvent[] = [];
  let last = cursor;
  for await (const batch of channel.receive({ signal: stop.signal, ...(cursor !== undefined && { cursor }) })) {
    events.push(...batch.events);
    last = batch.cursor ?? last;
    if (events.length >= count) stop.abort();
  }
  return { events: events as readonly ChannelEvent[] as readonly MessageReceived[], cursor: last };
}

/** The next message. */
export async function takeOne(channel: Channel, cursor?: Cursor): Promise<MessageReceived> {
  const [event] = (await take(channel, 1, cursor)).events;
  if (event === undefined) throw new Error('The feed ended without a message.');
  return event;
}

let keys = 0;
/** Where an answer to this message goes, under a new key. */
export function replyTo(event: MessageReceived, key?: string) {
  keys += 1;
  return { to: event.scope, reply: event.reply, key: asId<EffectKey>(key ?? `key-${keys}`) };
}
