import { explain, isGatewayError } from '@threadbridge/contract';
import type { EffectOf } from '../../decide/effect.ts';
import type { HostAsk, HostReply } from '../../decide/host-ask.ts';
import { type InputOf, resultInputId } from '../../decide/input.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/** Asks something of the program. A wish to end is fulfilled once: a process that comes after must not end again. */
export async function hostAsk(row: OpenEffect, { ask, click }: EffectOf<'host.ask'>, engine: Engine): Promise<Settlement> {
  const isOnce = ask.what === 'exit';
  if (isOnce && row.isStarted) return { outcome: { type: 'done' } };
  if (isOnce) await engine.store.start(row.key);
  const input: InputOf<'host.answered'> = {
    ...{ type: 'host.answered', id: resultInputId(row.key, 'answered'), scope: row.scope, at: engine.clock.now() },
    ...{ ask, reply: await answer(ask, engine), ...(click !== undefined && { click }) },
  };
  return { outcome: { type: 'done' }, results: [input] };
}

async function answer(ask: HostAsk, { host }: Engine): Promise<HostReply> {
  try {
    return await host.ask(ask);
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    return { type: 'failed', message: explain(error) };
  }
}
