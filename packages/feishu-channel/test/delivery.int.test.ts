import { isGatewayError } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import { describe, expect, it } from 'vitest';
import { open, read } from './set-up.ts';

const texts = (events: readonly { readonly type: string }[]) =>
  events.flatMap((one) => ('text' in one ? [(one as { readonly text: string }).text] : []));

describe('FS-4: delivery', () => {
  it('answers the platform only when the event was handled', async () => {
    await using world = await open();
    const stop = new AbortController();
    const feed = world.connect().receive({ signal: stop.signal })[Symbol.asyncIterator]();
    const first = feed.next();
    await world.fake.until(() => world.fake.connections.open > 0);
    world.fake.say('slowly');
    expect((await first).value.events).toMatchObject([{ text: 'slowly' }]);
    expect(world.fake.connections.deliveries[0]?.acknowledgement).toBeUndefined();
    const second = feed.next();
    await world.fake.until(() => world.fake.connections.deliveries[0]?.acknowledgement?.code === 200);
    stop.abort();
    expect((await second).done).toBe(true);
  });

  it('lets the platform bring again what took too long, and hands it on once', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const stop = new AbortController();
    const feed = world.connect().receive({ signal: stop.signal })[Symbol.asyncIterator]();
    const first = feed.next();
    await world.fake.until(() => world.fake.connections.open > 0);
    world.fake.say('slowly');
    await first;
    await clock.advance(2_700);
    await world.fake.until(() => world.fake.connections.deliveries[0]?.attempts === 1);
    const second = feed.next();
    await clock.advance(15_000);
    await world.fake.until(() => world.fake.connections.deliveries[0]?.acknowledgement?.code === 200);
    world.fake.say('next');
    expect((await second).value.events).toMatchObject([{ text: 'next' }]);
    stop.abort();
  });

  it('drops a message that comes again under another event id', async () => {
    await using world = await open();
    const { reader } = await world.start();
    world.fake.say('once');
    await reader.event(0);
    const again = world.fake.redeliver();
    expect((await again.first)?.code).toBe(200);
    world.fake.say('then');
    await reader.event(1);
    expect(texts(reader.events)).toEqual(['once', 'then']);
  });

  it('puts fragments together', async () => {
    await using world = await open();
    const { reader } = await world.start();
    world.fake.say('x'.repeat(5_000), { fragments: 4 });
    await reader.event(0);
    expect(texts(reader.events)[0]).toHaveLength(5_000);
  });

  it('fetches after a restart what was said meanwhile, in chats, private chats and topics, once', async () => {
    await using world = await open({ rules: { redeliversOnConnect: false } });
    const before = await world.start();
    const group = world.fake.addChat('group');
    const topics = world.fake.addChat('topic');
    world.fake.say('private before');
    world.fake.say('group before', { chat: group });
    const root = world.fake.say('topic before', { chat: topics });
    await before.reader.event(2);
    await before.reader.stop();
    world.fake.say('private meanwhile', { isLost: true });
    world.fake.say('group meanwhile', { chat: group, isLost: true });
    world.fake.say('topic meanwhile', { chat: topics, replyTo: root.id, isLost: true });
    const after = await world.start({}, before.reader.cursor);
    await after.reader.event(2);
    world.fake.say('the end');
    await after.reader.event(3);
    expect(texts(after.reader.events).sort()).toEqual(['group meanwhile', 'private meanwhile', 'the end', 'topic meanwhile']);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('notices that it is deaf although the socket answers pings, fetches what it missed, and connects anew', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const { reader } = await world.start();
    world.fake.say('heard');
    await reader.event(0);
    world.fake.connections.deafen({ keepsPongs: true });
    world.fake.say('unheard', { isLost: true });
    for (let at = 0; at < 5 * 60; at += 5) await clock.advance(5_000);
    await reader.event(1);
    expect(texts(reader.events)).toEqual(['heard', 'unheard']);
    await world.fake.until(() => world.fake.connections.connects === 2 && world.fake.connections.open > 0);
    world.fake.say('again');
    await reader.event(2);
  });

  it('does not take the messages of other bots, of which no event tells, for a sign that it is deaf', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const { reader } = await world.start();
    const group = world.fake.addChat('group');
    world.fake.say('heard', { chat: group });
    await reader.event(0);
    world.fake.say('the build is green', { chat: group, from: 'cli_other', isBot: true, mentionsBot: false, isLost: true });
    for (let at = 0; at < 5 * 60; at += 5) await clock.advance(5_000);
    expect(await reader.event(1)).toMatchObject({ actor: { isBot: true } });
    for (let at = 0; at < 2 * 60; at += 5) await clock.advance(5_000);
    world.fake.say('still heard', { chat: group });
    await reader.event(2);
    expect(world.fake.connections.connects).toBe(1);
  });

  it('comes back from a half-open socket and reads what was lost on it', async () => {
    await using world = await open({ clientConfig: { PingInterval: 1 }, rules: { redeliversOnConnect: false } });
    const { reader } = await world.start({ pongTimeoutS: 0.3 });
    world.fake.say('heard');
    await reader.event(0);
    world.fake.connections.deafen();
    world.fake.say('into the void');
    await reader.event(1);
    expect(texts(reader.events)).toEqual(['heard', 'into the void']);
    expect(world.fake.connections.connects).toBeGreaterThanOrEqual(2);
  });

  it('replaces a connection that has given up', async () => {
    const clock = createManualClock();
    await using world = await open({ clock, clientConfig: { ReconnectCount: 1, ReconnectInterval: 0.01 } });
    const { reader } = await world.start();
    world.fake.connections.refuse(1);
    world.fake.connections.drop();
    await world.fake.until(() => world.fake.connections.open === 0);
    for (let n = 0; world.fake.connections.open === 0 && n < 400; n += 1) {
      await clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    world.fake.say('hello again');
    await reader.event(0);
    expect(texts(reader.events)).toEqual(['hello again']);
  });

  it('fetches a new token when the old one dies in the middle', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    world.fake.say('hi');
    const event = await reader.event(0);
    world.fake.expireTokens();
    await Promise.all(
      ['a', 'b', 'c'].map((key) => channel.send({ markdown: key }, { to: event.scope, reply: event.reply, key: key as never })),
    );
    expect(world.fake.sent).toHaveLength(3);
    expect(world.fake.requests.filter((one) => one.operation === 'token')).toHaveLength(2);
  });

  it('says that only a person can help where the secret is wrong', async () => {
    await using world = await open();
    const reader = read(world.connect({ appSecret: 'wrong' }));
    const error = await reader.ended.catch((reason: unknown) => reason);
    expect(isGatewayError(error) && error.code).toBe('channel.unauthorized');
    expect(JSON.stringify(error) + String(error)).not.toContain('wrong');
  });

  it('says so as well where the app may not have a long connection', async () => {
    await using world = await open();
    world.fake.fail('discovery', { type: 'code', code: 514, msg: 'AuthFailed', data: {} });
    const error = await read(world.connect()).ended.catch((reason: unknown) => reason);
    expect(isGatewayError(error) && error.code).toBe('channel.unauthorized');
    expect(isGatewayError(error) && error.remedy).toContain('long connection');
  });

  it('waits out a platform that is away at the start', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    world.fake.fail('bot.info', { type: 'status', status: 502 }, { type: 'drop' });
    const reader = read(world.connect());
    for (let n = 0; world.fake.connections.open === 0 && n < 400; n += 1) {
      await clock.advance(500);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    world.fake.say('hello');
    await reader.event(0);
    await reader.stop();
  });
});
