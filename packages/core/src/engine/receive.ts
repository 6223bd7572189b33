import { type Channel, type ChannelEvent, isGatewayError, retryAfter } from '@threadbridge/contract';
import { eventInputId, type Input } from '../decide/input.ts';
import type { GatewayOptions } from '../gateway.ts';
import type { Engine } from './engine.ts';
import { tellLink } from './tell-link.ts';
import { tellOwners } from './tell-owners.ts';

/** Takes in what a channel brings: first durable, then acknowledged by asking for more. Ends on abort, or where only a person can help. */
export async function receive(
  channel: Channel,
  engine: Engine,
  tell: NonNullable<GatewayOptions['onChannel']>,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const over = new AbortController();
    try {
      const cursor = await engine.store.loadCursor(channel.id);
      const { link } = channel.capabilities;
      if (link === undefined) tell(channel, 'connected');
      else void tellLink(link, engine.clock, (state) => tell(channel, state), AbortSignal.any([signal, over.signal]));
      for await (const batch of channel.receive({ ...(cursor !== undefined && { cursor }), signal })) {
        const at = engine.clock.now();
        const inputs = batch.events.map((event) => toInput(channel, event, at));
        await engine.accept(inputs, { channel: channel.id, ...(batch.cursor !== undefined && { cursor: batch.cursor }) });
        attempt = 1;
      }
      // One that is replaced has not ended.
      if (!signal.aborted || engine.closing.aborted) tell(channel, 'ended');
      return;
    } catch (error) {
      over.abort();
      if (!isGatewayError(error) || error.code.startsWith('store.')) throw error;
      const pauseMs = retryAfter(error, attempt);
      engine.logger.warn({ channel: channel.id, code: error.code, pauseMs }, 'a channel stopped receiving');
      if (pauseMs === undefined) {
        tell(channel, { failed: error });
        await tellOwners(channel, error, engine);
        const { relogin } = channel.capabilities;
        if (error.code !== 'channel.unauthorized' || relogin === undefined) return;
        await relogin.wait(signal);
        continue;
      }
      await engine.clock.sleep(pauseMs, signal);
    } finally {
      over.abort();
    }
  }
}

/** Timed by our own clock: the platform's may say anything, and timers are set by this. */
function toInput(channel: Channel, event: ChannelEvent, at: number): Input {
  const base = { id: eventInputId(channel.id, event.id), scope: event.scope, at };
  switch (event.type) {
    case 'message.received':
      return { ...base, type: event.type, event };
    case 'message.recalled':
      return { ...base, type: event.type, event };
    case 'action.invoked':
      return { ...base, type: event.type, event };
  }
}
