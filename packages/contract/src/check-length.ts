import type { ChannelLimits } from './channel.ts';
import { GatewayError } from './errors.ts';

/** Throws `channel.rejected`, certain, for a text over the limit of a channel: it is refused and never cut. Characters are UTF-16 units. */
export function checkLength(markdown: string, { max, unit }: ChannelLimits['text']): void {
  const size = unit === 'bytes' ? new TextEncoder().encode(markdown).length : markdown.length;
  if (size <= max) return;
  throw new GatewayError('channel.rejected', `A message of ${size} ${unit} is longer than the ${max} that go into one.`, {
    certain: true,
    remedy: 'Cut it with channel.split().',
  });
}
