import { createManualClock, settled } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { createMemoryTasks } from './memory-tasks.ts';
import { createTaskDesk } from './task-desk.ts';

it('waits no longer for news where the clock was put back meanwhile', async () => {
  const clock = createManualClock();
  let backMs = 0;
  const desk = createTaskDesk({
    ...{ store: createMemoryTasks(), peek: async () => undefined, notices: () => [] },
    clock: { now: () => clock.now() - backMs, sleep: clock.sleep },
  });
  await desk.make(
    { id: 'one', createdAt: 1, updatedAt: 1, body: {} },
    { task: 'one', key: 'one', at: 1, kind: 'asked', body: {} },
  );
  let end = 'none';
  const found = desk
    .until(async () => undefined, 20_000)
    .then(() => {
      end = 'over';
    });
  await settled();
  backMs = 76 * 60_000;
  await desk.ask('one', { key: 'two', at: 1, body: {} });
  await clock.advance(19_999);
  expect(end).toBe('none');
  await clock.advance(1);
  expect(end).toBe('over');
  await found;
  expect(clock.sleeping).toBe(0);
});
