import { describe, expect, it } from 'vitest';
import type { Channel } from '../channel.ts';
import type { ChannelBatch, ChannelEvent } from '../channel-event.ts';
import { isGatewayError } from '../errors.ts';
import { asId, type Cursor, type EffectKey, parseScopeId } from '../ids.ts';

/** What the suite needs of a channel and of the platform behind it. */
export interface ChannelHarness {
  /** A new connection to the same account. */
  connect(): Promise<Channel>;
  /** Somebody else writes this to the account. */
  write(text: string): Promise<void>;
  /** What people can read of us, one text a message, in order. */
  read(): Promise<readonly string[]>;
  /** The platform delivers the latest inbound message once more. Absent where it never does. */
  redeliver?(): Promise<void>;
  close(): Promise<void>;
}

/** What every channel must do. Call it in a test file of the channel's package. */
export function channelContract(name: string, open: () => Promise<ChannelHarness>): void {
  describe(`${name} is a channel`, () => {
    async function using(test: (harness: ChannelHarness) => Promise<void>): Promise<void> {
      const harness = await open();
      try {
        await test(harness);
      } finally {
        await harness.close();
      }
    }

    it('brings a message with stable ids and a scope of its own', () =>
      using(async (harness) => {
        const channel = await harness.connect();
        await harness.write('hello');
        const [event] = await take(channel, 1);
        expect(event).toMatchObject({ type: 'message.received', text: 'hello' });
        expect(event?.scope.channel).toBe(channel.id);
        expect(parseScopeId(event?.scope.id ?? asId('')).channel).toBe(channel.id);
        expect(event?.actor?.id.startsWith(`${channel.id}:`)).toBe(true);
      }));

    it('yields a batch again when its handling failed', () =>
      using(async (harness) => {
        const channel = await harness.connect();
        await harness.write('once more');
        const first = await firstBatch(channel);
        const again = await firstBatch(channel);
        expect(again.events.map((event) => event.id)).toEqual(first.events.map((event) => event.id));
      }));

    it('goes on after the cursor, and not before what was acknowledged', () =>
      using(async (harness) => {
        const channel = await harness.connect();
        await harness.write('one');
        const { cursor } = await firstBatch(channel);
        await harness.write('two');
        if (cursor === undefined) return;
        const [next] = await take(channel, 1, cursor);
        expect(next).toMatchObject({ text: 'two' });
      }));

    it('gives a redelivered message the id it had', () =>
      using(async (harness) => {
        if (harness.redeliver === undefined) return;
        const channel = await harness.connect();
        await harness.write('twice');
        const [first] = await take(channel, 1);
        await harness.redeliver();
        const [second] = await take(channel, 1);
        expect(second?.id).toBe(first?.id);
      }));

    it('says what it is given, where the message came from', () =>
      using(async (harness) => {
        const channel = await harness.connect();
        await harness.write('say something');
        const [event] = await take(channel, 1);
        if (event === undefined) throw new Error('no event');
        await channel.send({ markdown: 'something' }, { to: event.scope, reply: event.reply, key: asId<EffectKey>('k1') });
        expect((await harness.read()).join('\n')).toContain('something');
      }));

    it('shows one message for one key, where it promises so', () =>
      using(async (harness) => {
        const channel = await harness.connect();
        if (channel.capabilities.keyedSend === undefined) return;
        await harness.write('key');
        const [event] = await take(channel, 1);
        if (event === undefined) throw new Error('no event');
        const to = { to: event.scope, reply: event.reply, key: asId<EffectKey>('same') };
        await channel.send({ markdown: 'only once' }, to);
        await channel.send({ markdown: 'only once' }, to);
        expect((await harness.read()).filter((text) => text.includes('only once'))).toHaveLength(1);
      }));

    it('refuses a text over its limit instead of cutting it', () =>
      using(async (harness) => {
        const channel = await harness.connect();
        if (!Number.isFinite(channel.limits.text.max)) return;
        await harness.write('long');
        const [event] = await take(channel, 1);
        if (event === undefined) throw new Error('no event');
        const send = channel.send(
          { markdown: 'x'.repeat(channel.limits.text.max + 1) },
          { to: event.scope, reply: event.reply, key: asId<EffectKey>('l') },
        );
        const error = await send.then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(isGatewayError(error) && error.code).toBe('channel.rejected');
        expect(isGatewayError(error) && error.certain).toBe(true);
      }));

    it('cuts a long text into parts that fit and lose nothing', () =>
      using(async (harness) => {
        const channel = await harness.connect();
        const { max, unit } = channel.limits.text;
        const words = Array.from({ length: 3_000 }, (_, index) => `word${index} 词`);
        const parts = channel.split(words.join(' '));
        const size = (part: string) => (unit === 'bytes' ? Buffer.byteLength(part) : Array.from(part).length);
        for (const part of parts) expect(size(part)).toBeLessThanOrEqual(max);
        const joined = parts.join(' ');
        for (const word of ['word0', 'word1499', 'word2999']) expect(joined).toContain(word);
      }));

    it('ends receiving soon after an abort', () =>
      using(async (harness) => {
        const channel = await harness.connect();
        const stop = new AbortController();
        const received = (async () => {
          for await (const _ of channel.receive({ signal: stop.signal }));
          return 'ended';
        })();
        setImmediate(() => stop.abort());
        expect(await received).toBe('ended');
      }));
  });
}

async function firstBatch(channel: Channel): Promise<ChannelBatch> {
  const stop = new AbortController();
  for await (const batch of channel.receive({ signal: stop.signal })) if (batch.events.length > 0) return batch;
  throw new Error('The feed ended without a batch.');
}

/** Takes events and acknowledges them. */
async function take(channel: Channel, count: number, cursor?: Cursor): Promise<readonly ChannelEvent[]> {
  const stop = new AbortController();
  const events: ChannelEvent[] = [];
  for await (const batch of channel.receive({ signal: stop.signal, ...(cursor !== undefined && { cursor }) })) {
    events.push(...batch.events);
    if (events.length >= count) stop.abort();
  }
  return events;
}
