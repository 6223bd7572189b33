import { expect, it } from 'vitest';
import { openVictim, turnsOf } from '../world/open-victim.ts';

it('survives kill -9 in mid-turn: the run is told as cut off, what waited runs once, the thread goes on', async () => {
  await using victim = await openVictim();
  await victim.start();
  victim.platform.say('[[say: remembered]]');
  await victim.reads(/remembered/);
  victim.platform.say('[[gate: mid]] [[say: unseen]]');
  await victim.model.reached('mid');
  victim.platform.say('[[say: waited for it]]');
  await victim.reads(/1 in line/);
  await victim.kill();
  await victim.start();
  await victim.reads(/cut off[\s\S]*waited for it/);
  victim.platform.say('who am I?');
  await victim.reads(/who am I\?[\s\S]*message 4/);
  for (const prompt of ['remembered', 'gate: mid', 'waited for it', 'who am I?'])
    expect(turnsOf(victim.model, prompt), prompt).toBe(1);
  const keys = victim.platform.written().map((one) => one.key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(victim.platform.read()).not.toMatch(/^unseen/m);
});

it('handles once what was written while it was dead', async () => {
  await using victim = await openVictim();
  await victim.start();
  victim.platform.say('[[say: before]]');
  await victim.reads(/before/);
  await victim.kill();
  for (const text of ['one', 'two', 'three']) victim.platform.say(`[[say: after ${text}]]`);
  await victim.start();
  await victim.reads(/after three/);
  for (const text of ['one', 'two', 'three']) expect(turnsOf(victim.model, `after ${text}`), text).toBe(1);
});

it('tells that a question is void when it was killed while somebody had to answer', async () => {
  await using victim = await openVictim();
  await victim.start();
  victim.platform.say('[[run!: touch x]] [[say: unseen]]');
  await victim.reads(/\/approve (\w+)` yes/);
  const code = /\/approve (\w+)` yes/.exec(victim.platform.read())?.[1];
  await victim.kill();
  victim.platform.say(`/approve ${code}`);
  await victim.start();
  await victim.reads(/cut off[\s\S]*No open request|was not used/);
  victim.platform.say('[[say: alive]]');
  await victim.reads(/alive/);
});
