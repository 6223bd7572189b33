import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodexRunner } from '@threadbridge/codex-runner';
import { actorId, asId, type JsonObject, type Scope, scopeId, type ThreadId, type WorkspacePath } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { atTheDesk } from '../world/at-the-desk.ts';
import { openWorld } from '../world/open-world.ts';

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

it('CO-6: tells what happened at the desk before words go into the thread, or lets them wait until that was read', async () => {
  await using world = await openWorld({ settings: { runs: { quietWindowMs: 0, whenMoved: 'tell' } } });
  const first = await world.start();
  world.platform.say('[[say: from the phone]]');
  await world.reads(/from the phone/);
  world.platform.say('/compact');
  await world.reads(/summed up/);
  world.platform.say('[[say: not a word of that]]');
  await world.reads(/not a word of that/);
  expect(world.read()).not.toContain('went on elsewhere');
  world.platform.say('/status');
  const [, thread] = await world.reads(/Thread: `([\w-]+)`/);
  await first.stop();
  await atTheDesk(world, 'resume', thread ?? '', '[[say: meanwhile at the desk]]');
  const asked = world.model.requests.length;
  await world.start();
  world.platform.say('[[say: on the phone again]]');
  await world.reads(
    /went on elsewhere.*one turn.*\n- \[\[say: meanwhile at the desk\]\] → meanwhile at the desk[\s\S]*on the phone again/,
  );
  expect(world.model.requests.length).toBe(asked + 1);
});

it('CO-6: lets words wait until somebody has read what happened at the desk, where the profile says so, also across a restart', async () => {
  await using world = await openWorld({ settings: { runs: { quietWindowMs: 0, whenMoved: 'wait' } } });
  const first = await world.start();
  world.platform.say('[[say: from the phone]]');
  await world.reads(/from the phone/);
  world.platform.say('/status');
  const [, thread] = await world.reads(/Thread: `([\w-]+)`/);
  await first.stop();
  await atTheDesk(world, 'resume', thread ?? '', '[[say: meanwhile at the desk]]');
  const asked = world.model.requests.length;
  const second = await world.start();
  const then = world.platform.shown.length;
  world.platform.say('[[say: on the phone again]]');
  await world.reads(/went on elsewhere.*so your words wait/, then);
  await second.stop();
  await world.start();
  world.platform.say('/status');
  await world.reads(/Waiting: the thread went on elsewhere/, then);
  expect(world.model.requests.length).toBe(asked);
  world.platform.say('/refresh');
  await world.reads(/> \[\[say: meanwhile at the desk\]\]\n\nmeanwhile at the desk[\s\S]*^on the phone again$/m, then);
  world.platform.say('[[say: with nothing new there]]');
  await world.reads(/^with nothing new there$/m, then);
  expect(world.model.requests.length).toBe(asked + 2);
  expect(JSON.stringify(world.model.requests.at(-1)?.body)).toMatch(/meanwhile at the desk.*on the phone again/);
});

it('CO-4: asks a named thread once, without going there', async () => {
  await using world = await openWorld();
  await atTheDesk(world, 'begun at the desk');
  await world.start();
  world.platform.say('[[say: my own thread]]');
  await world.reads(/my own thread/);
  world.platform.say('/threads');
  const [, id] = await world.reads(/`(\w{8})` begun at the desk/);
  world.platform.say(`/add desk ${id}`);
  await world.reads(/`desk` is now/);
  world.platform.say('/send desk and there');
  await world.reads(/message 2 of this thread[\s\S]*Answer from `desk`/);
  const then = world.platform.shown.length;
  world.platform.say('and here');
  await world.reads(/message 2 of this thread/, then);
  expect(world.read(then)).not.toContain('Answer from');
});

it('never takes a thread that another program has open: it leaves words there, goes on in a copy, or waits', async () => {
  await using world = await openWorld();
  const first = await world.start();
  world.platform.say('[[say: mine so far]]');
  await world.reads(/mine so far/);
  world.platform.say('/status');
  const [, id] = await world.reads(/Thread: `([\w-]+)`/);
  await first.stop();
  const desk = createCodexRunner({
    codexHome: world.codexHome,
    env: { ...world.environment },
    config: world.model.codexConfig() as JsonObject,
  });
  const atDesk = async (prompt: string) => {
    const input = { prompt, thread: asId<ThreadId>(id ?? ''), workspace: asId<WorkspacePath>(world.workspace) } as const;
    for await (const event of desk.start({ ...input, sandbox: 'workspace-write' }).events)
      if (event.type === 'turn.failed') throw event;
  };
  await atDesk('[[say: open at the desk]]');
  await world.start();
  const asked = world.model.requests.length;
  const question = /\/answer (\w+) queue/;
  world.platform.say('[[say: left there]]');
  const [, left] = await world.reads(question);
  expect(world.model.requests.length).toBe(asked);
  world.platform.say(`/answer ${left} queue`);
  await world.reads(/Left for the other program/);
  await atDesk('[[say: at the desk again]]');
  await world.reads(/^left there$/m);
  const then = world.platform.shown.length;
  world.platform.say('[[say: in the copy]]');
  const [, copied] = await world.reads(question, then);
  world.platform.say(`/answer ${copied} fork`);
  await world.reads(/Going on in a copy[\s\S]*in the copy/, then);
  world.platform.say(`/resume ${id}`);
  await world.reads(/go on in “/, then);
  const last = world.platform.shown.length;
  world.platform.say('[[say: back in the thread]]');
  const [, waits] = await world.reads(question, last);
  world.platform.say(`/answer ${waits} wait`);
  await world.reads(/Waiting until the thread is free/, last);
  await desk[Symbol.asyncDispose]();
  await world.reads(/^back in the thread$/m, last);
}, 120_000);

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
