import { explain, isGatewayError } from '@threadbridge/contract';
import type { EffectOf } from '../../decide/effect.ts';
import { type InputOf, resultInputId } from '../../decide/input.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/** Hands an answer to the agent. Where the question is gone, whoever answered is told that it did not count. */
export async function approvalAnswer(row: OpenEffect, effect: EffectOf<'approval.answer'>, engine: Engine): Promise<Settlement> {
  try {
    const handle = await engine.runs.handle(effect.run);
    if (handle === undefined) return undelivered(row, effect, engine, 'the run is over.');
    await handle.answer(effect.approval, effect.answer);
    return { outcome: { type: 'done' } };
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    return undelivered(row, effect, engine, explain(error));
  }
}

function undelivered(row: OpenEffect, effect: EffectOf<'approval.answer'>, engine: Engine, reason: string): Settlement {
  const input: InputOf<'approval.undelivered'> = {
    type: 'approval.undelivered',
    id: resultInputId(row.key, 'undelivered'),
    scope: row.scope,
    at: engine.clock.now(),
    run: effect.run,
    approval: effect.approval,
    reason,
  };
  return { outcome: { type: 'failed', code: 'runner.approval_closed' }, results: [input] };
}
