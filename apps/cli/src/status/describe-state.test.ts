import type { LiveState } from '@threadbridge/gateway';
import { expect, it } from 'vitest';
import { textsIn } from '../texts/texts.ts';
import { describeState } from './describe-state.ts';

const idle = { runs: [], queue: 0, deliveries: 0, held: 0, approvals: [] };

it('says what a profile left that nobody runs', () => {
  expect(describeState({ isRunning: false, profile: 'default', ...idle, deliveries: 2, held: 1 }, 0, textsIn('en'))).toEqual([
    'Profile default is not running.',
    'waiting: 0 messages for a run, 2 replies to be sent, 1 of them until the platform lets us',
  ]);
});

it('says what a gateway does', () => {
  const state: LiveState = {
    ...{ isRunning: true, profile: 'default', pid: 7, version: '1.0.0', startedAt: 0, channels: { wechat: 'needs-login' } },
    ...{ ...idle, runs: [{ scope: 'wechat:me', startedAt: 60_000, isWaiting: true }] },
    approvals: [{ scope: 'wechat:me', code: 'k7', askedAt: 120_000 }],
    limits: { isReached: false, windows: [{ name: 'five hours', usedPercent: 41.6 }] },
  };
  expect(describeState(state, 180_000, textsIn('en'))).toEqual([
    'Profile default is running: process 7, version 1.0.0, for 3 min.',
    'channel wechat: needs-login',
    'waits for an answer: wechat:me, for 2 min',
    'open question k7: wechat:me, for 1 min',
    'waiting: 0 messages for a run, 0 replies to be sent',
    'limit five hours: 42 % used',
  ]);
  expect(describeState({ ...state, channels: { wechat: 'unreachable' } }, 180_000, textsIn('zh'))).toContain(
    '通道 wechat：无法连接',
  );
});
