import { expect, it } from 'vitest';
import { clockLead } from './clock-lead.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const atNoon = new Date(noon).toUTCString();

it('is nothing where the clocks agree, or nothing is known', () => {
  for (const date of [atNoon, null, '', 'soon']) expect(clockLead(date, noon + 700)).toBe(0);
});

it('tells an hour ahead and an hour behind, rather a second too little than too much', () => {
  expect(clockLead(atNoon, noon + 3_600_000)).toBe(3_599_000);
  expect(clockLead(atNoon, noon - 3_600_000)).toBe(-3_601_000);
});
