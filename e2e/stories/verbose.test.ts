import { expect, it } from 'vitest';
import { openWorld } from '../world/open-world.ts';

it('tells the steps of a long run where somebody wants that, before the answer', async () => {
  await using world = await openWorld();
  await world.start();
  world.platform.say('/config verbosity verbose');
  await world.reads(/told while it goes on/);
  world.platform.say('[[run: echo seen > step.txt]] [[gate: after the step]] [[say: the answer]]');
  await world.reads(/- ran `.*echo seen.*`/);
  expect(world.read()).not.toContain('the answer');
  world.model.release('after the step');
  await world.reads(/the answer/);
  world.platform.say('/config verbosity quiet');
  await world.reads(/not told, only the answer/);
}, 60_000);
