import { asId, type ItemId, type TurnId } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { readFixture, readTurn } from '../../test/read-fixture.ts';
import { seen } from './seen.ts';
import { toFinalText } from './to-final-text.ts';
import { toTerminalEvent } from './to-terminal-event.ts';
import { toThreadSummary } from './to-thread-summary.ts';
import { hasKey, toTurnRecord } from './to-turn-record.ts';

const facts = { turn: asId<TurnId>('t'), text: 'so far' };
const endOf = (name: string) => seen<{ turn: unknown }>(readTurn(name).at(-1)?.params).turn;

it.each([
  ['turn-limit', 'usageLimit'],
  ['turn-unauthorized', 'unauthorized'],
  ['turn-overloaded', 'overloaded'],
  ['turn-overflow', 'contextWindow'],
])('%s fails as %s', (name, kind) => {
  expect(toTerminalEvent(endOf(name), facts)).toMatchObject({ type: 'turn.failed', text: 'so far', error: { kind } });
});

it('tells when a used-up limit resets, and only then', () => {
  const resetsAt = 1_893_456_000_000;
  expect(toTerminalEvent(endOf('turn-limit'), { ...facts, resetsAt })).toMatchObject({ error: { resetsAt } });
  expect(toTerminalEvent(endOf('turn-overflow'), { ...facts, resetsAt })).not.toHaveProperty('error.resetsAt');
});

it('is interrupted, or failed where we ended it for its silence', () => {
  expect(toTerminalEvent(endOf('turn-interrupted'), facts)).toEqual({ type: 'turn.interrupted', ...facts });
  expect(toTerminalEvent(endOf('turn-interrupted'), { ...facts, silentForMs: 600_000 })).toMatchObject({
    type: 'turn.failed',
    error: { kind: 'unreachable', message: expect.stringContaining('600 s') },
  });
});

it('is completed in a form this version does not know', () => {
  expect(toTerminalEvent({ status: 'sublimated' }, facts)).toMatchObject({ type: 'turn.completed' });
});

it('takes an unknown error as other', () => {
  const turn = { status: 'failed', error: { message: 'no', codexErrorInfo: { solarFlare: {} } } };
  expect(toTerminalEvent(turn, facts)).toMatchObject({ error: { kind: 'other', message: 'no' } });
});

it('answers with the messages marked final, else with the last one', () => {
  const message = (text: string, phase: 'commentary' | 'final' | 'unknown') =>
    ({ type: 'agent.message', id: asId<ItemId>(text), text, phase }) as const;
  expect(toFinalText([message('a', 'commentary'), message('b', 'final'), message('c', 'final')])).toBe('b\n\nc');
  expect(toFinalText([message('a', 'unknown'), message('b', 'unknown'), message('', 'unknown')])).toBe('b');
  expect(toFinalText([])).toBe('');
});

it('reads turns and threads as Codex keeps them', () => {
  const [turn] = (readFixture('turns-list') as { data: unknown[] }).data;
  expect(toTurnRecord(turn)).toMatchObject({ status: 'completed', text: 'All is well.' });
  expect([hasKey(turn, 'key-1'), hasKey(turn, 'key-2')]).toEqual([true, false]);
  const [thread] = (readFixture('thread-list') as { data: unknown[] }).data.map(toThreadSummary);
  expect(thread).toMatchObject({ cwd: '/work/project', source: 'vscode', madeBy: 'probe', isActive: false });
  expect(new Date(thread?.createdAt ?? 0).getFullYear()).toBeGreaterThan(2025);
});

it("keeps Codex's own word for a failure, and the status of the server", () => {
  const ended = (codexErrorInfo: unknown) =>
    toTerminalEvent({ status: 'failed', error: { message: 'no', codexErrorInfo } }, facts);
  expect(ended('badRequest')).toMatchObject({ error: { code: 'badRequest' } });
  expect(ended({ httpConnectionFailed: { httpStatusCode: 502 } })).toMatchObject({
    error: { kind: 'unreachable', code: 'httpConnectionFailed', status: 502 },
  });
  expect(ended(null)).not.toHaveProperty('error.code');
});
