import { describe, expect, it } from 'vitest';
import { openFeishu } from '../world/open-feishu.ts';

const prompts = (requests: readonly unknown[], words: string) =>
  requests.filter((request) => JSON.stringify(request).includes(words));

describe('places in Feishu', () => {
  it('FS-3: topics of a group are conversations of their own, each answered where it stands', async () => {
    await using world = await openFeishu();
    const chat = world.fake.addChat('topic', { name: 'Builders' });
    await world.start({ access: { owners: ['feishu:ou_owner'], chats: [`feishu:${chat}`] } });
    const first = world.fake.say('[[say: one is fine]]', { chat, from: 'ou_guest' });
    const second = world.fake.say('[[say: two is fine]]', { chat, from: 'ou_owner' });
    await world.reads(/one is fine/);
    await world.reads(/two is fine/);
    world.fake.say('[[say: one goes on]]', { chat, from: 'ou_guest', replyTo: first.id });
    await world.reads(/one goes on/);
    const topicOf = (words: string) => world.fake.sent.find(({ text }) => text.includes(words))?.topic;
    expect(topicOf('one is fine')).toBe(first.thread);
    expect(topicOf('two is fine')).toBe(second.thread);
    expect(topicOf('one goes on')).toBe(first.thread);
    const [latest] = prompts(world.model.requests, 'one goes on');
    expect(JSON.stringify(latest)).toContain('one is fine');
    expect(JSON.stringify(latest)).not.toContain('two is fine');
    expect(world.fake.mistakes).toEqual([]);
  });

  it('FS-8: a comment is answered in plain text in its place, knows the passage, and the document’s later comments know it', async () => {
    await using world = await openFeishu();
    const plan = world.fake.addDocument({ title: 'Plan', text: 'We ship on Monday.' });
    const chats = [`feishu:doc/docx/${plan.token}`];
    const gateway = await world.start({ access: { owners: ['feishu:ou_owner'], chats } });
    const { comment } = world.fake.comment(plan, '[[say: # No\n\n**Tuesday** is safer.]]', { quote: 'on Monday' });
    await world.comesTo('no answer', () => world.fake.commentsOfBot(plan).length === 1);
    expect(world.fake.commentsOfBot(plan)).toEqual(['No\n\nTuesday is safer.']);
    expect(plan.comments.find(({ id }) => id === comment)?.replies).toHaveLength(2);
    expect(prompts(world.model.requests, 'on Monday')).toHaveLength(1);
    // Nobody addressed it; and its own words are no question.
    world.fake.comment(plan, '[[say: nobody asked me]]', { replyTo: comment, mentionsBot: false });
    world.fake.comment(plan, '[[say: I asked myself]]', { replyTo: comment, from: world.fake.bot.openId });

    await gateway.stop();
    await world.start({ access: { owners: ['feishu:ou_owner'], chats } });
    world.fake.comment(plan, '[[say: The whole plan is fine.]]');
    await world.comesTo('no second answer', () => world.fake.commentsOfBot(plan).length === 3);
    expect(world.fake.commentsOfBot(plan).at(-1)).toBe('The whole plan is fine.');
    const [whole] = prompts(world.model.requests, 'The whole plan is fine.');
    expect(JSON.stringify(whole)).toContain('is safer');
    expect(JSON.stringify(whole)).not.toContain('nobody asked me');
    expect(world.fake.mistakes).toEqual([]);
  });

  it('a document is closed until the owner opens it, and says so once in its comment', async () => {
    await using world = await openFeishu();
    const plan = world.fake.addDocument({ title: 'Plan' });
    await world.start();
    world.fake.comment(plan, 'sum it up', { from: 'ou_guest', quote: 'x' });
    await world.comesTo('no refusal', () => world.fake.commentsOfBot(plan).length === 1);
    expect(world.fake.commentsOfBot(plan)[0]).toMatch(/not open to me yet/);
    expect(world.model.requests).toEqual([]);
  });
});

describe('what becomes of messages', () => {
  it('FS-3: one that is taken back while it waits never reaches Codex', async () => {
    await using world = await openFeishu();
    await world.start();
    world.fake.say('[[hold: gate | one | done]]');
    await world.reads(/one/);
    const second = world.fake.say('[[say: my secret plan]]');
    const third = world.fake.say('[[say: my public plan]]');
    await world.comesTo('not durable', () => world.fake.connections.deliveries.every((one) => one.acknowledgement?.code === 200));
    world.fake.recall(second);
    await world.reads(/[Tt]aken back/);
    world.model.release('gate');
    await world.reads(/my public plan/);
    expect(prompts(world.model.requests, 'my secret plan')).toEqual([]);
    expect(third.id).not.toBe(second.id);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('FS-4: what was said while nobody listened, in private and in a group, is answered after the start, once', async () => {
    await using world = await openFeishu({ rules: { redeliversOnConnect: false } });
    const chat = world.fake.addChat('group');
    const access = { owners: ['feishu:ou_owner'], chats: [`feishu:${chat}`] };
    const gateway = await world.start({ access });
    world.fake.say('[[say: private before]]');
    world.fake.say('[[say: group before]]', { chat });
    await world.reads(/private before/);
    await world.reads(/group before/);
    await world.comesTo('not handled', () => world.fake.connections.deliveries.every((one) => one.acknowledgement?.code === 200));
    await gateway.stop();
    world.fake.say('[[say: private meanwhile]]', { isLost: true });
    world.fake.say('[[say: group meanwhile]]', { chat, isLost: true });
    await world.start({ access });
    await world.reads(/private meanwhile/);
    await world.reads(/group meanwhile/);
    for (const words of ['private meanwhile', 'group meanwhile'])
      expect(world.fake.sent.filter(({ text }) => text.includes(words))).toHaveLength(1);
    expect(world.fake.mistakes).toEqual([]);
  });
});

describe('FS-6: how answers look', () => {
  for (const [replyMode, type] of [
    ['markdown', 'post'],
    ['text', 'text'],
  ] as const)
    it(`${replyMode}: without cards, long ones in further messages`, async () => {
      await using world = await openFeishu({}, { replyMode });
      await world.start();
      const line = `${'word '.repeat(40)}\n`;
      world.fake.say(`[[say: **begin**\n${line.repeat(80)}the end]]`);
      await world.reads(/the end/);
      const answers = world.fake.sent.filter(({ text }) => /begin|word|the end/.test(text));
      expect(answers.length).toBeGreaterThan(1);
      expect(new Set(answers.map((one) => one.type))).toEqual(new Set([type]));
      expect(
        answers
          .map(({ text }) => text)
          .join('')
          .match(/word/g),
      ).toHaveLength(40 * 80);
      expect(world.fake.cards).toEqual([]);
      expect(world.fake.mistakes).toEqual([]);
    });

  it('card: an answer that no card can hold comes whole in further messages, and the card ends', async () => {
    await using world = await openFeishu();
    await world.start();
    const lines = Array.from({ length: 3_000 }, (_, n) => `line ${n} of a long answer`);
    world.fake.say(`[[say: ${lines.join('\n')}]]`);
    await world.reads(/line 2999 of a long answer/);
    await world.comesTo('a card still streams', () => world.fake.cards.every((card) => !card.isStreaming));
    const [card, ...answers] = world.fake.sent;
    const numbers = [
      ...answers
        .map(({ text }) => text)
        .join('\n')
        .matchAll(/line (\d+) of/g),
    ].map((match) => Number(match[1]));
    expect(numbers).toEqual(lines.map((_, n) => n));
    expect(card?.text).toMatch(/Done[\s\S]*follows below/);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('card: where the platform refuses cards, the answer comes in plainer form, and once', async () => {
    await using world = await openFeishu();
    await world.start();
    const refused = { type: 'code', code: 230_099, msg: 'ErrCode: 11310' } as const;
    world.fake.fail('message.create', refused, refused);
    world.fake.say('[[say: plain but whole]]');
    await world.reads(/plain but whole/);
    const answers = world.fake.sent.filter(({ text }) => text.includes('plain but whole'));
    expect(answers.map(({ type }) => type)).toEqual(['post']);
  });
});
