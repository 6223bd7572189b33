import { expect, it } from 'vitest';
import { faults } from './faults.ts';
import { type Doing, planOf } from './plan.ts';

const options = { faults, paceMs: 300, faultShare: 0.3 };

function first(seed: number, look: (doing: Doing) => void = () => {}): readonly string[] {
  const lines: string[] = [];
  for (const doing of planOf({ ...options, seed })) {
    look(doing);
    lines.push(`${doing.pauseMs} ${doing.type === 'fault' ? doing.fault.name : `${doing.act} ${doing.person}`}`);
    if (lines.length === 500) break;
  }
  return lines;
}

it('is the same for the same seed, however often the dice of a doing are thrown', () => {
  const plain = first(7);
  expect(first(7, ({ dice }) => dice.next())).toEqual(plain);
  expect(first(8)).not.toEqual(plain);
});

it('comes to every fault and every act', () => {
  const names = new Set(first(7).map((line) => line.replace(/^\d+ /, '').replace(/ [01]$/, '')));
  for (const { name } of faults) expect(names).toContain(name);
  for (const act of ['prompt', 'steer', 'status', 'queue', 'stop', 'new', 'answer']) expect(names).toContain(act);
});
