import { describe, expect, it } from 'vitest';
import { heard, open } from './set-up.ts';

describe('FS-3: what people say', () => {
  it('in private, is addressed, with names in the place of mentions', async () => {
    await using world = await open();
    const { reader } = await world.start();
    world.fake.say('ask @Ann $& please', { mentions: [{ id: 'ou_ann', name: 'Ann' }] });
    expect(await heard(reader)).toMatchObject({
      text: 'ask @Ann $& please',
      isAddressed: true,
      scope: { kind: 'private' },
      actor: { id: 'feishu:ou_owner' },
      attachments: [],
    });
  });

  it('in a group, is addressed only by the bot’s own mention, which is no part of the text', async () => {
    await using world = await open();
    const { reader } = await world.start();
    const chat = world.fake.addChat('group', { name: 'Builders' });
    world.fake.say('run the tests', { chat });
    world.fake.say('just us', { chat, mentionsBot: false });
    expect(await heard(reader)).toMatchObject({
      text: 'run the tests',
      isAddressed: true,
      scope: { kind: 'group', title: 'Builders', id: `feishu:${chat}` },
    });
    expect(await heard(reader, 1)).toMatchObject({ text: 'just us', isAddressed: false });
  });

  it('in a topic, has the topic as its scope, also when the event does not name it', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    const chat = world.fake.addChat('topic');
    const first = world.fake.say('one', { chat });
    world.fake.say('two', { chat, replyTo: first.id, hidesTopic: true });
    const [one, two] = [await heard(reader), await heard(reader, 1)];
    expect(one.scope).toMatchObject({ kind: 'topic', id: `feishu:${chat}/${first.thread}`, parent: `feishu:${chat}` });
    expect(two.scope.id).toBe(one.scope.id);
    expect(two.quote).toBeUndefined();
    await channel.send({ markdown: 'here' }, { to: two.scope, reply: two.reply, key: 'k' as never });
    expect(world.fake.sent).toMatchObject([{ topic: first.thread, text: 'here' }]);
  });

  it('with a quotation, brings the words of it, and without them when it cannot be read', async () => {
    await using world = await open();
    const { reader } = await world.start();
    const chat = world.fake.addChat('group');
    const first = world.fake.say('the build is red', { chat, mentionsBot: false, from: 'ou_ann' });
    world.fake.say('why?', { chat, replyTo: first.id });
    expect(await heard(reader, 1)).toMatchObject({
      text: 'why?',
      scope: { kind: 'group' },
      quote: { id: first.id, author: 'feishu:ou_ann', text: 'the build is red' },
    });
    world.fake.fail('message.get', { type: 'code', code: 230_050 }, { type: 'code', code: 230_050 });
    world.fake.say('and this?', { chat, replyTo: first.id });
    expect((await heard(reader, 2)).quote).toEqual({ id: first.id });
  });

  it('as a merged forward, brings what was forwarded', async () => {
    await using world = await open();
    const { reader } = await world.start();
    world.fake.forward([
      { from: 'ou_ann', text: 'it fails' },
      { from: 'ou_bob', text: 'only on arm' },
    ]);
    const { text } = await heard(reader);
    expect(text).toMatch(/ou_ann:\n {2}it fails[\s\S]*ou_bob:\n {2}only on arm/);
  });

  it('as a picture, a file, a voice, a sticker, or something new, is never lost', async () => {
    await using world = await open();
    const { reader } = await world.start();
    const key = world.fake.addFile({ name: 'log.txt', bytes: Buffer.from('red') });
    const image = world.fake.addFile({ name: 'a.png', bytes: Buffer.from('png'), kind: 'image' });
    world.fake.say('', { type: 'image', content: { image_key: image } });
    world.fake.say('', { type: 'file', content: { file_key: key, file_name: 'log.txt' } });
    world.fake.say('', { type: 'audio', content: { file_key: key, duration: 2_000 } });
    world.fake.say('', { type: 'sticker', content: { file_key: key } });
    world.fake.say('', { type: 'hologram', content: { a: 1 } });
    await reader.event(4);
    expect(reader.events).toMatchObject([
      { text: '', attachments: [{ kind: 'image' }] },
      { text: '', attachments: [{ kind: 'file', name: 'log.txt' }] },
      { text: '', attachments: [{ kind: 'audio' }] },
      { text: '[sticker]', attachments: [] },
      { text: '[message of type hologram]', attachments: [] },
    ]);
  });

  it('and takes back, names the same scope', async () => {
    await using world = await open();
    const { reader } = await world.start();
    const chat = world.fake.addChat('topic');
    const message = world.fake.say('oops', { chat });
    const { scope } = await heard(reader);
    world.fake.recall(message);
    expect(await reader.event(1)).toMatchObject({ type: 'message.recalled', message: message.id, scope: { id: scope.id } });
  });

  it('by another program, is marked; by ourselves, does not appear', async () => {
    await using world = await open();
    const { reader } = await world.start();
    world.fake.say('beep', { from: world.fake.bot.openId, isBot: true });
    world.fake.say('boop', { from: 'ou_robot', isBot: true });
    expect(await heard(reader)).toMatchObject({ text: 'boop', actor: { isBot: true } });
  });
});
