import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asId, isGatewayError, type Logger, type ScopeId } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import type { IlinkFault } from '@threadbridge/testkit/ilink';
import { expect, it } from 'vitest';
import { replyTo, setUp, takeOne } from './set-up.ts';

async function failure(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isGatewayError(error)) throw new Error(`Not refused: ${String(error)}`);
  return error;
}

it('says Markdown as chat text, and answers with the id that people may quote', async () => {
  await using world = await setUp();
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  const sent = await world.channel.send({ markdown: '## Done\n**All** tests pass.' }, replyTo(event));
  expect(world.fake.sent).toMatchObject([{ text: '【Done】\nAll tests pass.', to: 'owner@im.wechat' }]);
  expect(sent.id).toBe(String(world.fake.sent[0]?.id));
  expect(world.fake.mistakes).toEqual([]);
});

it('sends Markdown as it is, if that is wanted', async () => {
  await using world = await setUp({}, { textStyle: 'markdown' });
  world.fake.say('hello');
  await world.channel.send({ markdown: '**x**' }, replyTo(await takeOne(world.channel)));
  expect(world.fake.sent[0]?.text).toBe('**x**');
});

it('takes ids that come as text', async () => {
  await using world = await setUp({ idsAsText: true });
  world.fake.say('hello');
  expect((await world.channel.send({ markdown: 'x' }, replyTo(await takeOne(world.channel)))).id).toBe(
    String(world.fake.sent[0]?.id),
  );
});

it('makes no id up where the service names none', async () => {
  await using world = await setUp();
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  world.fake.fail('sendmessage', { type: 'no-id' });
  expect(await world.channel.send({ markdown: 'x' }, replyTo(event))).toEqual({});
});

it.each<[string, IlinkFault, string, boolean, unknown]>([
  ['budget', { type: 'refuse', ret: -2, errmsg: 'prepare failed' }, 'channel.rate_limited', true, 'never'],
  ['unnamed -2', { type: 'refuse', ret: -2 }, 'channel.rate_limited', true, 'never'],
  ['haste', { type: 'refuse', ret: -2, errmsg: 'rate limited' }, 'channel.rate_limited', true, { afterMs: 60_000 }],
  ['haste by code', { type: 'refuse', ret: -12 }, 'channel.rate_limited', true, { afterMs: 60_000 }],
  ['session', { type: 'refuse', ret: 0, errcode: -14 }, 'channel.unauthorized', true, 'never'],
  ['argument', { type: 'refuse', ret: -3, errmsg: 'invalid argument' }, 'channel.rejected', true, 'never'],
  ['gateway', { type: 'status', status: 502 }, 'channel.unreachable', false, 'backoff'],
  ['cut answer', { type: 'cut' }, 'channel.unreachable', false, 'backoff'],
  ['dropped connection', { type: 'drop' }, 'channel.unreachable', false, 'backoff'],
  ['no JSON', { type: 'garbage' }, 'channel.unreachable', false, 'backoff'],
])('a failure by %s is told for what it is', async (_, fault, code, certain, retry) => {
  await using world = await setUp();
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  world.fake.fail('sendmessage', fault);
  expect(await failure(world.channel.send({ markdown: 'secret words' }, replyTo(event)))).toMatchObject({ code, certain, retry });
});

it('knows that nothing was sent where no connection was made', async () => {
  await using world = await setUp();
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
  const error = await failure(world.connect({ baseUrl: `http://127.0.0.1:${port}` }).send({ markdown: 'x' }, replyTo(event)));
  expect(error).toMatchObject({ code: 'channel.unreachable', certain: true });
});

it('does not know what became of a message that nobody answered', async () => {
  const clock = createManualClock();
  await using world = await setUp({ clock });
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  world.fake.fail('sendmessage', { type: 'hang', isProcessed: true });
  let error: unknown;
  void failure(world.channel.send({ markdown: 'x' }, replyTo(event))).then((one) => {
    error = one;
  });
  while (error === undefined) await clock.advance(1_000);
  expect(error).toMatchObject({ code: 'channel.unreachable', certain: false });
});

it('does not send where it may not: without a context token, to a group, after an abort, nothing at all', async () => {
  await using world = await setUp();
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  const to = replyTo(event);
  expect(await failure(world.channel.send({ markdown: 'x' }, { ...to, reply: null }))).toMatchObject({
    code: 'channel.rate_limited',
    certain: true,
  });
  const group = { ...event.scope, id: asId<ScopeId>('wechat:group:g1') };
  expect(await failure(world.channel.send({ markdown: 'x' }, { ...to, to: group }))).toMatchObject({
    code: 'channel.unsupported',
    certain: true,
  });
  expect(await failure(world.channel.send({ markdown: 'x' }, { ...to, signal: AbortSignal.abort() }))).toMatchObject({
    certain: true,
  });
  expect(await failure(world.channel.send({ markdown: ' ' }, to))).toMatchObject({ code: 'channel.rejected', certain: true });
  expect(world.fake.requests.filter((one) => one.endpoint === 'sendmessage')).toEqual([]);
});

it('keeps the client id of a key, in any process', async () => {
  await using world = await setUp();
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  const refused: IlinkFault = { type: 'refuse', ret: -2 };
  world.fake.fail('sendmessage', refused, refused);
  for (const channel of [world.channel, world.connect()])
    await failure(channel.send({ markdown: 'x' }, replyTo(event, 'the key')));
  const ids = world.fake.requests
    .filter((one) => one.endpoint === 'sendmessage')
    .map((one) => (one.body as { msg: { client_id: string } }).msg.client_id);
  expect(ids).toEqual([ids[0], ids[0]]);
  expect(ids[0]).toContain(createHash('sha256').update('the key').digest('hex').slice(0, 32));
});

it('keeps order and distance per person', async () => {
  const clock = createManualClock();
  await using world = await setUp({ clock }, { spacingMs: 2_000 });
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  const sends = ['a', 'b', 'c'].map((markdown) => world.channel.send({ markdown }, replyTo(event)));
  while (world.fake.sent.length < 3) await clock.advance(100);
  await Promise.all(sends);
  expect(world.fake.sent.map((one) => one.text)).toEqual(['a', 'b', 'c']);
  const [a, b, c] = world.fake.sent.map((one) => one.at);
  expect((b ?? 0) - (a ?? 0)).toBeGreaterThanOrEqual(2_000);
  expect((c ?? 0) - (b ?? 0)).toBeGreaterThanOrEqual(2_000);
});

it('tells nobody its secrets: not in errors, not in logs', async () => {
  const lines: string[] = [];
  const note = (fields: object, message: string) => void lines.push(JSON.stringify(fields) + message);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  await using world = await setUp({}, { logger });
  world.fake.say('my words');
  const event = await takeOne(world.channel);
  const token = world.fake.credentials.token;
  world.fake.fail(
    'sendmessage',
    { type: 'refuse', ret: -3, errmsg: `bad token ${token}` },
    { type: 'drop' },
    { type: 'garbage' },
  );
  for (let n = 0; n < 3; n += 1) {
    const error = await failure(world.channel.send({ markdown: 'her words' }, replyTo(event)));
    lines.push(error.message, error.remedy ?? '', error.stack ?? '');
  }
  world.fake.expireSession();
  await take401(world);
  const said = lines.join('\n');
  for (const secret of [token, 'my words', 'her words', JSON.stringify(event.reply).slice(17, 30)])
    expect(said).not.toContain(secret);
  expect(lines.length).toBeGreaterThan(9);
});

async function take401(world: Awaited<ReturnType<typeof setUp>>): Promise<void> {
  await takeOne(world.channel, undefined).catch(() => {});
}

it('shows the typing sign while it is wanted, renews it, and always takes it away', async () => {
  const clock = createManualClock();
  await using world = await setUp({ clock });
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  const stop = new AbortController();
  const typing = world.channel.capabilities.typing.start(event.scope, event.reply, stop.signal);
  await world.fake.until(() => world.fake.isTyping());
  const signs = () => world.fake.requests.filter((one) => one.endpoint === 'sendtyping').length;
  world.fake.fail('sendtyping', { type: 'drop' });
  while (signs() < 4) await clock.advance(1_000);
  stop.abort();
  await typing;
  expect(world.fake.isTyping()).toBe(false);
  expect(world.fake.sent).toEqual([]);
  expect(world.fake.mistakes).toEqual([]);
});

it('takes away a typing sign that another process left', async () => {
  await using world = await setUp();
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  const { typing } = world.channel.capabilities;
  const left = new AbortController();
  const showing = typing.start(event.scope, event.reply, left.signal);
  await world.fake.until(() => world.fake.isTyping());
  await typing.clear?.(event.scope, event.reply);
  expect(world.fake.isTyping()).toBe(false);
  left.abort();
  await showing;
  expect(world.fake.mistakes).toEqual([]);
});

it('takes the typing sign away also where it is stopped in the middle of showing it', async () => {
  await using world = await setUp();
  world.fake.say('hello');
  const event = await takeOne(world.channel);
  const stop = new AbortController();
  const typing = world.channel.capabilities.typing.start(event.scope, event.reply, stop.signal);
  await world.fake.until(() => world.fake.requests.some((one) => one.endpoint === 'sendtyping'));
  stop.abort();
  await typing;
  expect(world.fake.isTyping()).toBe(false);
});
