import { asId } from '@threadbridge/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routeSideTask, type SideTask, sideTaskApi, sideTaskRun } from '../src/index.ts';
import { setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp({ token: 't' });
});
afterAll(() => world[Symbol.asyncDispose]());

const task: SideTask = { taskClass: 'intent_classification', prompt: '[[say: a question]]', instructions: 'Classify.' };
const signal = () => AbortSignal.timeout(60_000);

it('is done by the API; when that is gone, by a run of its own', async () => {
  const server = await world.another({ token: 't' });
  const routes = {
    api: sideTaskApi({ baseUrl: server.baseUrl, token: 't' }),
    direct: sideTaskRun(world.runner, asId(world.workspace)),
  };
  expect(await routeSideTask(routes, task, signal())).toEqual({ target: 'api', text: 'a question' });
  await server.stop();
  expect(await routeSideTask(routes, task, signal())).toEqual({ target: 'direct', text: 'a question' });
  expect((await world.runner.capabilities.history.list({})).threads).toEqual([]);
});

it('with a wrong token it is rejected, not done elsewhere', async () => {
  const turns = world.model.requests.length;
  const routes = {
    api: sideTaskApi({ baseUrl: world.server.baseUrl, token: 'wrong' }),
    direct: sideTaskRun(world.runner, asId(world.workspace)),
  };
  await expect(routeSideTask(routes, task, signal())).rejects.toMatchObject({ reason: 'rejected' });
  expect(world.model.requests).toHaveLength(turns);
});

it('a model that fails is another target’s chance; a task too long is not', async () => {
  const direct = sideTaskRun(world.runner, asId(world.workspace));
  const external = async () => 'from elsewhere';
  expect((await routeSideTask({ direct, external }, { ...task, prompt: '[[fail: 500]]' }, signal())).target).toBe('external');
  await expect(routeSideTask({ direct, external }, { ...task, prompt: '[[overflow]]' }, signal())).rejects.toMatchObject({
    reason: 'rejected',
  });
});
