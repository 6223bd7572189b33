import { expect, it } from 'vitest';
import { toAccountLimits } from './read-limits.ts';

const primary = { usedPercent: 40, windowDurationMins: 300, resetsAt: 1_800_000_000 };
const secondary = { usedPercent: 100, windowDurationMins: 10_080, resetsAt: 1_800_500_000 };

it('tells the windows, shortest first, in milliseconds', () => {
  const limits = toAccountLimits({
    ordinaryUsageAllowed: true,
    rateLimits: { primary: secondary, secondary: primary, planType: 'plus' },
  });
  expect(limits).toEqual({
    windows: [
      { usedPercent: 40, lengthMs: 18_000_000, resetsAt: 1_800_000_000_000 },
      { usedPercent: 100, lengthMs: 604_800_000, resetsAt: 1_800_500_000_000 },
    ],
    isReached: false,
    plan: 'plus',
  });
});

it('says that a limit is reached and when it resets; the word of the backend goes before percentages', () => {
  expect(toAccountLimits({ rateLimits: { primary, secondary } })).toMatchObject({ isReached: true, resetsAt: 1_800_500_000_000 });
  expect(toAccountLimits({ ordinaryUsageAllowed: false, rateLimits: { primary } })).toMatchObject({ isReached: true });
  expect(toAccountLimits({ ordinaryUsageAllowed: false, rateLimits: { primary } })).not.toHaveProperty('resetsAt');
  expect(toAccountLimits({ rateLimits: { primary, rateLimitReachedType: 'rate_limit_reached' } })).toMatchObject({
    isReached: true,
  });
});

it('names the limits where there are several', () => {
  const rateLimitsByLimitId = { codex: { limitName: null, primary }, other: { limitName: 'Reviews', primary: secondary } };
  const { windows } = toAccountLimits({ rateLimits: { primary }, rateLimitsByLimitId });
  expect(windows.map(({ name }) => name)).toEqual([undefined, 'Reviews']);
});

it.each([undefined, null, 7, [], { rateLimits: [] }, { rateLimits: { primary: 'x', secondary: { usedPercent: 'y' } } }])(
  'makes nothing of noise: %j',
  (noise) => {
    expect(toAccountLimits(noise)).toEqual({ windows: [], isReached: false });
  },
);
