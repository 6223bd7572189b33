import { isGatewayError, type RunHandle, retryAfter, type ThreadAccess, type ThreadId } from '@threadbridge/contract';
import type { EffectOf } from '../../decide/effect.ts';
import { type InputOf, type RunLoss, resultInputId } from '../../decide/input.ts';
import { toCeiling } from '../../policy/to-ceiling.ts';
import type { OpenEffect } from '../../ports/store.ts';
import { attachRun } from '../attach-run.ts';
import type { Engine } from '../engine.ts';
import { followRun } from '../follow-run.ts';
import { openRun } from '../open-run.ts';
import type { Settlement } from '../perform.ts';

/** How often a run is tried that surely did not begin, before the person is told instead. */
const startAttempts = 4;

/** Pause before a thread that was let go meanwhile is tried again. */
const againMs = 1_000;

/** Starts a run, or finds its way back to one that goes on, and stays with it to its end. Asked for once: what may have reached Codex is never asked for again. */
export async function runStart(row: OpenEffect, effect: EffectOf<'run.start'>, engine: Engine): Promise<Settlement> {
  const going = engine.going.get(row.key);
  let access: ThreadAccess | undefined;
  try {
    if (engine.closing.aborted) return undefined;
    const handle =
      going === undefined
        ? await begin(row, effect, engine, (found) => {
            access = found;
          })
        : attachRun(going, engine);
    engine.runs.attach(effect.run, handle);
    const end = await followRun(row, effect, handle, engine);
    return end && { outcome: { type: 'done' }, results: [end] };
  } catch (error) {
    if (!isGatewayError(error) || error.code.startsWith('store.')) throw error;
    if (engine.leaving.aborted) return undefined;
    const certain = error.certain && going === undefined;
    engine.logger.warn({ run: effect.run, code: error.code, certain }, 'a run was lost');
    const { thread } = effect.input;
    if (access !== undefined && 'offers' in access && thread !== undefined)
      return { outcome: { type: 'failed', code: error.code }, results: [held(row, effect, thread, access.offers, engine)] };
    const wait = access?.way === 'use' ? againMs : retryAfter(error, row.attempts + 1);
    const pauseMs = certain && row.attempts + 1 < startAttempts ? wait : undefined;
    if (pauseMs !== undefined) return { outcome: { type: 'retry', at: engine.clock.now() + pauseMs, code: error.code } };
    if (access !== undefined && thread !== undefined)
      return { outcome: { type: 'failed', code: error.code }, results: [held(row, effect, thread, ['fork'], engine)] };
    const message = error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`;
    return {
      outcome: { type: 'failed', code: error.code },
      results: [lost(row, effect, engine, { code: error.code, message, certain })],
    };
  } finally {
    engine.going.delete(row.key);
    engine.runs.release(effect.run);
  }
}

async function begin(
  row: OpenEffect,
  effect: EffectOf<'run.start'>,
  engine: Engine,
  onHeld: (access: ThreadAccess) => void,
): Promise<RunHandle> {
  await engine.store.start(row.key);
  const onJoin = () => {
    const id = resultInputId(row.key, `${row.attempts}/joined`);
    return engine.accept([{ type: 'run.joined', id, scope: row.scope, at: engine.clock.now(), run: effect.run }]);
  };
  return openRun({ ...effect.input, key: row.key }, engine, { onJoin, onHeld }, effect.review);
}

function held(
  row: OpenEffect,
  effect: EffectOf<'run.start'>,
  thread: ThreadId,
  offers: InputOf<'run.held'>['offers'],
  engine: Engine,
): InputOf<'run.held'> {
  const base = { id: resultInputId(row.key, 'held'), scope: row.scope, at: engine.clock.now(), run: effect.run };
  return { type: 'run.held', ...base, thread, ceiling: toCeiling(effect.input), offers };
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
