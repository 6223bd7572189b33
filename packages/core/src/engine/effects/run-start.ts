import { isGatewayError, retryAfter } from '@threadbridge/contract';
import type { EffectOf } from '../../decide/effect.ts';
import { type InputOf, type RunLoss, resultInputId } from '../../decide/input.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import { followRun } from '../follow-run.ts';
import type { Settlement } from '../perform.ts';

/** How often a run is tried that surely did not begin, before the person is told instead. */
const startAttempts = 4;

/** Starts a run and stays with it to its end. Asked for once: what may have reached Codex is never asked for again. */
export async function runStart(row: OpenEffect, effect: EffectOf<'run.start'>, engine: Engine): Promise<Settlement> {
  try {
    if (engine.closing.aborted) return undefined;
    await engine.store.start(row.key);
    const handle = engine.runner.start({ ...effect.input, key: row.key });
    engine.runs.attach(effect.run, handle);
    return { outcome: { type: 'done' }, results: [await followRun(row, effect, handle, engine)] };
  } catch (error) {
    if (!isGatewayError(error) || error.code.startsWith('store.')) throw error;
    engine.logger.warn({ run: effect.run, code: error.code, certain: error.certain }, 'a run was lost');
    const pauseMs = error.certain && row.attempts + 1 < startAttempts ? retryAfter(error, row.attempts + 1) : undefined;
    if (pauseMs !== undefined) return { outcome: { type: 'retry', at: engine.clock.now() + pauseMs, code: error.code } };
    const message = error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`;
    return {
      outcome: { type: 'failed', code: error.code },
      results: [lost(row, effect, engine, { code: error.code, message, certain: error.certain })],
    };
  } finally {
    engine.runs.release(effect.run);
  }
}

export function lost(row: OpenEffect, effect: EffectOf<'run.start'>, engine: Engine, loss: RunLoss): InputOf<'run.lost'> {
  return {
    type: 'run.lost',
    id: resultInputId(row.key, 'lost'),
    scope: row.scope,
    at: engine.clock.now(),
    run: effect.run,
    loss,
  };
}
