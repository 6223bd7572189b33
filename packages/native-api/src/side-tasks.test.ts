import { describe, expect, it } from 'vitest';
import { routeSideTask, type SideTask, SideTaskFailure, type SideTaskTarget } from './side-tasks.ts';

const task: SideTask = { taskClass: 'normalization', prompt: 'x' };
const answers =
  (text: string): SideTaskTarget =>
  async () =>
    text;
const fails =
  (reason: SideTaskFailure['reason']): SideTaskTarget =>
  async () => {
    throw new SideTaskFailure(reason, reason);
  };
const route = (routes: Parameters<typeof routeSideTask>[0]) => routeSideTask(routes, task, new AbortController().signal);

describe('a side task', () => {
  it('goes to the API first, then to a direct run, then to the one outside that was put in', async () => {
    const [api, direct, external] = ['api', 'direct', 'external'].map(answers) as [
      SideTaskTarget,
      SideTaskTarget,
      SideTaskTarget,
    ];
    const down = fails('unreachable');
    expect(await route({ api, direct, external })).toEqual({ target: 'api', text: 'api' });
    expect(await route({ api: down, direct, external })).toEqual({ target: 'direct', text: 'direct' });
    expect(await route({ api: down, direct: down, external })).toEqual({ target: 'external', text: 'external' });
    await expect(route({ api: down, direct: down })).rejects.toMatchObject({ reason: 'unreachable' });
    await expect(route({})).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('of a class the API is not for goes to a direct run', async () => {
    const routes = { api: answers('api'), direct: answers('direct'), apiClasses: ['side_reasoning'] as const };
    expect((await route(routes)).target).toBe('direct');
  });

  it('that is rejected goes nowhere else', async () => {
    await expect(route({ api: fails('rejected'), direct: answers('direct') })).rejects.toMatchObject({ reason: 'rejected' });
  });

  it('that is given up is asked of nobody else', async () => {
    const leaving = new AbortController();
    const api: SideTaskTarget = async () => {
      leaving.abort();
      throw new SideTaskFailure('unreachable', 'gone');
    };
    await expect(routeSideTask({ api, direct: answers('direct') }, task, leaving.signal)).rejects.toThrow('gone');
  });
});
