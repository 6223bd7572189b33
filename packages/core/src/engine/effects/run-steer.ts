import { explain, isGatewayError } from '@threadbridge/contract';
import type { EffectOf } from '../../decide/effect.ts';
import { type InputOf, resultInputId } from '../../decide/input.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/** Puts words into the run. They go in once or wait for the next run; after a crash in between nobody knows, and that is told. */
export async function runSteer(row: OpenEffect, effect: EffectOf<'run.steer'>, engine: Engine): Promise<Settlement> {
  engine.runs.touch(effect.run);
  if (row.isStarted) return steered(row, effect, engine, { type: 'unknown' });
  await engine.store.start(row.key);
  try {
    const handle = await engine.runs.handle(effect.run);
    if (handle === undefined) return steered(row, effect, engine, { type: 'refused', reason: 'the run is over' });
    await handle.steer(effect.prompt.text);
    return steered(row, effect, engine, { type: 'taken' });
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    return steered(row, effect, engine, error.certain ? { type: 'refused', reason: explain(error) } : { type: 'unknown' });
  }
}

function steered(
  row: OpenEffect,
  effect: EffectOf<'run.steer'>,
  engine: Engine,
  outcome: InputOf<'run.steered'>['outcome'],
): Settlement {
  const { run, prompt } = effect;
  const id = resultInputId(row.key, 'steered');
  return {
    outcome: { type: 'done' },
    results: [{ type: 'run.steered', id, scope: row.scope, at: engine.clock.now(), run, prompt, outcome }],
  };
}
