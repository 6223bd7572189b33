import { expect, it } from 'vitest';
import { openWorld, type World } from '../world/open-world.ts';
import { appServersOf } from '../world/processes.ts';
import { until } from '../world/until.ts';

/** Their help says that they ask the model. */
const costing: readonly string[] = ['compact', 'review'];
/** They take away what the others look at, or end the program. */
const ending: readonly string[] = ['new', 'archive', 'fork', 'stop', 'exit'];

/** With words after them, where those alone make the command look at something. */
const more: readonly string[] = [
  ...['/status', '/list', '/threads here', '/refresh', '/follow', '/follow off', '/queue resume', '/timeout 10m', '/steer now'],
  ...['/rename Zero', '/add zero ZZZ', '/use zero', '/resume ZZZ', '/cd .', '/ws nowhere', '/sendfile 1', '/group list'],
  ...[
    '/approve zz',
    '/deny zz',
    '/answer zz yes',
    '/invite nobody',
    '/config language en',
    '/config verbosity',
    '/reconnect',
    '/nonsense',
  ],
];

/** Says it, and waits until something was answered. */
async function asks(world: World, text: string): Promise<void> {
  const { length } = world.platform.shown;
  world.platform.say(text);
  await until(
    () => (world.platform.shown.length > length ? true : undefined),
    () => `nobody answered ${text}`,
  );
}

async function names(world: World): Promise<readonly string[]> {
  const { length } = world.platform.shown;
  world.platform.say('/help');
  await world.reads(/\/help/, length);
  return Array.from(world.read(length).matchAll(/^- `\/(\w+)/gm), ([, name]) => name ?? '');
}

it('no command but those that say so, no restart and no lost Codex costs a turn', async () => {
  await using world = await openWorld();
  const first = await world.start();
  world.platform.say('[[run: echo 1 > made.txt]] [[say: the only turn]]');
  await world.reads(/the only turn/);
  const asked = world.model.requests.length;
  const all = await names(world);
  expect(all).toEqual(
    expect.arrayContaining(['status', 'threads', 'usage', 'model', 'artifacts', 'whoami', ...costing, ...ending]),
  );
  for (const name of all.filter((one) => ![...costing, ...ending].includes(one))) await asks(world, `/${name}`);
  for (const text of more) await asks(world, text);
  expect(world.model.requests.length).toBe(asked);

  await first.stop();
  const second = await world.start();
  await asks(world, '/status');
  for (const { pid } of appServersOf(world.codexHome)) process.kill(pid, 'SIGKILL');
  for (const text of ['/threads', '/refresh', '/model', '/usage']) await asks(world, text);
  await second.stop();
  await world.start();
  for (const name of ending.filter((one) => one !== 'exit')) await asks(world, `/${name}`);
  expect(world.model.requests.length).toBe(asked);
  expect(world.model.problems).toEqual([]);
  world.platform.say('[[say: the second turn]]');
  await world.reads(/the second turn/);
  expect(world.model.requests.length).toBeGreaterThan(asked);
}, 120_000);
