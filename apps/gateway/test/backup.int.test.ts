import { join } from 'node:path';
import { type FakeIlink, startFakeIlink } from '@threadbridge/testkit/ilink';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loginAccount, makeBackup, restoreBackup } from '../src/index.ts';
import { createWorld, type World } from './set-up.ts';
import { wechatSettings } from './wechat-settings.ts';

let world: World;
let fake: FakeIlink;
beforeEach(async () => {
  world = await createWorld();
  fake = await startFakeIlink({ holdMs: 200 });
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  await fake.close();
});

const settings = () => wechatSettings(fake);
const texts = () => fake.sent.map(({ text }) => text);

it('what the platform brings again after a restore is answered by nobody until the owner says so', async () => {
  const profile = await world.profile(settings());
  void fake.phone.code().then(() => fake.phone.confirm());
  const readCode = () => Promise.reject(new Error('no number was shown'));
  for await (const _ of loginAccount({ profile, key: 'wechat', signal: new AbortController().signal, readCode })) {
  }
  const file = join(world.root, 'copy.tar.gz');
  const first = await world.open(settings(), { extraChannels: [] });
  fake.say('one');
  await fake.until(() => fake.sent.length === 1);
  await makeBackup({ profile, file });
  fake.say('two');
  await fake.until(() => fake.sent.length === 2);
  await expect(restoreBackup({ file, load: { environment: {}, flags: { home: world.home } } })).rejects.toMatchObject({
    code: 'store.held',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  await first.stop();

  await restoreBackup({ file, load: { environment: {}, flags: { home: world.home } } });
  await world.open(settings(), { extraChannels: [] });
  await fake.until(() => fake.sent.length === 3);
  expect(texts()).toEqual(['You said: one', 'You said: two', expect.stringContaining('put back from a copy. 1 message')]);
  fake.say('/queue resume');
  await fake.until(() => fake.sent.length === 4);
  fake.say('three');
  await fake.until(() => fake.sent.length === 5);
  expect(texts().slice(3)).toEqual(['You said: two', 'You said: three']);
  expect(fake.mistakes).toEqual([]);
});
