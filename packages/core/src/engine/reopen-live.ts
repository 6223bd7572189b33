import { emptyView, isGatewayError } from '@threadbridge/contract';
import type { EffectOf } from '../decide/effect.ts';
import { resultInputId } from '../decide/input.ts';
import { fingerprint } from '../policy/fingerprint.ts';
import type { OpenEffect } from '../ports/store.ts';
import type { Engine } from './engine.ts';
import { liveKey } from './live-session.ts';

/**
 * Finds the view of a run again that ended while nobody looked. A process may have died between opening it and knowing where: opening
 * under the same key answers with the place, so that the end is shown there and nothing stays "running". Where that fails, the end is
 * said in messages.
 */
export async function reopenLive(row: OpenEffect, effect: EffectOf<'run.start'>, engine: Engine): Promise<void> {
  const { run, reply, language } = effect;
  const phase = (await engine.store.loadScope(row.scope.id))?.phase;
  if (phase?.name !== 'running' || phase.run !== run || phase.live !== undefined) return;
  // Nothing was shown of a run that neither began nor stood in line.
  if (phase.thread === undefined && phase.line === undefined) return;
  const live = engine.channels.get(row.scope.channel)?.capabilities.live;
  if (live === undefined) return;
  try {
    const ref = await live.open(
      { ...emptyView, status: 'running', ...(language && { language }) },
      { to: row.scope, reply, key: liveKey(row) },
    );
    const id = resultInputId(row.key, `live/${fingerprint({ ref })}/again`);
    await engine.accept([{ type: 'live.opened', id, scope: row.scope, at: engine.clock.now(), run, ref }]);
  } catch (error) {
    if (!isGatewayError(error) || error.code.startsWith('store.')) throw error;
    engine.logger.warn({ run, code: error.code }, 'the live view of an earlier process could not be found again');
  }
}
