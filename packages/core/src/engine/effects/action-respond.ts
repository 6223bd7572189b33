import { isGatewayError } from '@threadbridge/contract';
import type { EffectOf } from '../../decide/effect.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';
import { deliver, unknown } from './deliver.ts';

/** Answers a click where it was made; where the channel cannot, or not any more, by a message. */
export async function actionRespond(row: OpenEffect, effect: EffectOf<'action.respond'>, engine: Engine): Promise<Settlement> {
  const channel = engine.channels.get(row.scope.channel);
  if (channel === undefined) return undefined;
  const { actions } = channel.capabilities;
  const inWords: EffectOf<'deliver'> = { ...effect, type: 'deliver', purpose: 'reply', isAside: true };
  if (actions !== undefined) {
    try {
      await actions.respond(effect.reply, effect.message, effect.keepsMessage ? { keepsMessage: true } : {});
      return { outcome: { type: 'done' } };
    } catch (error) {
      if (!isGatewayError(error)) throw error;
      engine.logger.warn({ effect: row.key, code: error.code }, 'a click could not be answered in its place');
      if (!error.certain) return unknown(row, inWords, engine);
    }
  }
  return deliver(row, inWords, engine);
}
