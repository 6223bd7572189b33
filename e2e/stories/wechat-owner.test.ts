import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type FakeIlink, startFakeIlink } from '@threadbridge/testkit/ilink';
import { expect, it } from 'vitest';
import { atTheDesk } from '../world/at-the-desk.ts';
import { turnsOf } from '../world/open-victim.ts';
import { openWechat } from '../world/open-wechat.ts';
import { openWechatVictim } from '../world/open-wechat-victim.ts';
import { until } from '../world/until.ts';

const read = (fake: FakeIlink, after = 0) =>
  fake.sent
    .slice(after)
    .map(({ text }) => text)
    .join('\n---\n');

const reads = (fake: FakeIlink, pattern: RegExp, after = 0) =>
  until(
    () => pattern.exec(read(fake, after)) ?? undefined,
    () => `the owner could not read ${pattern}; they read:\n${read(fake, after)}`,
  );

const requestsTo = (fake: FakeIlink, name: string) => fake.requests.filter(({ endpoint }) => endpoint === name);

/** The tokens of the conversation that answers carried. */
const tokensOf = (fake: FakeIlink) =>
  new Set(requestsTo(fake, 'sendmessage').map(({ body }) => (body as { msg: { context_token?: string } }).msg.context_token));

it('takes the owner through a day: a thread of the desk, an approval, a file, the desk again, and kill -9', async () => {
  await using fake = await startFakeIlink({ holdMs: 500 });
  await using victim = await openWechatVictim({ wechat: fake });
  await atTheDesk(victim, 'begun at the desk');
  await victim.start();

  fake.say('/threads');
  const [, id = ''] = await reads(fake, /(\w{8})`? begun at the desk/);
  fake.say(`/add desk ${id}`);
  await reads(fake, /desk`? is now “begun at the desk”/);
  fake.say('/use desk');
  await reads(fake, /Messages here now go on in `?desk/);
  fake.say('[[gate: think]] [[say: from the phone]]');
  await victim.model.reached('think');
  await fake.until(() => fake.isTyping());
  victim.model.release('think');
  await reads(fake, /from the phone/);
  await fake.until(() => !fake.isTyping());
  expect(turnsOf(victim.model, 'begun at the desk')).toBe(1);

  fake.say('[[run!: touch approved.txt]] [[say: approved, then]]');
  const [, code] = await reads(fake, /touch approved\.txt[\s\S]*\/approve (\w+)`? yes/);
  expect(existsSync(join(victim.workspace, 'approved.txt'))).toBe(false);
  fake.say(`/approve ${code}`);
  await reads(fake, /approved, then/);
  expect(existsSync(join(victim.workspace, 'approved.txt'))).toBe(true);

  fake.say('[[run: printf "the whole report" > report.txt]] [[say: See report.txt]]');
  await reads(fake, /See report\.txt\s+1 file/);
  fake.say('/artifacts');
  const [, file] = await reads(fake, /(\d+)`? report\.txt · 1 KB/);
  fake.say(`/sendfile ${file}`);
  const sentFiles = () => fake.sent.flatMap(({ media }) => (media === undefined ? [] : [media]));
  await fake.until(() => sentFiles().length > 0);
  expect(sentFiles()[0]).toMatchObject({ kind: 'file', name: 'report.txt' });
  expect(Buffer.from(sentFiles()[0]?.bytes ?? [])).toEqual(readFileSync(join(victim.workspace, 'report.txt')));

  fake.say('/status');
  const [, thread = ''] = await reads(fake, /Thread: `?([\w-]{36})/);
  await victim.end('SIGTERM');
  await atTheDesk(victim, 'resume', thread, '[[say: back at the desk]]');
  await victim.start();
  const asked = victim.model.requests.length;
  fake.say('/refresh');
  await reads(fake, /\nback at the desk/);
  expect(victim.model.requests).toHaveLength(asked);

  fake.say('[[gate: mid]] [[say: unseen]]');
  await victim.model.reached('mid');
  await fake.until(() => fake.isTyping());
  await victim.end('SIGKILL');
  expect(fake.isTyping()).toBe(true);
  await victim.start();
  await reads(fake, /The run was cut off/);
  await fake.until(() => !fake.isTyping());
  fake.say('who am I?');
  await reads(fake, /who am I\?[\s\S]*message 7/);

  const prompts = [
    'begun at the desk',
    'gate: think',
    'approved, then',
    'See report.txt',
    'back at the desk',
    'gate: mid',
    'who am I?',
  ];
  for (const prompt of prompts) expect(turnsOf(victim.model, prompt), prompt).toBe(1);
  for (const words of [/^from the phone/gm, /^approved, then/gm, /^back at the desk/gm, /was cut off/g])
    expect(read(fake).match(words), String(words)).toHaveLength(1);
  expect(sentFiles()).toHaveLength(1);
  expect(read(fake)).not.toMatch(/^unseen/m);
  const ids = fake.sent.map(({ clientId }) => clientId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(fake.mistakes).toEqual([]);
  expect(fake.refusals).toEqual([]);
});

it('keeps two accounts apart: their conversations, their logins, their tokens, and what each may still say', async () => {
  await using home = await startFakeIlink({ holdMs: 500, tokenlessSend: 'refuse' });
  await using work = await startFakeIlink({ holdMs: 500, tokenlessSend: 'refuse' });
  await using victim = await openWechatVictim({ home, work });
  // The second service has drawn other tokens by then, although both have the same person.
  for (let n = 0; n < 5; n += 1) work.say('', { from: 'owner@im.wechat', fields: { message_type: 2 } });
  await victim.start();
  const long = `[[say: ${'lorem ipsum '.repeat(6 * 990)}]]`;
  home.say(`[[gate: think]] ${long}`);
  await victim.model.reached('think');
  const told = home.say(long);
  await reads(home, /1 in line/);
  victim.model.release('think');
  await reads(home, /^\(\d+ more wait/m);
  const asked = work.say('[[say: at work]]');
  await reads(work, /at work/);
  for (const word of ['one', 'two', 'three']) work.say(`[[say: work ${word}]]`);
  await reads(work, /work three/);
  // Nothing that the one account hears frees what waits on the other.
  expect(home.sent).toHaveLength(10);
  expect(told.context_token).not.toBe(asked.context_token);
  expect([...tokensOf(home)]).toEqual([told.context_token]);
  expect([...tokensOf(work)]).not.toContain(told.context_token);
  work.say('who am I?');
  await reads(work, /who am I\?[\s\S]*your first one was “\[\[say: at work/);
  home.say('/queue');
  await until(
    () => (home.sent.length > 11 ? true : undefined),
    () => 'what waited was not said',
  );
  for (const fake of [home, work]) {
    const logins = new Set(fake.requests.flatMap(({ headers }) => headers.authorization ?? []));
    expect([...logins]).toEqual([`Bearer ${fake.credentials.token}`]);
    expect(fake.mistakes).toEqual([]);
    expect(fake.refusals).toEqual([]);
  }
  expect(read(work)).not.toContain('lorem');
  expect(read(home)).not.toContain('work');
});

it.each([true, false])(
  'WX-9: reacts to nothing in a group that nobody opened (a mention is wanted: %s)',
  async (requireMention) => {
    await using world = await openWechat({}, { access: { owners: ['wechat:owner@im.wechat'], requireMention } });
    await world.logIn();
    await world.start();
    const inGroup = { fields: { group_id: 'room@chatroom' } };
    for (const text of ['[[say: to the group]]', '/status', '/stop', '@bot [[run: touch made]]']) {
      world.fake.say(text, inGroup);
      world.fake.say(text, { ...inGroup, from: 'guest@im.wechat' });
    }
    world.fake.say('/status');
    await world.reads(/Idle/);
    expect(world.model.requests).toEqual([]);
    expect(world.fake.sent).toHaveLength(1);
    expect(requestsTo(world.fake, 'getconfig')).toEqual([]);
    expect(world.fake.mistakes).toEqual([]);
    expect(world.fake.refusals).toEqual([]);
  },
);

it('takes the typing sign away when a run is stopped, and when the gateway is', async () => {
  await using world = await openWechat();
  await world.logIn();
  const gateway = await world.start();
  world.fake.say('[[gate: never]]');
  await world.fake.until(() => world.fake.isTyping());
  world.fake.say('/stop');
  await world.reads(/Stopped \(“\[\[gate: never\]\]/);
  await world.fake.until(() => !world.fake.isTyping());
  world.fake.say('[[gate: nor this]]');
  await world.fake.until(() => world.fake.isTyping());
  await gateway.stop();
  await world.fake.until(() => !world.fake.isTyping());
  expect(world.fake.mistakes).toEqual([]);
});

it('calls itself by the version of the package that was built', async () => {
  await using world = await openWechat();
  await world.logIn();
  await world.start();
  await world.fake.until(() => world.fake.polls === 1);
  const gateway = createRequire(createRequire(import.meta.url).resolve('@threadbridge/gateway/package.json'));
  const { version } = gateway('@threadbridge/ilink-channel/package.json') as { readonly version: string };
  const agents = requestsTo(world.fake, 'getupdates').map(
    ({ body }) => (body as { base_info: { bot_agent: string } }).base_info.bot_agent,
  );
  expect(new Set(agents)).toEqual(new Set([`Threadbridge/${version}`]));
});
