import { asId, type EffectKey, emptyView, type ItemId, type RunView, type Scope } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { textsIn } from '../texts/texts.ts';
import { createPlainSurface } from './plain-surface.ts';
import type { Status } from './surface.ts';
import { createTerminalChannel } from './terminal-channel.ts';

function open(session = 's') {
  const written: string[] = [];
  const statuses: (Status | undefined)[] = [];
  const surface = {
    ...createPlainSurface({ write: (text) => void written.push(text) }),
    setStatus: (status: Status | undefined) => void statuses.push(status),
  };
  const channel = createTerminalChannel({ surface, session, clock: createManualClock() });
  const { live } = channel.capabilities;
  if (live === undefined) throw new Error('no live view');
  return { channel, live, text: () => written.join(''), status: () => statuses.at(-1)?.text };
}
const key = (name: string) => asId<EffectKey>(name);
const view = (...texts: readonly string[]): RunView => ({
  ...{ ...emptyView, status: 'running' },
  texts: texts.map((text, at) => ({ item: asId<ItemId>(`i${at}`), text, isDraft: false })),
});
const buttons = [
  { label: 'Approve', token: 'yes', style: 'primary' as const },
  { label: 'Deny', token: 'no', style: 'danger' as const },
];
const done = (running: RunView): RunView => ({ ...running, status: 'completed' });
const to = (scope: Scope, name: string) => ({ to: scope, key: key(name) });

it('never uses an event id twice, not even in another sitting', async () => {
  const ids: string[] = [];
  for (const session of ['one', 'two']) {
    const { channel } = open(session);
    for (const text of ['a', 'a']) void channel.say(text).catch(() => {});
    const stop = new AbortController();
    for await (const { events } of channel.receive({ signal: stop.signal })) {
      ids.push(...events.map(({ id }) => id));
      if (ids.length % 2 === 0) stop.abort();
    }
  }
  expect(new Set(ids).size).toBe(4);
});

it('prints of a closed view what is missing, and nothing when it is closed again', async () => {
  const { channel, live, text } = open();
  const ref = await live.open(view('one'), to(channel.scope, 'r'));
  await live.update(ref, view('one', 'two'));
  await live.close(ref, done(view('one', 'two', 'three')));
  await live.close(ref, done(view('one', 'two', 'three')));
  expect(text()).toBe('one\n\ntwo\n\nthree\n\n');
});

it('prints the whole where the view was opened by another process', async () => {
  const before = open();
  const ref = await before.live.open(view('one'), to(before.channel.scope, 'r'));
  const { live, text } = open();
  await live.close(JSON.parse(JSON.stringify(ref)), done(view('one', 'two')));
  expect(text()).toBe('one\n\ntwo\n\n');
});

it('refuses a reference that is not its own', async () => {
  await expect(open().live.update('other', view())).rejects.toMatchObject({ code: 'channel.rejected', certain: true });
});

it('is busy from a prompt until its run ended', async () => {
  const { channel, live } = open();
  void channel.say('hello').catch(() => {});
  expect(channel.isBusy).toBe(true);
  const ref = await live.open(view(), to(channel.scope, 'r'));
  expect(channel.isBusy).toBe(true);
  const idle = channel.idle();
  await live.close(ref, done(view('hi')));
  await idle;
  expect(channel.isBusy).toBe(false);
});

it('does not take the reply to a command for the answer to a prompt', async () => {
  const { channel } = open();
  for (const text of ['hello', '/status']) void channel.say(text).catch(() => {});
  await channel.send({ markdown: 'Idle.' }, to(channel.scope, 'a'));
  expect(channel.isBusy).toBe(true);
  await channel.send({ markdown: 'No workspace.' }, to(channel.scope, 'b'));
  expect(channel.isBusy).toBe(false);
});

it('knows the one open question, and none when there are two', async () => {
  const { channel, live, status } = open();
  await live.open(view(), to(channel.scope, 'r'));
  await channel.send({ markdown: 'May I?', actions: buttons }, to(channel.scope, 'q1'));
  expect(channel.question).toEqual(buttons);
  expect(status()).toContain('y or n');
  await channel.send({ markdown: 'And this?', actions: [...buttons] }, to(channel.scope, 'q2'));
  expect(channel.question).toBeUndefined();
});

it('forgets a question that was answered elsewhere', async () => {
  const { channel, live } = open();
  const ref = await live.open(view(), to(channel.scope, 'r'));
  await channel.send({ markdown: 'May I?', actions: buttons }, to(channel.scope, 'q'));
  await live.update(ref, view('on I go'));
  expect(channel.question).toBeUndefined();
});

it('names files by where they are', async () => {
  const { channel, text } = open();
  const file = { path: '/work/a.png', name: 'a.png', sizeBytes: 12, mediaType: 'image/png', sha256: '' };
  await channel.send({ markdown: 'Here.', files: [file] }, to(channel.scope, 'f'));
  expect(text()).toContain('file a.png (12 bytes) /work/a.png');
});

it('tells a run in the language of its view', async () => {
  const { channel, live, text, status } = open();
  const stopped: RunView = { ...view('hello'), status: 'interrupted', language: 'zh' };
  const ref = await live.open({ ...view('hello'), language: 'zh' }, to(channel.scope, 'r'));
  expect(status()).toMatch(/\p{Script=Han}/u);
  await live.close(ref, stopped);
  expect(text()).toContain(textsIn('zh').terminal.stopped);
});
