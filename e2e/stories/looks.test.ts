import { expect, it } from 'vitest';
import { openWechat } from '../world/open-wechat.ts';

it('/plan shows what Codex means to do, when the run is over and after a restart, without a turn', async () => {
  await using world = await openWechat({}, { runs: { quietWindowMs: 0 } });
  await world.logIn();
  const gateway = await world.start();
  world.fake.say('[[plan: x read; > write; rest]] [[say: Half way.]]');
  await world.reads(/Half way\./);
  const asked = world.model.requests.length;
  world.fake.say('/plan');
  await world.reads(/- ✓ read\n- → write\n- ○ rest/);
  await gateway.stop();
  await world.start();
  const read = world.fake.sent.length;
  world.fake.say('/plan');
  await world.reads(/- → write/, read);
  expect(world.model.requests).toHaveLength(asked);
});

it('/review is a run like any other: it waits for its turn, and its words are the answer', async () => {
  await using world = await openWechat({}, { runs: { quietWindowMs: 0 } });
  await world.logIn();
  await world.start();
  world.fake.say('/review [[run: echo seen]] [[say: Looks fine.]]');
  world.fake.say('[[say: Thanks.]]');
  await world.reads(/Looks fine\.[\s\S]*Thanks\./);
  world.fake.say('/review [[gate: reviewing]] [[say: unseen]]');
  await world.model.reached('reviewing');
  world.fake.say('/stop');
  await world.reads(/Stopped/);
});
