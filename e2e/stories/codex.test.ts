import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findNativeBinary } from '@threadbridge/codex-runner';
import { toConfigFlags } from '@threadbridge/testkit/model';
import { expect, it } from 'vitest';
import { openWorld } from '../world/open-world.ts';
import { appServersOf, processesOf } from '../world/processes.ts';
import { until } from '../world/until.ts';

const run = promisify(execFile);
const live = { platform: { hasLive: true } } as const;

it('answers a question, with every delta in its order', async () => {
  await using world = await openWorld(live);
  await world.start();
  const words = Array.from({ length: 400 }, (_, index) => `w${index}`).join(' ');
  world.platform.say(`[[hold: middle | ${words} | and the end]]`);
  await world.model.reached('middle');
  const view = () => world.platform.views[0]?.view;
  await until(
    () => view()?.texts[0]?.text.includes('w399') || undefined,
    () => `the view shows ${JSON.stringify(view())}`,
  );
  expect(view()?.status).toBe('running');
  expect(view()?.texts[0]?.text.trim()).toBe(words);
  world.model.release('middle');
  await until(
    () => world.platform.views[0]?.isClosed || undefined,
    () => 'the view was not closed',
  );
  expect(view()).toMatchObject({ status: 'completed', texts: [{ isDraft: false }] });
  expect(view()?.texts[0]?.text).toContain('and the end');
});

it('writes a file after an approval, with the diff in the question', async () => {
  await using world = await openWorld({
    settings: { permissions: { defaultAccess: 'read-only', maxAccess: 'workspace', network: false } },
  });
  await world.start();
  world.platform.say('[[write: notes.md | first line]] [[say: written]]');
  const [, code] = await world.reads(/\+first line[\s\S]*`\/approve (\w+)` yes/);
  expect(existsSync(join(world.workspace, 'notes.md'))).toBe(false);
  world.platform.say(`/approve ${code}`);
  await world.reads(/^written$/m);
  expect(readFileSync(join(world.workspace, 'notes.md'), 'utf8')).toBe('first line\n');
  expect(world.read()).toContain('approved by you');
});

it('leaves undone what was denied, and the turn goes on', async () => {
  await using world = await openWorld();
  await world.start();
  world.platform.say('[[run!: touch outside.txt]] [[say: after]]');
  const [, code] = await world.reads(/touch outside\.txt[\s\S]*`\/approve (\w+)` yes/);
  world.platform.say(`/deny ${code}`);
  await world.reads(/after$/);
  expect(existsSync(join(world.workspace, 'outside.txt'))).toBe(false);
});

it('stops a turn, and the next message works', async () => {
  await using world = await openWorld();
  await world.start();
  world.platform.say('[[gate: never]] [[say: unseen]]');
  await world.model.reached('never');
  world.platform.say('/stop');
  await world.reads(/Stopped \(“\[\[gate: never\]\]/);
  world.platform.say('[[say: here again]]');
  await world.reads(/here again/);
  expect(world.read()).not.toMatch(/^unseen/m);
});

it('steers a running turn', async () => {
  await using world = await openWorld();
  await world.start();
  world.platform.say('[[gate: wait]] [[say: the old way]]');
  await world.model.reached('wait');
  world.platform.say('/steer [[say: the new way]]');
  await world.reads(/Put into the run/);
  world.model.release('wait');
  await world.reads(/^the new way$/m);
  const turns = world.model.requests.filter((request) => request.userTexts.at(-1)?.includes('the new way'));
  expect(turns.length).toBeGreaterThan(0);
});

it('keeps messages during a run in order and sends each once', async () => {
  await using world = await openWorld();
  await world.start();
  world.platform.say('[[gate: busy]] [[say: one done]]');
  await world.model.reached('busy');
  world.platform.say('[[say: two]]');
  world.platform.say('[[say: three]]');
  await world.reads(/2 in line/);
  world.model.release('busy');
  await world.reads(/one done[\s\S]*two[\s\S]*three/);
  const prompts = world.model.requests.map((request) => request.userTexts.at(-1)).filter((text) => text?.includes('two'));
  expect(new Set(prompts).size).toBe(1);
});

it('tells that the run was cut off when app-server is killed in mid-turn; the next message works in the same thread', async () => {
  await using world = await openWorld();
  await world.start();
  world.platform.say('[[say: first answer]]');
  await world.reads(/first answer/);
  world.platform.say('[[gate: dead]] [[say: unseen]]');
  await world.model.reached('dead');
  const [server] = appServersOf(world.codexHome);
  if (server === undefined) throw new Error('no app-server was found');
  process.kill(server.pid, 'SIGKILL');
  await world.reads(/cut off/);
  world.platform.say('do you remember?');
  await world.reads(/do you remember\?[\s\S]*message 3/);
  expect(appServersOf(world.codexHome)).toHaveLength(1);
});

it('continues after a restart in the same thread, and starts no turn by itself', async () => {
  await using world = await openWorld();
  const before = await world.start();
  world.platform.say('hello the first');
  await world.reads(/hello the first/);
  await before.stop();
  expect(processesOf(world.codexHome)).toEqual([]);
  const asked = world.model.requests.length;
  await world.start();
  world.platform.say('/status');
  await world.reads(/Idle/);
  expect(world.model.requests.length).toBe(asked);
  world.platform.say('and the second');
  await world.reads(/and the second[\s\S]*message 2/);
});

it('goes on in a thread made by plain `codex exec`', async () => {
  await using world = await openWorld();
  const flags = toConfigFlags(world.model.codexConfig());
  const args = ['exec', '--skip-git-repo-check', ...flags, 'made at the desk'];
  const made = run(findNativeBinary(), args, {
    cwd: world.workspace,
    env: { ...world.environment, CODEX_HOME: world.codexHome },
  });
  made.child.stdin?.end();
  await made;
  await world.start();
  world.platform.say('/threads');
  const [, id] = await world.reads(/`(\w{8})` made at the desk/);
  world.platform.say(`/add desk ${id}`);
  await world.reads(/`desk` is now/);
  world.platform.say('/use desk');
  await world.reads(/now go on in `desk`/);
  world.platform.say('from the phone');
  await world.reads(/from the phone[\s\S]*message 2[\s\S]*made at the desk/);
});

it('costs no turn to ask for status, lists, help or what does not exist', async () => {
  await using world = await openWorld();
  await world.start();
  for (const text of ['/status', '/list', '/threads', '/help', '/stop', '/approve', '/nonsense', '/use nobody'])
    world.platform.say(text);
  await world.reads(/no alias `nobody`/);
  expect(world.model.requests).toHaveLength(0);
});
