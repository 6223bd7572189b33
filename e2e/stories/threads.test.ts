import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findNativeBinary } from '@threadbridge/codex-runner';
import { actorId, type Scope, scopeId } from '@threadbridge/contract';
import { toConfigFlags } from '@threadbridge/testkit/model';
import { expect, it } from 'vitest';
import { openWorld, type World } from '../world/open-world.ts';

const run = promisify(execFile);

/** What a person does at the desk meanwhile. */
async function atTheDesk(world: World, ...words: readonly string[]): Promise<string> {
  const flags = toConfigFlags(world.model.codexConfig());
  const args = ['exec', '--skip-git-repo-check', ...flags, ...words];
  const made = run(findNativeBinary(), args, {
    cwd: world.workspace,
    env: { ...world.environment, CODEX_HOME: world.codexHome },
  });
  made.child.stdin?.end();
  return (await made).stdout;
}

it('goes on in a thread of the desk, and reads what happened there since, without a turn', async () => {
  await using world = await openWorld();
  await atTheDesk(world, 'begun at the desk');
  const first = await world.start();
  world.platform.say('/threads');
  const [, id] = await world.reads(/`(\w{8})` begun at the desk/);
  world.platform.say(`/resume ${id}`);
  await world.reads(/go on in “begun at the desk”/);
  world.platform.say('[[say: from the phone]]');
  await world.reads(/from the phone/);
  await first.stop();
  const thread = /Thread: `([\w-]+)`/;
  const second = await world.start();
  world.platform.say('/status');
  const [, whole] = await world.reads(thread);
  await second.stop();
  await atTheDesk(world, 'resume', whole ?? '', '[[say: back at the desk]]');
  await world.start();
  const asked = world.model.requests.length;
  world.platform.say('/refresh');
  await world.reads(/> \[\[say: back at the desk\]\]\n\nback at the desk/);
  world.platform.say('/refresh');
  await world.reads(/Nothing new happened/);
  expect(world.model.requests.length).toBe(asked);
});

it('renames, copies and puts away threads, and chooses a model', async () => {
  await using world = await openWorld();
  await world.start();
  world.platform.say('/rename too early');
  await world.reads(/no thread here yet/);
  world.platform.say('hello there');
  await world.reads(/first message of this thread/);
  world.platform.say('/rename The greeting');
  await world.reads(/now called “The greeting”/);
  world.platform.say('/threads greeting');
  await world.reads(/` The greeting · /);
  world.platform.say('/fork');
  await world.reads(/goes to a copy of the thread/);
  world.platform.say('and again');
  await world.reads(/message 2 of this thread/);
  world.platform.say('/archive');
  await world.reads(/is put away/);
  world.platform.say('a fresh start');
  await world.reads(/a fresh start[\s\S]*first message of this thread/);
  world.platform.say('/model');
  const [, model] = await world.reads(/- `([\w.-]+)` .+\n- `/);
  world.platform.say(`/model ${model}`);
  await world.reads(/Runs here now use/);
  world.platform.say('[[say: with that model]]');
  await world.reads(/with that model/);
  expect(world.model.requests.at(-1)?.body).toMatchObject({ model });
});

it('answers guests of a group that the owner opened: read-only, without approvals, away from secrets', async () => {
  await using world = await openWorld();
  writeFileSync(join(world.codexHome, 'auth-for-test'), 'the secret of the house');
  await world.start();
  const { platform } = world;
  const group: Scope = { id: scopeId(platform.id, 'team'), channel: platform.id, kind: 'group', title: 'Team' };
  const guest = { actor: { id: actorId(platform.id, 'gus'), name: 'Gus' }, scope: group };
  platform.say('hello?', guest);
  await world.reads(/not open to me yet/);
  platform.say('/group approve fake:team');
  await world.reads(/approved, read-only/);
  platform.say('[[say: welcome]]', guest);
  await world.reads(/welcome/);
  platform.say(`[[run: cat ${join(world.codexHome, 'auth-for-test')}]] [[say: tried to read]]`, guest);
  await world.reads(/tried to read/);
  expect(JSON.stringify(world.model.requests.at(-1)?.body)).not.toContain('the secret of the house');
  platform.say('[[run!: touch out.txt]] [[say: tried to write]]', guest);
  await world.reads(/tried to write/);
  expect(world.read()).not.toContain('/approve');
  platform.say('/threads', guest);
  await world.reads(/works in a private chat only/);
});
