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

it('says what cannot listen, where, and what to do', () => {
  const state: LiveState = {
    ...{ isRunning: true, profile: 'default', pid: 7, version: '1.0.0', startedAt: 0, ...idle },
    channels: { console: 'failed', task: 'failed' },
    notListening: [
      { services: ['nativeApi'], host: '127.0.0.1', port: 8765, setting: 'nativeApi.port', reason: 'EACCES' },
      { services: ['console', 'taskApi'], host: '127.0.0.1', port: 8766, setting: 'console.port', reason: 'EADDRINUSE' },
    ],
  };
  expect(describeState(state, 0, textsIn('en')).slice(1, -1)).toEqual([
    'channel console: failed',
    'channel task: failed',
    'native API: cannot listen on 127.0.0.1:8765, which the system refuses (EACCES). Set nativeApi.port to another port, or free this one; then start again.',
    'console, task API: cannot listen on 127.0.0.1:8766, which another program has. Set console.port to another port, or free this one; then start again.',
  ]);
  expect(describeState(state, 0, textsIn('zh'))).toContain(
    '控制台、任务 API：无法监听 127.0.0.1:8766，该端口已被另一个程序占用。请将 console.port 设为其他端口，或释放此端口，然后重新启动。',
  );
});
