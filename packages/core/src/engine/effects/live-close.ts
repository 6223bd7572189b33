import { isGatewayError, type RunView, retryAfter, viewText } from '@threadbridge/contract';
import type { EffectOf } from '../../decide/effect.ts';
import { type InputOf, resultInputId } from '../../decide/input.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/** Shows the end of a run in its view. May be repeated: closing a closed view changes nothing. */
export async function liveClose(row: OpenEffect, effect: EffectOf<'live.close'>, engine: Engine): Promise<Settlement> {
  const channel = engine.channels.get(row.scope.channel);
  if (channel === undefined) return undefined;
  const live = channel.capabilities.live;
  if (live === undefined) return refused(row, effect, engine);
  try {
    await live.close(effect.ref, withWatched(effect.view, engine.views.get(effect.run)), effect.controls);
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    const pauseMs = error.code === 'channel.rejected' ? undefined : retryAfter(error, row.attempts + 1);
    engine.logger.warn({ effect: row.key, code: error.code }, 'a live view could not be closed');
    if (pauseMs !== undefined) return { outcome: { type: 'retry', at: engine.clock.now() + pauseMs, code: error.code } };
    return refused(row, effect, engine);
  }
  engine.views.delete(effect.run);
  return { outcome: { type: 'done' } };
}

/** What was watched knows more (steps, plan, what was streamed); what was decided knows how it ended. */
function withWatched(end: RunView, watched: RunView | undefined): RunView {
  if (watched === undefined) return end;
  const { line: _line, ...known } = watched;
  return {
    ...known,
    status: end.status,
    approvals: [],
    texts: known.texts.length > 0 ? known.texts.map((part) => ({ ...part, isDraft: false })) : end.texts,
    ...(end.note !== undefined && { note: end.note }),
  };
}

function refused(row: OpenEffect, effect: EffectOf<'live.close'>, engine: Engine): Settlement {
  const input: InputOf<'live.refused'> = {
    type: 'live.refused',
    id: resultInputId(row.key, 'refused'),
    scope: row.scope,
    at: engine.clock.now(),
    text: [viewText(effect.view), effect.view.note].filter((part) => part !== undefined && part !== '').join('\n\n'),
  };
  return { outcome: { type: 'failed', code: 'channel.rejected' }, results: [input] };
}
