import { homedir, userInfo } from 'node:os';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFileKeystore, makeReport } from '../src/index.ts';
import { createWorld, type World } from './set-up.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

it('a report tells of the program, and nothing of its people', async () => {
  const settings = {
    access: { owners: ['terminal:owner', 'wechat:o9cq80x@im.wechat'] },
    codex: { config: { model_provider: 'in-house', bearer: 'sesame' } },
  };
  const profile = await world.profile(settings);
  await createFileKeystore(profile.paths).set('ci', 'open-sesame-and-close');
  await world.open(settings);
  world.platform.say('a word between us');
  await vi.waitFor(() => expect(world.shown()).toHaveLength(1));
  const findings = [{ name: 'workspace', state: 'ok', text: `${world.workspace} of ${homedir()}; open-sesame-and-close` }];
  const environment = { USER: 'olga', HOME: '/home/olga' };
  const report = await makeReport({ profile, environment, findings });
  expect(report).toMatchObject({
    versions: { threadbridge: expect.stringMatching(/^\d/), node: process.versions.node },
    findings: [{ name: 'workspace', found: '$WORKSPACE of ~; [secret]' }],
    store: { conversations: 1, inputs: { waiting: 0 } },
  });
  expect(report.settings).toContainEqual({ path: 'access.owners', value: '[2 entries]', origin: 'command line' });
  expect(report.log.length).toBeGreaterThan(0);
  const text = JSON.stringify(report);
  for (const hidden of ['between us', 'sesame', 'im.wechat', world.home, world.workspace, 'in-house'])
    expect(text, hidden).not.toContain(hidden);
  expect(text).not.toMatch(new RegExp(`[/\\\\]${userInfo().username}[/\\\\]`));
});
