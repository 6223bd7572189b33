import { asId, emptyView } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import { describe, expect, it } from 'vitest';
import { heard, open } from './set-up.ts';

const question = {
  markdown: 'Run `rm -rf build`?',
  actions: [
    { label: 'Allow', token: 'tok-allow', style: 'primary' },
    { label: 'Deny', token: 'tok-deny', style: 'danger' },
  ],
} as const;

describe('FS-7: clicks', () => {
  it('bring the token of the button, who pressed it, and the conversation it stands in, topics included', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    const chat = world.fake.addChat('topic');
    world.fake.say('clean up', { chat });
    const event = await heard(reader);
    await channel.send(question, { to: event.scope, reply: event.reply, key: asId('q') });
    const outcome = await world.fake.click('Deny', { from: 'ou_ann' });
    expect(outcome).toMatchObject({ code: 0, toast: { type: 'info', content: 'Received.' } });
    expect(await reader.event(1)).toMatchObject({
      type: 'action.invoked',
      token: 'tok-deny',
      actor: { id: 'feishu:ou_ann' },
      scope: { id: event.scope.id, kind: 'topic' },
    });
    expect(Math.abs(((await reader.event(1)).at ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('are answered with what is made of them while the person waits: a toast, and the card as it stands from now on', async () => {
    await using world = await open();
    const { reader, channel } = await world.start({ clickWaitMs: 2_000 });
    world.fake.say('clean up');
    const event = await heard(reader);
    await channel.send(question, { to: event.scope, reply: event.reply, key: asId('q') });
    const clicked = world.fake.click('Allow');
    const action = await reader.event(1);
    await channel.capabilities.actions.respond(action.reply, { markdown: 'Allowed by Olga.' });
    expect(await clicked).toMatchObject({ code: 0, toast: { type: 'success', content: 'Allowed by Olga.' } });
    expect(world.fake.sent[0]?.text).toBe('Allowed by Olga.');
    expect(JSON.stringify(world.fake.sent[0]?.card)).not.toContain('tok-');
  });

  it('that are answered late change the card all the same', async () => {
    await using world = await open();
    const { reader, channel } = await world.start({ clickWaitMs: 0 });
    world.fake.say('clean up');
    const event = await heard(reader);
    await channel.send(question, { to: event.scope, reply: event.reply, key: asId('q') });
    await world.fake.click('Allow');
    const action = await reader.event(1);
    await channel.capabilities.actions.respond(action.reply, { markdown: 'Too late for that.' });
    expect(world.fake.sent.map((one) => one.text)).toEqual(['Too late for that.']);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('are answered only when they are durable, and in time even when that takes too long', async () => {
    const clock = createManualClock();
    await using world = await open({ clock });
    const stop = new AbortController();
    const channel = world.connect();
    const feed = channel.receive({ signal: stop.signal })[Symbol.asyncIterator]();
    const first = feed.next();
    await world.fake.until(() => world.fake.connections.open > 0);
    world.fake.say('clean up');
    const [event] = (await first).value.events;
    await channel.send(question, { to: event.scope, reply: event.reply, key: asId('q') });
    const second = feed.next();
    const clicked = world.fake.click('Allow');
    expect((await second).value.events).toMatchObject([{ type: 'action.invoked' }]);
    await clock.advance(2_700);
    // The person sees that it failed; the platform never repeats a click.
    expect(await clicked).toEqual({ code: 200_671 });
    stop.abort();
    await feed.next();
  });

  it('on a message from before a restart still say where it stands', async () => {
    await using world = await open();
    const before = await world.start();
    const chat = world.fake.addChat('topic');
    world.fake.say('clean up', { chat });
    const event = await heard(before.reader);
    await before.channel.send(question, { to: event.scope, reply: event.reply, key: asId('q') });
    await before.reader.stop();
    const after = await world.start({}, before.reader.cursor);
    await world.fake.click('Allow');
    expect(await after.reader.event(0)).toMatchObject({ type: 'action.invoked', scope: { id: event.scope.id } });
  });

  it('on a run card say the command that the button stands for, in the name of whoever pressed', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    world.fake.say('work');
    const event = await heard(reader);
    const { live } = channel.capabilities;
    await live.open({ ...emptyView, status: 'running' }, { to: event.scope, reply: event.reply, key: asId('r') });
    await world.fake.click('Stop', { from: 'ou_ann' });
    expect(await heard(reader, 1)).toMatchObject({
      text: '/stop',
      actor: { id: 'feishu:ou_ann' },
      scope: { id: event.scope.id },
    });
    await world.fake.click('Send', { form: { steer_text: 'skip the docs' } });
    expect(await heard(reader, 2)).toMatchObject({ text: '/steer skip the docs', isAddressed: true });
    expect(await world.fake.click('Send', { form: {} })).toEqual({ code: 0 });
    expect(reader.events).toHaveLength(3);
    expect(world.fake.mistakes).toEqual([]);
  });

  it('find their message as words and commands where cards are refused', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    world.fake.say('clean up');
    const event = await heard(reader);
    world.fake.fail('message.create', { type: 'code', code: 230_099 });
    await channel.send(
      { ...question, markdown: 'Run it? `/approve k7`' },
      { to: event.scope, reply: event.reply, key: asId('q') },
    );
    expect(world.fake.sent).toMatchObject([{ type: 'post', text: 'Run it? `/approve k7`' }]);
  });
});
