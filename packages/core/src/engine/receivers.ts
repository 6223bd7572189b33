import type { Channel, ChannelId } from '@threadbridge/contract';
import type { GatewayOptions } from '../gateway.ts';
import type { Engine } from './engine.ts';
import { receive } from './receive.ts';

/** The feeds that are listened to, one a channel. */
export interface Receivers {
  /** Listens to a channel. One of the same id that is listened to ends first. */
  start(channel: Channel): Promise<void>;
  /** Resolves when nobody is listened to there any more. */
  stop(id: ChannelId): Promise<void>;
  /** Resolves when all feeds are over. */
  idle(): Promise<void>;
}

export function createReceivers(
  engine: Engine,
  tell: NonNullable<GatewayOptions['onChannel']>,
  onError: (error: unknown) => void,
): Receivers {
  // A link is told of beside the feed, where nobody would catch it.
  const say: typeof tell = (channel, state) => {
    try {
      tell(channel, state);
    } catch (error) {
      onError(error);
    }
  };
  const feeds = new Map<ChannelId, { readonly end: AbortController; readonly over: Promise<void> }>();

  async function stop(id: ChannelId): Promise<void> {
    const feed = feeds.get(id);
    feed?.end.abort();
    await feed?.over;
  }

  return {
    stop,
    async start(channel) {
      await stop(channel.id);
      if (engine.closing.aborted) return;
      const end = new AbortController();
      const over = receive(channel, engine, say, AbortSignal.any([engine.closing, end.signal])).catch(onError);
      feeds.set(channel.id, { end, over });
    },
    async idle() {
      await Promise.all(Array.from(feeds.values(), ({ over }) => over));
    },
  };
}
