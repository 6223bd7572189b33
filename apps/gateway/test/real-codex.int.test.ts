import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openGateway, type RunningGateway } from '../src/index.ts';
import { createWorld, type World } from './set-up.ts';

/** Configuration, gateway, SQLite, the real Codex binary; only the model and the chat platform are ours. */
let world: World;
let model: ScriptedModel;
let gateway: RunningGateway | undefined;

beforeEach(async () => {
  world = await createWorld();
  model = await startScriptedModel();
});
afterEach(async () => {
  await gateway?.stop();
  await model.close();
  await world[Symbol.asyncDispose]();
});

it('answers from the real Codex, in a home and with a model that the profile names', async () => {
  const home = join(world.root, 'codex');
  await mkdir(home);
  const profile = await world.profile({ codex: { home, config: { ...model.codexConfig() } }, nativeApi: { port: 0 } });
  gateway = await openGateway({
    profile,
    environment: { PATH: process.env.PATH, HOME: world.root },
    extraChannels: [{ channel: world.platform.connect(), owner: world.platform.owner.id }],
  });
  world.platform.say('[[say: hello from the model]]');
  await expect.poll(world.shown, { timeout: 20_000 }).toEqual(['hello from the model']);
  expect(model.problems).toEqual([]);
  expect(await readFile(join(profile.paths.logs, 'gateway.jsonl'), 'utf8')).not.toContain('hello from the model');
});
