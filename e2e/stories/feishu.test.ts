import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, openGateway, type ProfileOverrides, type RunningGateway, resolveProfile } from '@threadbridge/gateway';
import { startFakeFeishu } from '@threadbridge/testkit/feishu';
import { startScriptedModel } from '@threadbridge/testkit/model';
import { expect, it } from 'vitest';
import { settings } from '../world/open-world.ts';
import { until } from '../world/until.ts';

/** The whole product between a fake Feishu, spoken to by the real SDK, and the real Codex on a scripted model. */
async function openFeishu() {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-feishu-')));
  const [home, workspace, codexHome] = [join(folder, 'state'), join(folder, 'work'), join(folder, 'codex')] as const;
  await Promise.all([home, workspace, codexHome].map((path) => mkdir(path)));
  const [model, fake] = await Promise.all([startScriptedModel(), startFakeFeishu()]);
  const secret = join(folder, 'app-secret');
  await writeFile(secret, fake.app.secret, { mode: 0o600 });
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' };
  let gateway: RunningGateway | undefined;
  /** Everything that people can see: messages, and cards as they stand now. */
  const read = () => `${fake.sent.map(({ text }) => text).join('\n---\n')}\n${JSON.stringify(fake.cards)}`;
  return {
    ...{ fake, model, workspace, read },
    async start() {
      const feishu = {
        type: 'feishu',
        appId: fake.app.id,
        appSecret: { source: 'file', path: secret },
        domain: fake.url,
      } as const;
      const more: ProfileOverrides = {
        channels: { feishu },
        access: { owners: ['feishu:ou_owner'] },
        permissions: { defaultAccess: 'read-only', maxAccess: 'workspace', network: false },
      };
      const loaded = await loadConfig({ environment, flags: { home, settings: settings(workspace, codexHome, model, more) } });
      gateway = await openGateway({ profile: resolveProfile(loaded), environment });
      await fake.until(() => fake.connections.open > 0);
    },
    reads: (pattern: RegExp) =>
      until(
        () => pattern.exec(read()) ?? undefined,
        () => `nobody could read ${pattern}; they saw:\n${read()}`,
      ),
    async [Symbol.asyncDispose]() {
      await gateway?.stop();
      await model.close();
      await fake[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

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

it('writes a file after a click, and only once', async () => {
  await using world = await openFeishu();
  await world.start();
  world.fake.say('[[write: notes.md | first line]] [[say: written]]', { from: 'ou_owner' });
  await world.reads(/Codex asks to change a file/);
  expect(existsSync(join(world.workspace, 'notes.md'))).toBe(false);
  await world.fake.click('Approve', { from: 'ou_mallory' });
  await world.reads(/This request is not yours to answer/);
  expect(existsSync(join(world.workspace, 'notes.md'))).toBe(false);
  await world.fake.click('Approve', { from: 'ou_owner' });
  await world.reads(/written/);
  expect(existsSync(join(world.workspace, 'notes.md'))).toBe(true);
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
