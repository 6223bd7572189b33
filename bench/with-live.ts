import type { Channel, LiveView } from '@threadbridge/contract';

/** The channel with its live views changed; one that has none stays as it is. */
export function withLive(channel: Channel, change: (live: LiveView) => Partial<LiveView>): Channel {
  const { live } = channel.capabilities;
  if (live === undefined) return channel;
  return { ...channel, capabilities: { ...channel.capabilities, live: { ...live, ...change(live) } } };
}
