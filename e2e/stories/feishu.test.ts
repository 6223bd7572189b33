import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFeishu } from '../world/open-feishu.ts';
import { until } from '../world/until.ts';

it('answers the owner on a card that does not stay running', async () => {
  await using world = await openFeishu();
  await world.start();
  world.fake.say('[[say: hello from Codex]]', { from: 'ou_owner' });
  await world.reads(/hello from Codex/);
  await until(
    () => (world.fake.cards.every((card) => !card.isStreaming) ? true : undefined),
    () => `a card still streams: ${world.read()}`,
  );
  expect(world.fake.mistakes).toEqual([]);
});

it('shows a picture to the model and gives it the path of a document', async () => {
  await using world = await openFeishu();
  await world.start();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  );
  const image = world.fake.addFile({ name: 'p.png', bytes: png, kind: 'image' });
  world.fake.say('', { from: 'ou_owner', type: 'image', content: { image_key: image } });
  await world.fake.until(() => world.model.requests.length === 1);
  expect(world.model.requests[0]?.lastUserPictures).toBe(1);
  await world.reads(/one picture/);
  const file = world.fake.addFile({ name: 'notes.md', bytes: Buffer.from('# What was said') });
  world.fake.say('', { from: 'ou_owner', type: 'file', content: { file_key: file, file_name: 'notes.md' } });
  const path = await until(
    () => world.model.requests.map(({ lastUserText }) => /Read it at (\S+notes\.md)/.exec(lastUserText)?.[1]).find(Boolean),
    () => `they read:\n${world.read()}`,
  );
  expect(await readFile(path, 'utf8')).toBe('# What was said');
  expect(world.fake.mistakes).toEqual([]);
});

it('sends the owner a file that a run made', async () => {
  await using world = await openFeishu();
  await world.start();
  world.fake.say('[[write: notes.md | first line]] [[say: written]]', { from: 'ou_owner' });
  await world.reads(/Codex asks to change a file/);
  await world.fake.click('Approve', { from: 'ou_owner' });
  await world.reads(/1 file: `\/artifacts`/);
  world.fake.say('/sendfile 1', { from: 'ou_owner' });
  await until(
    () => world.fake.sent.find(({ type }) => type === 'file'),
    () => `no file was sent; they read:\n${world.read()}`,
  );
  const [key] = world.fake.requests.flatMap(({ body }) => /file_key\W+([\w-]+)/.exec(JSON.stringify(body) ?? '')?.[1] ?? []);
  const file = world.fake.upload(key ?? '');
  expect(file?.name).toBe('notes.md');
  expect(Buffer.from(file?.bytes ?? []).toString()).toBe('first line\n');
  expect(world.fake.mistakes).toEqual([]);
});

it('writes a file after a click, and only once', async () => {
  await using world = await openFeishu();
  await world.start();
  world.fake.say('[[write: notes.md | first line]] [[say: written]]', { from: 'ou_owner' });
  await world.reads(/Codex asks to change a file/);
  expect(existsSync(join(world.workspace, 'notes.md'))).toBe(false);
  await world.tells(await world.fake.click('Approve', { from: 'ou_mallory' }), /This request is not yours to answer/);
  expect(existsSync(join(world.workspace, 'notes.md'))).toBe(false);
  await world.fake.click('Approve', { from: 'ou_owner' });
  await world.reads(/written/);
  expect(existsSync(join(world.workspace, 'notes.md'))).toBe(true);
  expect(world.fake.mistakes).toEqual([]);
});

it('shows a card in the language of the profile, and in that of a person who chose another', async () => {
  await using world = await openFeishu();
  await world.start({ language: 'zh' });
  world.fake.say('[[say: yi]]', { from: 'ou_owner' });
  await world.reads(/Codex · 已完成.*yi/);
  world.fake.say('/config language en', { from: 'ou_owner' });
  await world.reads(/English/);
  world.fake.say('[[say: two]]', { from: 'ou_owner' });
  await world.reads(/Codex · Done.*two/);
  expect(world.fake.mistakes).toEqual([]);
});

it('tells a group that it is closed, and a stranger how to ask', async () => {
  await using world = await openFeishu();
  await world.start();
  const chat = world.fake.addChat('group');
  world.fake.say('hello bot', { chat, from: 'ou_owner' });
  await world.reads(/not open to me yet/);
  world.fake.say('hello', { from: 'ou_stranger' });
  await world.reads(/I only answer my owner.*feishu:ou_stranger/);
  expect(world.model.requests).toEqual([]);
});

it('FS-10: commands of the owner in private find the Feishu command line as the bot; those of a group find nothing', async () => {
  await using world = await openFeishu();
  const chat = world.fake.addChat('group');
  await world.start({ access: { owners: ['feishu:ou_owner'], chats: [`feishu:${chat}`] } });
  const look = (mark: string) => `[[run: echo ${mark}=$LARKSUITE_CLI_CONFIG_DIR-]] [[say: ${mark} looked]]`;
  world.fake.say(look('mine'));
  await world.reads(/mine looked/);
  world.fake.say(look('theirs'), { chat });
  await world.reads(/theirs looked/);
  const seen = JSON.stringify(world.model.requests);
  const directory = join(world.home, 'profiles', 'default', 'feishu-cli', 'feishu', 'bot-only');
  expect(seen).toContain(`mine=${directory}-`);
  expect(seen).toContain('theirs=-');
  expect(seen).not.toContain(world.fake.app.secret);
  expect(existsSync(join(directory, 'config.json'))).toBe(true);
});

it('FS-5, FS-7: a run card stops its run for those who may; whoever may not is told so, and nothing happens', async () => {
  await using world = await openFeishu();
  await world.start();
  world.fake.say('[[hold: gate | working hard | done]]');
  await world.reads(/working hard/);
  await world.comesTo('no button', () => /"content":"Stop"/.test(JSON.stringify(world.fake.cards)));
  expect(JSON.stringify(world.fake.cards)).not.toContain('"say"');
  await world.tells(await world.fake.click('Stop', { from: 'ou_mallory' }), /not yours/);
  expect(JSON.stringify(world.fake.cards[0]?.json)).toContain('Working');
  const stopped = await world.fake.click('Stop');
  expect(stopped.code).toBe(0);
  expect(stopped).not.toHaveProperty('card');
  await world.comesTo('the card does not end', () => /Codex · Stopped/.test(JSON.stringify(world.fake.cards[0]?.json)));
  expect(world.fake.cards.filter((card) => card.isStreaming)).toEqual([]);
  expect(JSON.stringify(world.fake.cards[0]?.json)).not.toMatch(/"content":"Stop"|"tag":"form"/);
  expect(world.fake.mistakes).toEqual([]);
});

it.each(['card', 'text'] as const)(
  'CO-2: tells a run that waits for another one its place, where runs are shown as %s',
  async (replyMode) => {
    await using world = await openFeishu({}, { replyMode });
    await world.start({
      access: { owners: ['feishu:ou_owner'], users: ['feishu:ou_bea'] },
      runs: { quietWindowMs: 0, maxConcurrent: 1 },
    });
    world.fake.say('[[gate: busy]] [[say: first]]', { from: 'ou_owner' });
    await world.model.reached('busy');
    world.fake.say('[[say: second]]', { from: 'ou_bea' });
    await world.reads(replyMode === 'card' ? /Codex · In line, next/ : /Yours is 1st in line/);
    world.model.release('busy');
    await world.reads(/second(?!\]\])/);
    await world.comesTo('a card does not end', () =>
      world.fake.cards.every((card) => !/In line|Working/.test(JSON.stringify(card.json))),
    );
    expect(world.read().match(/1st in line/g) ?? []).toHaveLength(replyMode === 'card' ? 0 : 1);
    expect(world.fake.mistakes).toEqual([]);
  },
);
