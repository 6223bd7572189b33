import { asId, type RunItem } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { createStepTeller } from './tell-steps.ts';

const ran = (n: number): RunItem => ({ id: asId(`i${n}`), type: 'command', command: `c${n}`, status: 'completed', exitCode: 0 });

function setUp() {
  const clock = createManualClock();
  const told: string[] = [];
  const teller = createStepTeller(clock, async ({ steps, omitted }) => {
    told.push([omitted, ...steps.map((step) => (step.type === 'ran' ? step.command : step.type))].join(' '));
  });
  return { clock, told, teller };
}

it('merges what happens within a pause, and pauses longer each time', async () => {
  const { clock, told, teller } = setUp();
  teller.add(ran(1));
  teller.add({ id: asId('m'), type: 'agent.message', text: 'hm', phase: 'commentary' });
  teller.add({ id: asId('f'), type: 'file.change', changes: [{ path: 'a', kind: 'update', diff: '' }], status: 'completed' });
  await clock.advance(9_999);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual(['0 c1 changed']);
  teller.add(ran(2));
  await clock.advance(19_999);
  expect(told).toHaveLength(1);
  await clock.advance(1);
  expect(told[1]).toBe('0 c2');
});

it('tells the last of many steps, and how many there were before', async () => {
  const { clock, told, teller } = setUp();
  for (let n = 1; n <= 25; n += 1) teller.add(ran(n));
  await clock.advance(10_000);
  expect(told).toEqual(['15 c16 c17 c18 c19 c20 c21 c22 c23 c24 c25']);
});

it('tells nothing after its end', async () => {
  const { clock, told, teller } = setUp();
  teller.add(ran(1));
  await teller.end();
  await clock.advance(60_000);
  expect(told).toEqual([]);
});
