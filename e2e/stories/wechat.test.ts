import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createFakePlatform } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { openWechat, type WechatWorld } from '../world/open-wechat.ts';
import { until } from '../world/until.ts';

/** What must hold at the end of every story. */
function expectNoMistakes({ fake }: WechatWorld): void {
  expect(fake.mistakes).toEqual([]);
  expect(fake.refusals).toEqual([]);
}

it('answers the owner, who logged in by QR code, and shows that it is typing', async () => {
  await using world = await openWechat();
  await world.logIn();
  await world.start();
  world.fake.say('[[gate: think]] [[say: the answer]]');
  await world.model.reached('think');
  await world.fake.until(() => world.fake.isTyping());
  world.model.release('think');
  await world.reads(/the answer/);
  await world.fake.until(() => !world.fake.isTyping());
  world.fake.say('and I?', { from: 'stranger@im.wechat' });
  world.fake.say('/status');
  await world.reads(/Idle/);
  expect(world.model.requests.some(({ userTexts }) => userTexts.includes('and I?'))).toBe(false);
  expectNoMistakes(world);
});

it('becomes the property of whoever sends the code that the computer shows, and answers them from then on', async () => {
  await using world = await openWechat({}, { access: { owners: [] } });
  await world.logIn();
  const first = await world.start();
  expect(world.events).toContainEqual(
    expect.objectContaining({ event: 'warning', about: 'unowned', remedy: expect.stringContaining('threadbridge claim') }),
  );
  world.fake.say('[[say: for nobody]]');
  await world.reads(/I only answer my owner/);
  world.fake.say('/claim abcd-efgh');
  await world.reads(/That code was not taken/);
  const code = (await world.claim()) ?? '';
  await first.stop();
  await world.start();
  world.fake.say(`/claim ${code}`);
  await world.reads(/is yours now/);
  world.fake.say('[[say: the first answer]]');
  await world.reads(/the first answer/);
  expect(world.read()).not.toContain('for nobody');
  expect(await world.claim()).toBeUndefined();
  world.fake.say(`/claim ${code}`, { from: 'stranger@im.wechat' });
  await world.fake.until(() =>
    world.fake.sent.some(({ to, text }) => to === 'stranger@im.wechat' && text?.includes('not taken')),
  );
  expectNoMistakes(world);
});

it('asks for an approval with a code, and does what was approved', async () => {
  await using world = await openWechat();
  await world.logIn();
  await world.start();
  world.fake.say('[[run!: touch approved.txt]] [[say: after]]');
  const [, code] = await world.reads(/touch approved\.txt[\s\S]*\/approve (\w+)`? yes/);
  expect(existsSync(join(world.workspace, 'approved.txt'))).toBe(false);
  world.fake.say(`/approve ${code}`);
  await world.reads(/^after$/m);
  expect(existsSync(join(world.workspace, 'approved.txt'))).toBe(true);
  expectNoMistakes(world);
});

it('stops a turn, and the next message works', async () => {
  await using world = await openWechat();
  await world.logIn();
  await world.start();
  world.fake.say('[[gate: never]] [[say: unseen]]');
  await world.model.reached('never');
  world.fake.say('/stop');
  await world.reads(/Stopped \(“\[\[gate: never\]\]/);
  world.fake.say('[[say: here again]]');
  await world.reads(/here again/);
  expect(world.read()).not.toMatch(/^unseen/m);
  expectNoMistakes(world);
});

/** An answer that needs about so many messages. */
const longAnswer = (messages: number) => `[[say: ${'lorem ipsum '.repeat(messages * 990)}]]`;

/** The numbers of the parts that the owner has, in their order: `(3/17)` is part 3. */
const parts = ({ fake }: WechatWorld) =>
  fake.sent.flatMap(({ text = '' }) => {
    const [, part, of] = /^\((\d+)\/(\d+)\)/.exec(text) ?? [];
    return part === undefined ? [] : [{ part: Number(part), of: Number(of) }];
  });

/** Resolves with the numbers of the parts in the order in which they came, once as many are there as there should be. */
async function allParts(world: WechatWorld, answers = 1): Promise<readonly number[]> {
  await until(
    () => (parts(world).length > 0 && parts(world).length >= answers * (parts(world)[0]?.of ?? 0) ? true : undefined),
    () => `the owner has only the parts ${JSON.stringify(parts(world))}`,
  );
  return parts(world).map(({ part }) => part);
}

/** Two answers after one message: more than it allows. Resolves once the owner reads that there is more. */
async function sayTooMuch(world: WechatWorld): Promise<void> {
  world.fake.say(`[[gate: think]] ${longAnswer(6)}`);
  await world.model.reached('think');
  world.fake.say(longAnswer(6));
  await world.reads(/1 in line/);
  world.model.release('think');
  await world.reads(/^\(\d+ more wait/m);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

it('says no more than WeChat allows; the rest waits for the next message of the owner, and `/queue` tells of it', async () => {
  await using world = await openWechat();
  await world.logIn();
  await world.start();
  await sayTooMuch(world);
  const [told] = /\d+(?= more wait)/.exec(world.read()) ?? [];
  const of = parts(world)[0]?.of ?? 0;
  expect(world.fake.sent).toHaveLength(10);
  expect(Number(told)).toBe(2 * of - parts(world).length);
  world.fake.say('/queue');
  await world.reads(new RegExp(`held back by the platform's limit: ${told}`));
  expect(await allParts(world, 2)).toEqual([...upTo(of), ...upTo(of)]);
  world.fake.say('/queue');
  await world.reads(/Waiting messages: 0$/);
  expectNoMistakes(world);
});

it('loses nothing and says nothing twice where WeChat allows less than is known', async () => {
  await using world = await openWechat({ budget: 6 });
  await world.logIn();
  await world.start();
  world.fake.say(longAnswer(7));
  // Eight were on their way when WeChat took no more than six.
  await world.fake.until(() => world.fake.requests.filter(({ endpoint }) => endpoint === 'sendmessage').length === 8);
  expect(world.fake.sent).toHaveLength(6);
  world.fake.say('/queue');
  expect((await allParts(world)).toSorted((a, b) => a - b)).toEqual(upTo(8));
  expect(world.fake.mistakes).toEqual([]);
});

it('offers a very long answer as a file, which brings exactly the answer, also after a restart', async () => {
  await using world = await openWechat();
  await world.logIn();
  const first = await world.start();
  world.fake.say(longAnswer(14));
  const [, count, id] = await world.reads(/The answer has (\d+) parts\..*`\/sendfile (\d+)`/);
  expect(parts(world)).toEqual([{ part: 1, of: Number(count) }]);
  expect(world.fake.sent).toHaveLength(2);
  await first.stop();
  await world.start();
  world.fake.say(`/sendfile ${id}`);
  await world.fake.until(() => world.fake.sent.length === 3);
  const { media } = world.fake.sent[2] ?? {};
  expect(media).toMatchObject({ kind: 'file', name: 'answer-1.md' });
  expect(Buffer.from(media?.bytes ?? []).toString()).toBe('lorem ipsum '.repeat(14 * 990).trimEnd());
  expectNoMistakes(world);
});

it('goes on with what was half said after a restart: nothing lost, nothing twice', async () => {
  await using world = await openWechat();
  await world.logIn();
  const first = await world.start();
  await sayTooMuch(world);
  await first.stop();
  const of = parts(world)[0]?.of ?? 0;
  expect(parts(world).length).toBeLessThan(2 * of);
  world.fake.say('[[say: while you were away]]');
  await world.start();
  await world.reads(/while you were away/);
  expect(await allParts(world, 2)).toEqual([...upTo(of), ...upTo(of)]);
  expectNoMistakes(world);
});

it('tells that a run was cut off by a restart, and goes on in the same thread', async () => {
  await using world = await openWechat();
  await world.logIn();
  const first = await world.start();
  world.fake.say('[[say: remember me]]');
  await world.reads(/remember me/);
  world.fake.say('[[gate: mid]] [[say: unseen]]');
  await world.model.reached('mid');
  await first.stop();
  await world.start();
  world.fake.say('who am I?');
  await world.reads(/who am I\?[\s\S]*message 3/);
  expect(world.read()).not.toMatch(/^unseen/m);
  expectNoMistakes(world);
});

it('tells on another channel that a login has ended, and goes on after one command: nothing that waited is lost', async () => {
  await using world = await openWechat();
  await world.logIn();
  const paper = createFakePlatform({ id: 'paper', now: Date.now, maxText: 20_000 });
  const gateway = await world.start([{ channel: paper.connect(), owner: paper.owner.id }]);
  expect(gateway.ready.channels).toEqual({ wechat: 'connected', paper: 'connected' });
  const paperReads = (words: string) =>
    until(
      () => paper.shown.find(({ message }) => message.markdown.includes(words)),
      () => `nobody could read "${words}" on the other channel`,
    );
  paper.say('[[say: here, too]]');
  await paperReads('here, too');

  world.fake.say('[[gate: think]] [[say: the first answer]]');
  await world.model.reached('think');
  world.fake.say('[[say: the second answer]]');
  await world.reads(/1 in line/);
  world.fake.expireSession();
  await paperReads('threadbridge login wechat');
  expect(world.events).toContainEqual(
    expect.objectContaining({
      channel: 'wechat',
      state: 'needs-login',
      error: expect.objectContaining({ code: 'channel.unauthorized' }),
    }),
  );
  world.model.release('think');
  paper.say('[[say: still here]]');
  await paperReads('still here');

  const before = world.fake.sent.length;
  await world.logIn();
  await until(
    () =>
      world.events.findLast((event) => event.event === 'channel' && event.channel === 'wechat' && event.state === 'connected'),
    () => `the events are ${JSON.stringify(world.events)}`,
  );
  await world.fake.until(() => world.fake.isOnline && world.fake.polls === 1);
  world.fake.say('[[say: back again]]');
  await world.reads(/the first answer[\s\S]*the second answer[\s\S]*back again/, before);
  for (const words of [/the first answer/g, /the second answer/g]) expect(world.read().match(words)).toHaveLength(1);
  expect(paper.shown.filter(({ message }) => message.markdown.includes('login wechat'))).toHaveLength(1);
  expectNoMistakes(world);
});

it('understands a quote that is an id alone, of what it said and of what the owner said', async () => {
  await using world = await openWechat();
  await world.logIn();
  await world.start();
  const asked = world.fake.say('[[say: The build is green.]]');
  await world.reads(/build is green/);
  const [answer] = world.fake.sent;
  world.fake.say('is this true?', { quote: { svr_id: answer?.id ?? '' } });
  await world.fake.until(() => world.fake.sent.length === 2);
  world.fake.say('and this?', { quote: { svr_id: asked.message_id ?? '' } });
  await world.fake.until(() => world.fake.sent.length === 3);
  const quoted = (words: string) =>
    world.model.requests
      .flatMap(({ userTexts }) => userTexts)
      .find((text) => text.includes(words) && text.includes('quoted-message'));
  expect(quoted('is this true?')).toMatch(/<quoted-message \w+>\nThe build is green\.\n/);
  expect(quoted('and this?')).toMatch(/<quoted-message \w+>\n\[\[say: The build is green/);
  expectNoMistakes(world);
});

it('shows a diff and a table as pictures between the words, each counted as one message', async () => {
  await using world = await openWechat();
  await world.logIn();
  await world.start();
  const diff = ['```diff', '@@ -1,2 +1,2 @@', ' 相同', '-old', '+new', '```'].join('\n');
  const table = ['| 平台 | state | since |', '| --- | --- | --- |', '| 微信 | ✅ up | Monday |'].join('\n');
  world.fake.say(`[[say: Changed:\n\n${diff}\n\nNow\nit is:\n\n${table}]]`);
  await world.fake.until(() => world.fake.sent.length === 3);
  const shown = world.fake.sent.map(({ text, media }) => text ?? Buffer.from(media?.bytes ?? []).toString('latin1', 1, 4));
  expect(shown).toEqual(['PNG', '(2/3)\nNow\nit is:', 'PNG']);
  expectNoMistakes(world);
});
