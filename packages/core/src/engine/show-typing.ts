import type { EffectOf } from '../decide/effect.ts';
import type { OpenEffect } from '../ports/store.ts';
import type { Engine } from './engine.ts';

/** Shows that somebody is at work, where the channel can, until the signal aborts. Nothing waits for it. */
export function startTyping(row: OpenEffect, effect: EffectOf<'run.start'>, engine: Engine, signal: AbortSignal): void {
  const typing = engine.channels.get(row.scope.channel)?.capabilities.typing;
  typing?.start(row.scope, effect.reply, signal).catch((error: unknown) => {
    engine.logger.debug({ run: effect.run, error: String(error) }, 'typing could not be shown');
  });
}

/** Takes away the sign of a run that ended with an earlier process. Nothing waits for it. */
export function clearTyping(row: OpenEffect, effect: EffectOf<'run.start'>, engine: Engine): void {
  const typing = engine.channels.get(row.scope.channel)?.capabilities.typing;
  typing?.clear?.(row.scope, effect.reply).catch((error: unknown) => {
    engine.logger.debug({ run: effect.run, error: String(error) }, 'typing could not be taken away');
  });
}
