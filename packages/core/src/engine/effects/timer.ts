import type { EffectOf } from '../../decide/effect.ts';
import { resultInputId } from '../../decide/input.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/** Waits until the moment has come. After a restart it waits for the rest of the time. */
export async function timer(row: OpenEffect, effect: EffectOf<'timer'>, engine: Engine): Promise<Settlement> {
  await engine.clock.sleep(effect.at - engine.clock.now(), engine.closing);
  if (engine.closing.aborted) return undefined;
  const fired = {
    type: 'timer.fired',
    id: resultInputId(row.key, 'fired'),
    scope: row.scope,
    at: engine.clock.now(),
    timer: effect.timer,
  } as const;
  return { outcome: { type: 'done' }, results: [fired] };
}
