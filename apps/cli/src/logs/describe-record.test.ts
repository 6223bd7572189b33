import { expect, it } from 'vitest';
import { describeRecord, isAsSerious } from './describe-record.ts';

const line = JSON.stringify({
  level: 'warn',
  time: '2026-11-21T12:00:00.000Z',
  pid: 7,
  channel: 'wechat',
  pauseMs: 500,
  msg: 'it stopped',
});

it('tells a record in one line', () => {
  expect(describeRecord(line)).toBe('2026-11-21 12:00:00.000  warn   it stopped  channel=wechat  pauseMs=500');
});

it('shows what is as serious, and what it cannot read', () => {
  expect([isAsSerious(line, 'info'), isAsSerious(line, 'error'), isAsSerious('not JSON', 'error')]).toEqual([true, false, true]);
  expect(describeRecord('not JSON')).toBe('not JSON');
});
