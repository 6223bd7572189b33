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

it('asks for an approval with a code, and does what was approved', async () => {
  await using world = await openWechat();
  await world.logIn();
  await world.start();
  world.fake.say('[[run!: touch approved.txt]] [[say: after]]');
  const [, code] = await world.reads(/touch approved\.txt[\s\S]*\/approve (\w+)`? yes/);
  expect(existsSync(join(world.workspace, 'approved.txt'))).toBe(false);
  world.fake.say(`/approve ${code}`);
  await world.reads(/after$/);
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
  await world.reads(/Stopped\./);
  world.fake.say('[[say: here again]]');
  await world.reads(/here again/);
  expect(world.read()).not.toContain('unseen');
  expectNoMistakes(world);
});
