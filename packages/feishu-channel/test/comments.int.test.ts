import { asId, isGatewayError } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { heard, open } from './set-up.ts';

describe('FS-8: document comments', () => {
  it('bring the question, the marked passage, the title and the document, and are answered in plain text in their place', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    const document = world.fake.addDocument({ title: 'Plan', text: 'We ship on Monday.' });
    const { comment } = world.fake.comment(document, 'is that realistic?', { quote: 'on Monday' });
    const event = await heard(reader);
    expect(event).toMatchObject({
      text: 'is that realistic?',
      quote: { author: 'Plan', text: 'on Monday\n\n[the document]\nWe ship on Monday.' },
      attachments: [],
      isAddressed: true,
      scope: { kind: 'comment', title: 'Plan', parent: `feishu:doc/docx/${document.token}` },
      actor: { id: 'feishu:ou_owner' },
    });
    const to = { to: event.scope, reply: event.reply, key: asId<never>('k') };
    await channel.send({ markdown: '# No\n\n**Tuesday**, see [plan](https://example.org).' }, to);
    expect(world.fake.commentsOfBot(document)).toEqual(['No\n\nTuesday, see plan (https://example.org).']);
    expect(document.comments.find((one) => one.id === comment)?.replies).toHaveLength(2);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('are answered once, also when the answer of the platform was lost and the process died', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    const document = world.fake.addDocument({ title: 'Plan' });
    world.fake.comment(document, 'why?', { quote: 'x' });
    const event = await heard(reader);
    const to = { to: event.scope, reply: event.reply, key: asId<never>('k') };
    world.fake.fail('comment.reply', { type: 'drop', isProcessed: true });
    await expect(channel.send({ markdown: 'because' }, to)).rejects.toSatisfy(isGatewayError);
    await world.connect().send({ markdown: 'because' }, to);
    expect(world.fake.commentsOfBot(document)).toEqual(['because']);
  });

  it('on the whole document are answered by a comment of our own', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    const document = world.fake.addDocument({ title: 'Plan' });
    world.fake.comment(document, 'sum it up');
    const event = await heard(reader);
    await channel.send({ markdown: 'short' }, { to: event.scope, reply: event.reply, key: asId('k') });
    expect(world.fake.commentsOfBot(document)).toEqual(['short']);
  });

  it('that do not mention us are not addressed; our own do not appear', async () => {
    await using world = await open();
    const { reader } = await world.start();
    const document = world.fake.addDocument({ title: 'Plan' });
    const { comment } = world.fake.comment(document, 'hm', { quote: 'x', mentionsBot: false });
    world.fake.comment(document, 'our own', { replyTo: comment, from: world.fake.bot.openId });
    world.fake.comment(document, 'and now?', { replyTo: comment });
    expect(await heard(reader)).toMatchObject({ text: 'hm', isAddressed: false });
    const second = await heard(reader, 1);
    expect(second).toMatchObject({ text: 'and now?', isAddressed: true });
    expect(second.scope.id).toBe((await heard(reader)).scope.id);
  });

  it('come again when they could not be read', async () => {
    await using world = await open();
    const { reader } = await world.start();
    world.fake.fail('comment.query', { type: 'status', status: 500 });
    const document = world.fake.addDocument({ title: 'Plan' });
    world.fake.comment(document, 'patience', { quote: 'x' });
    await world.fake.until(
      () =>
        world.fake.connections.deliveries[0]?.attempts === 1 &&
        world.fake.requests.some((one) => one.operation === 'comment.query'),
    );
    world.fake.connections.drop('close');
    expect(await heard(reader)).toMatchObject({ text: 'patience' });
  });

  it('have no run cards, and show a sign of work that goes away', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    const document = world.fake.addDocument({ title: 'Plan' });
    world.fake.comment(document, 'why?', { quote: 'x' });
    const event = await heard(reader);
    const over = new AbortController();
    const typing = channel.capabilities.typing.start(event.scope, event.reply, over.signal);
    over.abort();
    await typing;
    const actions = world.fake.requests
      .filter((one) => one.operation === 'comment.reaction')
      .map((one) => (one.body as { action: string }).action);
    expect(actions).toEqual(['add', 'delete']);
  });
});
