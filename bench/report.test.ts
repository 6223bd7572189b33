import { expect, it } from 'vitest';
import { type Figure, judge } from './figure.ts';
import type { Run } from './history.ts';
import { lines } from './lines.ts';
import { toTable } from './report.ts';

const figure: Figure = { name: 'memory', line: 'memory', value: 180, unit: 'MB', target: { atMost: 150 } };
const run: Run = { at: '2026-01-01T00:00:00.000Z', commit: 'abc', machine: 'm', node: 'v24', load: 0, figures: {} };

it('says by how much a target was missed, of the value or of the ratio', () => {
  expect(judge(figure)).toEqual({ isMet: false, missedBy: 0.2 });
  expect(judge({ ...figure, value: 150 })).toEqual({ isMet: true });
  expect(judge({ ...figure, ratio: 0.3, target: { of: 'ratio', atLeast: 0.4 } })).toMatchObject({ isMet: false });
  expect(judge({ ...figure, value: Number.NaN })).toMatchObject({ isMet: false });
  expect(judge({ name: 'x', value: 1, unit: 'ms' })).toBeUndefined();
});

it('names every promise, also those that were not measured, and compares with the run before', () => {
  const before: Run = { ...run, figures: { memory: [120] } };
  const table = toTable(run, [{ part: 'gateway', tookMs: 1, figures: [figure] }], { isWhole: true, before });
  for (const promise of Object.values(lines)) expect(table).toContain(promise);
  expect(table.match(/Not measured\./g)).toHaveLength(Object.keys(lines).length - 1);
  expect(table).toMatch(/\| memory +\| 180 MB +\| +\| ≤ 150 MB +\| missed by 20 % \| 120 \(\+50 %\) +\|/);
});
