import { asId, type ThreadId, type TurnId } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { isLastTurn, rememberEnded } from './own-threads.ts';

const [one, two] = [asId<ThreadId>('one'), asId<ThreadId>('two')];
const [first, second] = [asId<TurnId>('first'), asId<TurnId>('second')];

it('knows for a while which turn is the last of a thread, and forgets', async () => {
  const clock = createManualClock();
  const engine = { clock, ended: new Map() } as unknown as Engine;
  rememberEnded(engine, one, first);
  expect([isLastTurn(engine, one, first), isLastTurn(engine, one, second), isLastTurn(engine, two, first)]).toEqual([
    ...[true, false, false],
  ]);
  await clock.advance(59_999);
  rememberEnded(engine, two, second);
  expect(isLastTurn(engine, one, first)).toBe(true);
  await clock.advance(1);
  expect(isLastTurn(engine, one, first)).toBe(false);
  rememberEnded(engine, two, first);
  expect([...engine.ended.keys()]).toEqual([two]);
});
