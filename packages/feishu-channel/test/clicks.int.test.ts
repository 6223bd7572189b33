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

  it('that are refused leave the card as it is: a toast for whoever clicked, and nothing for the others', async () => {
    await using world = await open();
    const { reader, channel } = await world.start({ clickWaitMs: 2_000 });
    world.fake.say('clean up');
    const event = await heard(reader);
    await channel.send(question, { to: event.scope, reply: event.reply, key: asId('q') });
    const before = JSON.stringify(world.fake.sent);
    const clicked = world.fake.click('Allow', { from: 'ou_mallory' });
    const action = await reader.event(1);
    const refusal = { markdown: 'This request is not yours to answer.' };
    await channel.capabilities.actions.respond(action.reply, refusal, { keepsMessage: true });
    expect(await clicked).toEqual({ code: 0, toast: { type: 'info', content: refusal.markdown } });
    expect(JSON.stringify(world.fake.sent)).toBe(before);
    // The same refusal again, after a crash: the toast is gone, so it hangs on the card, once.
    await channel.capabilities.actions.respond(action.reply, refusal, { keepsMessage: true });
    await channel.capabilities.actions.respond(action.reply, refusal, { keepsMessage: true });
    expect(world.fake.sent.map(({ text }) => text)).toEqual([expect.stringContaining('rm -rf build'), refusal.markdown]);
    expect(JSON.stringify(world.fake.sent[0]?.card)).toContain('tok-allow');
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

describe('FS-7: choices, forms and controls', () => {
  it('a picker is a row for each thing, and the one that was picked comes back', async () => {
    await using world = await open();
    const { reader, channel } = await world.start({ clickWaitMs: 2_000 });
    world.fake.say('/threads');
    const event = await heard(reader);
    const choices = Array.from({ length: 40 }, (_, n) => ({
      label: `Thread *${n}*`,
      detail: `~/work/app-${n} · yesterday`,
      token: `tok-${n}`,
    }));
    const message = { title: 'Threads', markdown: 'Which one?', choices };
    await channel.send(message, { to: event.scope, reply: event.reply, key: asId('p') });
    expect(world.fake.sent[0]).toMatchObject({ type: 'interactive', text: expect.stringContaining('~/work/app-7') });
    expect(JSON.stringify(world.fake.sent[0]?.card)).toContain('"header"');
    const clicked = world.fake.click('Choose', { index: 7 });
    const action = await reader.event(1);
    expect(action).toMatchObject({ type: 'action.invoked', token: 'tok-7' });
    await channel.capabilities.actions.respond(action.reply, { title: 'Threads', markdown: 'Thread 7 it is.' });
    expect(await clicked).toMatchObject({ code: 0 });
    expect(world.fake.sent[0]?.text).toContain('Thread 7 it is.');
    expect(JSON.stringify(world.fake.sent[0]?.card)).not.toContain('tok-');
    expect(world.fake.mistakes).toEqual([]);
  });

  it('a question is a form: options as a list, the rest as a field, sent together', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    world.fake.say('go');
    const event = await heard(reader);
    const form = {
      submit: { label: 'Answer', token: 'tok-form' },
      fields: [
        { name: 'db', label: 'Which database?', options: [{ label: 'SQLite', value: 'sqlite' }], isRequired: true },
        { name: 'why', label: 'Why?', initial: 'because' },
      ],
    };
    await channel.send({ markdown: 'Codex asks', form }, { to: event.scope, reply: event.reply, key: asId('f') });
    await expect(world.fake.click('Answer', { form: { why: 'no list' } })).rejects.toThrow(/"db" is required/);
    await world.fake.click('Answer', { form: { db: 'sqlite', why: 'small' } });
    expect(await reader.event(1)).toMatchObject({
      type: 'action.invoked',
      token: 'tok-form',
      values: { db: 'sqlite', why: 'small' },
    });
    expect(world.fake.mistakes).toEqual([]);
  });

  it('a run card offers the controls it is given, in the place of its own; an answer to them leaves the card alone', async () => {
    await using world = await open();
    const { reader, channel } = await world.start({ clickWaitMs: 2_000 });
    world.fake.say('work');
    const event = await heard(reader);
    const { live, actions } = channel.capabilities;
    const to = { to: event.scope, reply: event.reply, key: asId<never>('r') };
    const steer = { fields: [{ name: 'text', label: 'Steer' }], submit: { label: 'Send', token: 'tok-steer' } };
    const controls = { actions: [{ label: 'Halt', token: 'tok-stop', style: 'danger' }], form: steer } as const;
    const running = {
      ...emptyView,
      status: 'running',
      texts: [{ item: asId<never>('i'), text: 'Look', isDraft: true }],
    } as const;
    const ref = await live.open(running, to, controls);
    await live.update(ref, { ...running, texts: [{ ...running.texts[0], text: 'Looking' }] }, controls);
    expect(JSON.stringify(world.fake.cards)).not.toContain('/stop');
    const sent = world.fake.click('Send', { form: { text: 'skip the docs' } });
    const steered = await reader.event(1);
    expect(steered).toMatchObject({ type: 'action.invoked', token: 'tok-steer', values: { text: 'skip the docs' } });
    await actions.respond(steered.reply, { markdown: 'Passed on.' });
    expect(await sent).toMatchObject({ toast: { content: 'Passed on.' } });
    const clicked = world.fake.click('Halt');
    const halted = await reader.event(2);
    await actions.respond(halted.reply, { markdown: 'Stopping.' });
    expect(await clicked).toMatchObject({ code: 0, toast: { content: 'Stopping.' } });
    expect(await clicked).not.toHaveProperty('card');
    await live.close(ref, { ...running, status: 'interrupted' });
    expect(JSON.stringify(world.fake.cards[0]?.json)).not.toMatch(/tok-/);
    expect(world.fake.cards[0]).toMatchObject({ isStreaming: false });
    expect(world.fake.mistakes).toEqual([]);
  });
});
