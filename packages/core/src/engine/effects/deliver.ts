import { type Channel, type ErrorCode, isGatewayError, retryAfter, type SentMessage } from '@threadbridge/contract';
import type { EffectOf } from '../../decide/effect.ts';
import { type Input, type InputOf, resultInputId } from '../../decide/input.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/**
 * Says one message. What may have arrived is repeated only under a key that the platform still knows; otherwise the doubt is told.
 */
export async function deliver(row: OpenEffect, effect: EffectOf<'deliver'>, engine: Engine): Promise<Settlement> {
  const channel = engine.channels.get(row.scope.channel);
  if (channel === undefined) return undefined;
  if (row.isStarted && !isRepeatable(channel, effect, engine)) return unknown(row, effect, engine);
  await engine.store.start(row.key);
  try {
    const sent = await channel.send(effect.message, { to: row.scope, reply: effect.reply, key: row.key });
    return { outcome: { type: 'done' }, results: accepted(row, effect, sent, channel, engine) };
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    engine.logger.warn({ effect: row.key, code: error.code, certain: error.certain }, 'a message was not accepted');
    if (!error.certain && !isRepeatable(channel, effect, engine)) return unknown(row, effect, engine);
    const pauseMs = retryAfter(error, row.attempts + 1);
    // Where speaking is limited the budget must learn of every refusal, and decides itself when to try again.
    const isBudgets = channel.limits.budget !== undefined && error.code === 'channel.rate_limited';
    if (pauseMs !== undefined && !isBudgets)
      return { outcome: { type: 'retry', at: engine.clock.now() + pauseMs, code: error.code } };
    return { outcome: { type: 'failed', code: error.code }, results: [failed(row, effect, engine, error.code, pauseMs)] };
  }
}

/** The budget of a platform that limits us learns that a message got through; what people may quote by its id is remembered. */
function accepted(
  row: OpenEffect,
  effect: EffectOf<'deliver'>,
  sent: SentMessage,
  channel: Channel,
  engine: Engine,
): readonly Input[] {
  const { budget } = channel.limits;
  const isQuotable = channel.capabilities.bareQuotes !== undefined && sent.id !== undefined;
  if (budget === undefined && !isQuotable) return [];
  return [
    {
      type: 'delivery.accepted',
      id: resultInputId(row.key, 'accepted'),
      scope: row.scope,
      at: engine.clock.now(),
      claimedAt: effect.at,
      cost: budget?.cost(effect.message) ?? 0,
      ...(isQuotable && { message: sent.id, text: effect.message.markdown }),
    },
  ];
}

function isRepeatable(channel: Channel, effect: EffectOf<'deliver'>, engine: Engine): boolean {
  const key = channel.capabilities.keyedSend;
  return key !== undefined && engine.clock.now() - effect.at < key.lifetimeMs;
}

/** Nobody knows whether it was sent: it is not repeated, and people are told. */
export function unknown(row: OpenEffect, effect: EffectOf<'deliver'>, engine: Engine): Settlement {
  return { outcome: { type: 'unknown' }, results: [failed(row, effect, engine, 'unknown')] };
}

function failed(
  row: OpenEffect,
  effect: EffectOf<'deliver'>,
  engine: Engine,
  code: ErrorCode | 'unknown',
  pauseMs?: number,
): InputOf<'delivery.failed'> {
  return {
    type: 'delivery.failed',
    id: resultInputId(row.key, 'failed'),
    scope: row.scope,
    at: engine.clock.now(),
    effect: row.key,
    code,
    message: effect.message,
    purpose: effect.purpose,
    claimedAt: effect.at,
    isNotice: effect.isNotice ?? false,
    ...(effect.order !== undefined && { order: effect.order }),
    ...(effect.isAside && { reply: effect.reply }),
    ...(pauseMs !== undefined && { pauseMs }),
  };
}
