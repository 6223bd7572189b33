import { isGatewayError } from '@threadbridge/contract';
import type { EffectOf } from '../../decide/effect.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/** Asks the run to end; its end arrives as its last event. A run that is over needs nothing. */
export async function runInterrupt(effect: EffectOf<'run.interrupt'>, engine: Engine): Promise<Settlement> {
  try {
    engine.runs.touch(effect.run);
    await (await engine.runs.handle(effect.run))?.interrupt();
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    engine.logger.warn({ run: effect.run, code: error.code }, 'a run could not be interrupted');
  }
  return { outcome: { type: 'done' } };
}
