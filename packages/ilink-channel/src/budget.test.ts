import { type BudgetState, GatewayError, type SendPurpose } from '@threadbridge/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBudget, newsOf } from './budget.ts';

const budget = createBudget();
const hour = 3_600_000;

function claimMany(state: BudgetState, purposes: readonly SendPurpose[], at: number) {
  let now = state;
  const allowed: boolean[] = [];
  for (const purpose of purposes) {
    const claim = budget.claim(now, { purpose, at });
    allowed.push(claim.allowed);
    if (claim.allowed) now = claim.state;
  }
  return { state: now, allowed: allowed.filter(Boolean).length };
}
const many = (purpose: SendPurpose) => Array.from({ length: 20 }, () => purpose);

it('says nothing before somebody wrote', () => {
  expect(budget.claim(budget.initial, { purpose: 'final', at: 1 })).toEqual({ allowed: false, reason: 'silent' });
});

it('keeps room for what is more urgent', () => {
  const heard = budget.release(budget.initial, 1_000);
  const progress = claimMany(heard, many('progress'), 1_000);
  const replies = claimMany(progress.state, many('reply'), 1_000);
  const approvals = claimMany(replies.state, many('approval'), 1_000);
  const finals = claimMany(approvals.state, many('final'), 1_000);
  expect([progress.allowed, replies.allowed, approvals.allowed, finals.allowed]).toEqual([6, 2, 1, 1]);
  expect(budget.claim(finals.state, { purpose: 'final', at: 1_000 })).toEqual({ allowed: false, reason: 'spent' });
});

it('says which claim is the last, so that a word about what waits can go with it', () => {
  const heard = budget.release(budget.initial, 0);
  const nine = claimMany(heard, many('final').slice(0, 9), 1).state;
  expect(budget.claim(nine, { purpose: 'final', at: 2 })).toMatchObject({ allowed: true, isLast: true });
  expect(budget.claim(heard, { purpose: 'final', at: 2 })).toMatchObject({ allowed: true, isLast: false });
});

it('closes with the time, and is whole again when somebody writes', () => {
  const heard = budget.release(budget.initial, 0);
  expect(budget.claim(heard, { purpose: 'final', at: 23 * hour })).toEqual({ allowed: false, reason: 'window' });
  const again = budget.release(heard, 24 * hour);
  expect(budget.left(again, 24 * hour)).toEqual({ messages: 10, until: 47 * hour });
});

it('is not renewed by an old message that comes again', () => {
  const spent = claimMany(budget.release(budget.initial, 1_000), many('final'), 2_000).state;
  expect(budget.release(spent, 1_000)).toBe(spent);
  expect(budget.release(spent, 500)).toBe(spent);
});

it('is renewed after our clock was put back', () => {
  const spent = claimMany(budget.release(budget.initial, 2 * hour), many('final'), 2 * hour).state;
  expect(budget.left(budget.release(spent, hour), hour).messages).toBe(10);
});

it('still counts what was sent after the new message had been written', () => {
  const state = claimMany(budget.release(budget.initial, 1_000), many('final').slice(0, 3), 5_000).state;
  expect(budget.left(budget.release(state, 4_000), 6_000).messages).toBe(7);
});

it('still counts what was on its way, or never answered, when somebody wrote', () => {
  const claimed = claimMany(budget.release(budget.initial, 1_000), many('final').slice(0, 4), 5_000).state;
  const heard = [5_100, 5_200].reduce((state, now) => budget.learn(state, { at: 5_000, outcome: 'accepted' }, now), claimed);
  const late = budget.learn(heard, { at: 5_000, outcome: 'accepted' }, 6_500);
  const lost = budget.learn(late, { at: 5_000, outcome: 'unknown' }, 6_600);
  expect(budget.left(budget.release(lost, 6_000), 7_000).messages).toBe(8);
  expect(budget.left(budget.release(lost, 70_000), 70_000).messages).toBe(10);
});

describe('a refusal', () => {
  const heard = budget.release(budget.initial, 0);

  it('for the count closes until somebody writes, and is remembered for a while', () => {
    const six = budget.learn(
      claimMany(heard, many('final').slice(0, 6), 1_000).state,
      { at: 1_000, outcome: 'accepted', cost: 6 },
      1_200,
    );
    const seven = claimMany(six, ['final'], 1_300).state;
    const refused = budget.learn(seven, { at: 1_300, outcome: 'spent' }, 1_500);
    expect(budget.claim(refused, { purpose: 'final', at: 2_000 })).toEqual({ allowed: false, reason: 'spent' });
    const again = budget.release(refused, 10_000);
    expect(budget.left(again, 10_000).messages).toBe(6);
    const written = (times: number) =>
      Array.from({ length: times }).reduce<BudgetState>((state, _, n) => budget.release(state, 20_000 + n), again);
    expect(budget.left(written(4), 30_000).messages).toBe(6);
    expect(budget.left(written(5), 30_000).messages).toBe(7);
    expect(budget.left(written(90), 30_000).messages).toBe(10);
  });

  it('long after the message is about time', () => {
    const claimed = claimMany(heard, ['final'], hour).state;
    const refused = budget.learn(claimed, { at: hour, outcome: 'spent' }, hour);
    const again = budget.release(refused, 2 * hour);
    expect(budget.left(again, 2 * hour)).toEqual({ messages: 10, until: 3 * hour });
  });

  it('for haste pauses, longer each time', () => {
    const first = budget.learn(claimMany(heard, ['final'], 1).state, { at: 1, outcome: 'throttled', pauseMs: 60_000 }, 1);
    expect(budget.claim(first, { purpose: 'final', at: 2 })).toEqual({ allowed: false, reason: 'throttled', retryAt: 60_001 });
    const second = budget.learn(
      claimMany(first, ['final'], 60_001).state,
      { at: 60_001, outcome: 'throttled', pauseMs: 60_000 },
      60_001,
    );
    expect(budget.claim(second, { purpose: 'final', at: 60_002 })).toMatchObject({ retryAt: 180_001 });
    expect(budget.left(second, 200_000).messages).toBe(10);
  });
});

it('reads errors of the channel', () => {
  expect(newsOf(new GatewayError('channel.rate_limited', 'x', { certain: true }))).toEqual({ outcome: 'spent' });
  expect(newsOf(new GatewayError('channel.rate_limited', 'x', { certain: true, retry: { afterMs: 5 } }))).toEqual({
    outcome: 'throttled',
    pauseMs: 5,
  });
  expect(newsOf(new GatewayError('channel.unreachable', 'x', { certain: true }))).toEqual({ outcome: 'unsent' });
  expect(newsOf(new GatewayError('channel.unreachable', 'x'))).toEqual({ outcome: 'unknown' });
});

it('counts files as messages', () => {
  const file = { path: '/x', name: 'x', sizeBytes: 1, mediaType: 'a/b', sha256: '' };
  expect(budget.cost({ markdown: 'text', files: [file, file] })).toBe(3);
  expect(budget.cost({ markdown: '', files: [file] })).toBe(1);
});

it('never allows more than the rule, whatever happens, and survives storage', () => {
  const action = fc.oneof(
    fc.record({ type: fc.constant('write' as const), after: fc.integer({ min: 0, max: 30 * hour }) }),
    fc.record({
      type: fc.constant('send' as const),
      after: fc.integer({ min: 0, max: hour }),
      purpose: fc.constantFrom<SendPurpose>('progress', 'reply', 'approval', 'final'),
      outcome: fc.constantFrom(
        'accepted' as const,
        'unknown' as const,
        'unsent' as const,
        'spent' as const,
        'throttled' as const,
      ),
    }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      let now = 1_000;
      let state = budget.initial;
      let arrived = 0;
      let wroteAt = Number.NEGATIVE_INFINITY;
      for (const one of actions) {
        now += one.after;
        state = JSON.parse(JSON.stringify(state)) as BudgetState;
        if (one.type === 'write') {
          if (now > wroteAt) {
            wroteAt = now;
            arrived = 0;
          }
          state = budget.release(state, now);
          continue;
        }
        const claim = budget.claim(state, { purpose: one.purpose, at: now });
        if (!claim.allowed) continue;
        expect(now - wroteAt).toBeLessThan(23 * hour);
        if (one.outcome === 'accepted' || one.outcome === 'unknown') arrived += 1;
        expect(arrived).toBeLessThanOrEqual(10);
        state = budget.learn(claim.state, { at: now, outcome: one.outcome }, now);
      }
    }),
  );
});

it('starts anew from a state that it does not know', () => {
  expect(budget.claim('rubbish', { purpose: 'final', at: 1 })).toEqual({ allowed: false, reason: 'silent' });
});
