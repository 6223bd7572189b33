import { type ChannelBatch, type Cursor, isGatewayError } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import type { IlinkFault } from '@threadbridge/testkit/ilink';
import { expect, it } from 'vitest';
import { setUp, take, takeOne } from './set-up.ts';

it('keeps 64-bit ids exact, so that neighbours are two messages', async () => {
  await using world = await setUp();
  const said = [world.fake.say('one'), world.fake.say('two')];
  const { events } = await take(world.channel, 2);
  expect(events.map((event) => event.id)).toEqual(said.map((one) => String(one.message_id)));
  expect(Number(events[0]?.id)).toBe(Number(events[1]?.id));
});

it('gives a cursor only together with its batch, and asks under the old one until then', async () => {
  await using world = await setUp();
  world.fake.say('one');
  const cursors: unknown[] = [];
  const stop = new AbortController();
  for await (const batch of world.channel.receive({ signal: stop.signal })) {
    cursors.push(...polls(world).slice(-1));
    expect(batch.cursor).toBeDefined();
    stop.abort();
  }
  expect(cursors).toEqual(['']);
});

const polls = (world: Awaited<ReturnType<typeof setUp>>) =>
  world.fake.requests
    .filter((one) => one.endpoint === 'getupdates')
    .map((one) => (one.body as { get_updates_buf: string }).get_updates_buf);

it('begins anew with another login, whose cursor the old one is not', async () => {
  await using world = await setUp();
  world.fake.say('before');
  const { cursor } = await take(world.channel, 1);
  world.fake.expireSession();
  const code = world.fake.phone.code();
  await fetch(`${world.fake.url}/ilink/bot/get_bot_qrcode?bot_type=3`, { method: 'POST', body: '{}' });
  await code;
  world.fake.phone.confirm();
  world.fake.say('after');
  const next = await takeOne(world.connect({ credentials: world.fake.credentials }), cursor);
  expect(next.text).toBe('after');
  expect(polls(world).at(-1)).toBe('');
});

it('tells the service that it comes and goes', async () => {
  await using world = await setUp();
  world.fake.say('hello');
  const stop = new AbortController();
  for await (const _ of world.channel.receive({ signal: stop.signal })) {
    expect(world.fake.isOnline).toBe(true);
    stop.abort();
  }
  await world.fake.until(() => !world.fake.isOnline);
});

it.each<[string, IlinkFault]>([
  ['an answer cut in the middle', { type: 'cut' }],
  ['a dropped connection', { type: 'drop' }],
  ['a gateway error', { type: 'status', status: 502 }],
  ['a sign-in page', { type: 'garbage' }],
  ['a refusal', { type: 'refuse', ret: -1, errmsg: 'system error' }],
  ['one word of an ended session', { type: 'refuse', errcode: -14 }],
])('goes on after %s, and loses nothing', async (_, fault) => {
  const clock = createManualClock();
  await using world = await setUp({ clock });
  world.fake.fail('getupdates', fault);
  world.fake.say('still here');
  const received = takeOne(world.channel);
  let event: unknown;
  void received.then((one) => {
    event = one;
  });
  while (event === undefined) await clock.advance(200);
  expect(event).toMatchObject({ text: 'still here' });
  expect(world.fake.mistakes).toEqual([]);
});

it('waits longer after each failure in a row', async () => {
  const clock = createManualClock();
  await using world = await setUp({ clock });
  const down: IlinkFault = { type: 'status', status: 503 };
  world.fake.fail('getupdates', down, down, down, down, down, down, down);
  const stop = new AbortController();
  const ended = drain(world.channel.receive({ signal: stop.signal }));
  while (world.fake.polls === 0) await clock.advance(250);
  const times = world.fake.requests.filter((one) => one.endpoint === 'getupdates').map((one) => one.at);
  const pauses = times.slice(1).map((at, index) => Math.round((at - (times[index] ?? 0)) / 1_000));
  expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30]);
  stop.abort();
  await ended;
});

it('takes the timeout that the service proposes, with a margin', async () => {
  const clock = createManualClock();
  await using world = await setUp({ clock, hintMs: 10_000, holdMs: 3_600_000 });
  world.fake.say('hello');
  const stop = new AbortController();
  const ended = drain(world.channel.receive({ signal: stop.signal }));
  await world.fake.until(() => world.fake.polls === 1);
  const count = polls(world).length;
  const startedAt = clock.now();
  while (polls(world).length === count) await clock.advance(1_000);
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(15_000);
  expect(clock.now() - startedAt).toBeLessThanOrEqual(17_000);
  stop.abort();
  await ended;
});

it('asks for less where a proxy ends idle polls, without a pause', async () => {
  const clock = createManualClock();
  await using world = await setUp({ clock, holdMs: 3_600_000 });
  world.fake.fail('getupdates', { type: 'status', status: 524, afterMs: 16_000 });
  const stop = new AbortController();
  const ended = drain(world.channel.receive({ signal: stop.signal }));
  while (polls(world).length < 3) await clock.advance(500);
  const times = world.fake.requests.filter((one) => one.endpoint === 'getupdates').map((one) => one.at);
  expect((times[2] ?? 0) - (times[1] ?? 0)).toBeLessThan(16_000);
  stop.abort();
  await ended;
});

it('survives a poll that hangs for ever', async () => {
  const clock = createManualClock();
  await using world = await setUp({ clock });
  world.fake.fail('getupdates', { type: 'hang' });
  world.fake.say('late');
  let event: unknown;
  void takeOne(world.channel).then((one) => {
    event = one;
  });
  while (event === undefined) await clock.advance(1_000);
  expect(event).toMatchObject({ text: 'late' });
});

it('asks once more when the session has ended, then says that a person must log in', async () => {
  await using world = await setUp();
  world.fake.expireSession();
  const error = await drain(world.channel.receive({ signal: new AbortController().signal })).catch((reason: unknown) => reason);
  expect(isGatewayError(error) && error.code).toBe('channel.unauthorized');
  expect(isGatewayError(error) && error.remedy).toContain('QR code');
  expect(polls(world)).toHaveLength(2);
});

it('drops what comes twice in one answer, and keeps what comes in another order', async () => {
  await using world = await setUp();
  for (const text of ['a', 'b', 'c']) world.fake.say(text);
  world.fake.fail('getupdates', { type: 'duplicate' });
  expect((await take(world.channel, 3)).events.map((event) => event.text)).toEqual(['a', 'b', 'c']);
  world.fake.fail('getupdates', { type: 'reorder' });
  expect((await take(world.connect(), 3)).events.map((event) => event.text)).toEqual(['c', 'b', 'a']);
});

it('yields what was not acknowledged again, also where the service gives every answer once', async () => {
  await using world = await setUp({ repeatsAnswered: false });
  const first = world.fake.say('one');
  await expect(
    (async () => {
      for await (const _ of world.channel.receive({ signal: new AbortController().signal })) throw new Error('the disk is full');
    })(),
  ).rejects.toThrow('disk');
  world.fake.say('two');
  const { events } = await take(world.channel, 2);
  expect(events.map((event) => event.text)).toEqual(['one', 'two']);
  expect(events[0]?.id).toBe(String(first.message_id));
});

it('ends a poll that is being held as soon as it is told to, and an earlier reader when a new one comes', async () => {
  await using world = await setUp();
  const earlier = drain(world.channel.receive({ signal: new AbortController().signal }));
  await world.fake.until(() => world.fake.polls === 1);
  const stop = new AbortController();
  const later = drain(world.channel.receive({ signal: stop.signal }));
  await earlier;
  await world.fake.until(() => world.fake.polls === 1);
  stop.abort();
  await later;
  await world.fake.until(() => world.fake.polls === 0);
  expect(world.fake.mistakes).toEqual([]);
});

async function drain(feed: AsyncIterable<ChannelBatch>): Promise<Cursor | undefined> {
  let cursor: Cursor | undefined;
  for await (const batch of feed) cursor = batch.cursor;
  return cursor;
}

it('asks once more after the session has ended, however much went wrong before', async () => {
  const clock = createManualClock();
  await using world = await setUp({ clock });
  world.fake.fail('getupdates', { type: 'status', status: 503 }, { type: 'drop' }, { type: 'refuse', errcode: -14 });
  world.fake.say('still here');
  let event: unknown;
  void takeOne(world.channel).then((one) => {
    event = one;
  });
  while (event === undefined) await clock.advance(200);
  expect(event).toMatchObject({ text: 'still here' });
});
