import {
  asId,
  emptyView,
  type ItemId,
  isGatewayError,
  type LiveRef,
  type RunView,
  reduceView,
  type SendOptions,
} from '@threadbridge/contract';
import { createManualClock, type ManualClock, settled } from '@threadbridge/contract/testing';
import { countTables } from '@threadbridge/testkit/feishu';
import { describe, expect, it } from 'vitest';
import type { FeishuChannel } from '../src/index.ts';
import { heard, open, type World } from './set-up.ts';

const said = (text: string, more: Partial<RunView> = {}): RunView => ({
  ...emptyView,
  status: 'running',
  texts: text === '' ? [] : [{ item: asId('i'), text, isDraft: true }],
  ...more,
});
const done = (text: string, more: Partial<RunView> = {}) => said(text, { status: 'completed', ...more });
const command = (id: string, status: 'inProgress' | 'completed' = 'completed') =>
  ({ type: 'command', id: asId<ItemId>(id), command: `npm run ${id}`, status }) as const;

/** Somebody has asked; runs of the channel can be shown. */
async function asked(world: World, channel: FeishuChannel, chat?: string): Promise<SendOptions> {
  const stop = new AbortController();
  const feed = channel.receive({ signal: stop.signal })[Symbol.asyncIterator]();
  const first = feed.next();
  await world.fake.until(() => world.fake.connections.open > 0);
  world.fake.say('go', chat === undefined ? {} : { chat });
  const [event] = (await first).value.events;
  stop.abort();
  await feed.next();
  return { to: event.scope, reply: event.reply, key: asId('run/live') };
}

/** Lets time pass whenever somebody waits for it, until this is done. */
async function passing<T>(clock: ManualClock, work: Promise<T>): Promise<T> {
  let isDone = false;
  const over = work.finally(() => {
    isDone = true;
  });
  over.catch(() => {});
  while (!isDone) {
    await settled();
    if (clock.sleeping > 0) await clock.advance(50);
  }
  return over;
}

const answerOf = (card: unknown): string => {
  const body = (card as { readonly body: { readonly elements: readonly { element_id?: string; content?: string }[] } }).body;
  return body.elements.find((one) => one.element_id === 'answer')?.content ?? '';
};
const codeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return isGatewayError(error) ? error.code : error;
};

describe('FS-5: run cards', () => {
  it('type an answer of 30,000 pieces, in order, within the limits, and end', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const channel = world.connect();
    const { live } = channel.capabilities;
    const to = await asked(world, channel);
    let view: RunView = said('');
    const ref = await passing(clock, live.open(view, to));
    for (let n = 0; n < 30_000; n += 1) {
      view = reduceView(view, { type: 'text.delta', item: asId('i'), delta: n % 10 === 9 ? '.\n' : 'w ' });
      if (n % 300 !== 0) continue;
      await clock.advance(live.minIntervalMs ?? 0);
      await passing(clock, live.update(ref, view));
      if (n > 600) expect(world.fake.cards[0]?.isStreaming).toBe(true);
    }
    const code = await passing(clock, codeOf(live.close(ref, { ...view, status: 'completed' })));
    expect(code).toBe('channel.rejected');
    const [card] = world.fake.cards;
    expect(card).toMatchObject({ isStreaming: false });
    expect(answerOf(card?.json)).toContain('follows below');
    expect(card?.operations.length).toBeLessThan(130);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('hold an answer that fits, with steps, plan, changes and usage, and no controls at the end', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const channel = world.connect({ language: 'zh' });
    const { live } = channel.capabilities;
    const ref = await passing(clock, live.open(said(''), await asked(world, channel)));
    const plan = [{ step: 'look', status: 'completed' }] as const;
    await passing(clock, live.update(ref, said('Loo', { steps: [command('lint', 'inProgress')], plan })));
    expect(JSON.stringify(world.fake.cards[0]?.json)).toMatch(/npm run lint.*停止/s);
    const usage = { total: { input: 9, cachedInput: 0, output: 8, reasoning: 0 } } as never;
    await passing(clock, live.close(ref, done('Looks good.', { steps: [command('lint')], plan, usage, diff: '+a' })));
    const [card] = world.fake.cards;
    expect(answerOf(card?.json)).toBe('Looks good.');
    expect(card).toMatchObject({ isStreaming: false, summary: 'Looks good.' });
    expect(JSON.stringify(card?.json)).not.toMatch(/steer_form/);
    expect(card?.operations.map((one) => one.operation)).toEqual(['card.update', 'card.update', 'card.settings']);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('live through forty minutes, of which twenty are silent', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const channel = world.connect();
    const { live } = channel.capabilities;
    let text = 'Start.';
    const ref = await passing(clock, live.open(said(text), await asked(world, channel)));
    const minute = async () => {
      await clock.advance(60_000);
      text += ' More.';
      await passing(clock, live.update(ref, said(text)));
      expect(answerOf(world.fake.cards[0]?.json)).toBe(text);
    };
    for (let n = 0; n < 10; n += 1) await minute();
    await clock.advance(20 * 60_000);
    for (let n = 0; n < 10; n += 1) await minute();
    await passing(clock, live.close(ref, done(text)));
    expect(world.fake.cards).toMatchObject([{ isStreaming: false }]);
    expect(world.fake.sent).toHaveLength(1);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('are closed by another process that has nothing but the ref', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const first = world.connect();
    const to = await asked(world, first);
    const ref = await passing(clock, first.capabilities.live.open(said('half an ans'), to));
    await clock.advance(5_000);
    await passing(clock, first.capabilities.live.update(ref, said('half an answer')));
    const kept = JSON.parse(JSON.stringify(ref)) as LiveRef;
    const second = world.connect();
    await clock.advance(1_000);
    await passing(clock, second.capabilities.live.close(kept, done('the whole answer')));
    await passing(clock, second.capabilities.live.close(kept, done('the whole answer')));
    expect(world.fake.cards).toMatchObject([{ isStreaming: false, summary: 'the whole answer' }]);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('are closed within seconds by a process whose clock was put back since they were changed', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const ahead = world.connect({ clock: { now: () => clock.now() + 3 * 24 * 3_600_000, sleep: clock.sleep } });
    const ref = await passing(clock, ahead.capabilities.live.open(said('half an ans'), await asked(world, ahead)));
    await passing(clock, ahead.capabilities.live.update(ref, said('half an answer')));
    const startedAt = clock.now();
    await passing(clock, world.connect().capabilities.live.close(ref, done('the whole answer')));
    expect(clock.now() - startedAt).toBeLessThan(3_000);
    expect(world.fake.cards).toMatchObject([{ isStreaming: false, summary: 'the whole answer' }]);
    expect(world.fake.sent).toHaveLength(1);
  });

  it('are found again when the process died between showing and remembering', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const channel = world.connect();
    const to = await asked(world, channel);
    await passing(clock, channel.capabilities.live.open(said('a'), to));
    await clock.advance(60_000);
    const second = world.connect();
    const ref = await passing(clock, second.capabilities.live.open(said('ab'), to));
    await passing(clock, second.capabilities.live.close(ref, done('abc')));
    expect(world.fake.sent).toHaveLength(1);
    expect(world.fake.sent[0]?.text).toContain('abc');
    expect(world.fake.cards.filter((one) => one.message !== undefined)).toMatchObject([{ isStreaming: false }]);
  });

  it('move to a new message when theirs is gone, or when they are too old', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const channel = world.connect();
    const { live } = channel.capabilities;
    const first = await passing(clock, live.open(said('a'), await asked(world, channel)));
    world.fake.fail('card.update', { type: 'code', code: 230_011 });
    const second = await passing(clock, live.update(first, said('ab')));
    expect(second).toBeDefined();
    await clock.advance(13.6 * 24 * 3_600_000);
    const third = await passing(clock, live.update(second ?? null, said('abc')));
    await passing(clock, live.close(third ?? null, done('abcd')));
    expect(world.fake.sent.map((one) => one.text).map((text) => text.includes('newer message'))).toEqual([false, true, false]);
    expect(world.fake.cards.slice(1).map((one) => one.isStreaming)).toEqual([false, false]);
  });

  it('go on after a lost answer, a click, a full minute of refusals, and a sequence that was used up', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const channel = world.connect();
    const { live } = channel.capabilities;
    const ref = await passing(clock, live.open(said('a'), await asked(world, channel)));
    const faults = [
      { type: 'drop', isProcessed: true },
      { type: 'code', code: 200_810 },
      { type: 'rate' },
      { type: 'code', code: 300_317 },
      { type: 'status', status: 502 },
    ] as const;
    let text = 'a';
    for (const fault of faults) {
      world.fake.fail('element.content', fault);
      for (let n = 0; n < 3; n += 1) {
        text += 'b';
        await clock.advance(400);
        await passing(clock, live.update(ref, said(text)));
      }
      expect(answerOf(world.fake.cards[0]?.json)).toBe(text);
    }
    world.fake.fail('card.update', { type: 'drop', isProcessed: true }, { type: 'code', code: 200_810 }, { type: 'rate' });
    world.fake.fail('card.settings', { type: 'status', status: 500 }, { type: 'code', code: 300_317 });
    await passing(clock, live.close(ref, done(`${text}!`)));
    expect(answerOf(world.fake.cards[0]?.json)).toBe(`${text}!`);
    expect(world.fake.cards[0]?.isStreaming).toBe(false);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('take sixty tables: three as tables, the others as text that stands in columns', async () => {
    const clock = createManualClock();
    await using world = await open({ clock, rules: { maxCardTables: 3 } });
    const channel = world.connect();
    const { live } = channel.capabilities;
    const tables = Array.from({ length: 60 }, (_, n) => `| a${n} | b |\n| --- | --- |\n| ${n} | x |`).join('\n\n');
    const to = await asked(world, channel);
    const ref = await passing(clock, live.open(said(tables.slice(0, 400)), to));
    await passing(clock, live.update(ref, said(tables)));
    await passing(clock, live.close(ref, done(tables)));
    const answer = answerOf(world.fake.cards[0]?.json);
    expect(countTables(answer)).toBe(3);
    expect(answer).toContain('| 59 | x |');
    await passing(clock, channel.send({ markdown: tables }, { ...to, key: asId('m') }));
    expect(world.fake.sent.at(-1)?.type).toBe('interactive');
    expect(world.fake.mistakes).toEqual([]);
  });

  it('show the answer alone where the platform does not like the rest, and give it up where it likes nothing', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const channel = world.connect();
    const { live } = channel.capabilities;
    const ref = await passing(clock, live.open(said('a'), await asked(world, channel)));
    world.fake.fail('card.batch', { type: 'code', code: 300_303 });
    await passing(clock, live.update(ref, said('ab', { steps: [command('x')] })));
    expect(answerOf(world.fake.cards[0]?.json)).toBe('ab');
    world.fake.fail('card.update', { type: 'code', code: 230_028 });
    expect(await passing(clock, codeOf(live.close(ref, done('secret@example.org'))))).toBe('channel.rejected');
    expect(world.fake.cards[0]).toMatchObject({ isStreaming: false });
  });

  it('are replaced as a whole where the platform does not give them a name', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const channel = world.connect();
    const { live } = channel.capabilities;
    world.fake.fail('card.convert', { type: 'code', code: 99_991_672, msg: 'needs cardkit:card:write' });
    const ref = await passing(clock, live.open(said('a'), await asked(world, channel)));
    await passing(clock, live.update(ref, said('ab')));
    expect(answerOf(world.fake.sent[0]?.card)).toBe('ab');
    await passing(clock, live.close(ref, done('abc')));
    expect(answerOf(world.fake.sent[0]?.card)).toBe('abc');
    expect(world.fake.cards).toEqual([]);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('are taken back where they cannot even be ended', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const channel = world.connect();
    const { live } = channel.capabilities;
    const ref = await passing(clock, live.open(said('a'), await asked(world, channel)));
    world.fake.fail('card.update', { type: 'code', code: 230_028 }, { type: 'code', code: 230_028 });
    expect(await passing(clock, codeOf(live.close(ref, done('abc'))))).toBe('channel.rejected');
    expect(world.fake.sent).toMatchObject([{ isDeleted: true }]);
  });

  it('are not offered where another look is wanted', async () => {
    await using world = await open();
    const channel = world.connect({ replyMode: 'text' });
    expect(await codeOf(channel.capabilities.live.open(said('a'), await asked(world, channel)))).toBe('channel.unsupported');
  });
});

describe('FS-6: messages', () => {
  it('of two megabytes come whole and in order, as fast as a chat may be written to', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const channel = world.connect();
    const to = await asked(world, channel, world.fake.addChat('group'));
    const line = (n: number) => `line ${n} of a long answer with "quotes" and 中文\n${n % 50 === 0 ? '\n' : ''}`;
    const text = Array.from({ length: 40_000 }, (_, n) => line(n)).join('');
    expect(Buffer.byteLength(text)).toBeGreaterThan(1_900_000);
    for (const [n, part] of channel.split(text).entries())
      await passing(clock, channel.send({ markdown: part }, { ...to, key: asId(`part/${n}`) }));
    const all = world.fake.sent.map((one) => one.text).join('\n');
    const numbers = Array.from(all.matchAll(/^line (\d+) of/gm), (match) => Number(match[1]));
    expect(numbers).toEqual(Array.from({ length: 40_000 }, (_, n) => n));
    expect(world.fake.mistakes).toEqual([]);
  });

  it('look as they were asked to, per conversation', async () => {
    await using world = await open();
    const channel = world.connect({ replyMode: (scope) => (scope.kind === 'private' ? 'markdown' : 'text') });
    const to = await asked(world, channel);
    await channel.send({ markdown: '**a**' }, { ...to, key: asId('1') });
    const group = await asked(world, channel, world.fake.addChat('group'));
    await channel.send({ markdown: '**b**' }, { ...group, key: asId('2') });
    expect(world.fake.sent.map((one) => one.type)).toEqual(['post', 'text']);
  });

  it('fall back to plainer forms when a form is refused, and never twice', async () => {
    await using world = await open();
    const channel = world.connect();
    const to = await asked(world, channel);
    world.fake.fail('message.create', { type: 'code', code: 230_099, msg: 'ErrCode: 11310' });
    await channel.send({ markdown: 'a' }, { ...to, key: asId('1') });
    world.fake.fail('message.create', { type: 'code', code: 230_099 }, { type: 'code', code: 230_001 });
    await channel.send({ markdown: 'b' }, { ...to, key: asId('2') });
    world.fake.fail('message.create', { type: 'drop', isProcessed: true });
    expect(await codeOf(channel.send({ markdown: 'c' }, { ...to, key: asId('3') }))).toBe('channel.unreachable');
    await channel.send({ markdown: 'c' }, { ...to, key: asId('3') });
    expect(world.fake.sent.map((one) => [one.type, one.text])).toEqual([
      ['post', 'a'],
      ['text', 'b'],
      ['interactive', expect.stringContaining('c')],
    ]);
  });

  it('never ring everybody because a model wrote so', async () => {
    await using world = await open();
    const channel = world.connect();
    const to = await asked(world, channel);
    await channel.send({ markdown: '<at id=all></at> <at user_id="all">all</at>' }, { ...to, key: asId('1') });
    expect(JSON.stringify(world.fake.sent)).not.toContain('<at');
  });

  it('say which errors are what', async () => {
    await using world = await open();
    const channel = world.connect();
    const chat = world.fake.addChat('group');
    const to = await asked(world, channel, chat);
    const send = (key: string) => channel.send({ markdown: 'x' }, { ...to, key: asId(key) });
    world.fake.fail('message.reply', { type: 'code', code: 99_991_672, msg: 'Access denied: [im:message:send_as_bot]' });
    world.fake.fail('message.reply', { type: 'code', code: 99_991_672, msg: 'Access denied: [im:message:send_as_bot]' });
    world.fake.fail('message.reply', { type: 'code', code: 99_991_672, msg: 'Access denied: [im:message:send_as_bot]' });
    const error = await send('1').catch((reason: unknown) => reason);
    expect(isGatewayError(error) && error).toMatchObject({ code: 'channel.rejected', certain: true });
    expect(isGatewayError(error) && error.remedy).toContain('im:message:send_as_bot');
    world.fake.removeBot(chat);
    expect(await codeOf(send('2'))).toBe('channel.target_gone');
    await world.fake.close();
    const away = await send('3').catch((reason: unknown) => reason);
    expect(isGatewayError(away) && away).toMatchObject({ code: 'channel.unreachable', certain: true, retry: 'backoff' });
  });

  it('reply elsewhere when the message to reply to was taken back', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    const topics = world.fake.addChat('topic');
    const root = world.fake.say('root', { chat: topics });
    const second = world.fake.say('second', { chat: topics, replyTo: root.id });
    const event = await reader.event(1);
    world.fake.recall(second);
    await channel.send({ markdown: 'still here' }, { to: event.scope, reply: event.reply, key: asId('1') });
    expect(world.fake.sent).toMatchObject([{ topic: root.thread, replyTo: root.id }]);
    const group = world.fake.addChat('group');
    const asked = world.fake.say('in the group', { chat: group });
    await reader.event(2);
    const there = await reader.event(3);
    world.fake.recall(asked);
    await channel.send({ markdown: 'anyway' }, { to: there.scope, reply: there.reply, key: asId('2') });
    expect(world.fake.sent.at(-1)).toMatchObject({ chat: group, replyTo: undefined });
    await heard(reader);
  });
});
