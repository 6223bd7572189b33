import { type Channel, GatewayError } from '@threadbridge/contract';
import type { OpenChannel } from './channel-factory.ts';

/**
 * A channel that was made although nobody had logged in: its feed refuses with `channel.unauthorized` until `capabilities.relogin`, which it
 * must have, was waited for.
 */
export function waitForLogin(channel: Channel, remedy: string): OpenChannel {
  const { relogin } = channel.capabilities;
  if (relogin === undefined) throw new TypeError(`The channel ${channel.id} cannot be logged in while it is used.`);
  let isLoggedOut = true;
  return {
    ...channel,
    capabilities: {
      ...channel.capabilities,
      relogin: {
        async wait(signal) {
          await relogin.wait(signal);
          if (!signal.aborted) isLoggedOut = false;
        },
      },
    },
    async *receive(options) {
      if (isLoggedOut)
        throw new GatewayError('channel.unauthorized', `Nobody has logged in to ${channel.id}.`, { remedy, certain: true });
      yield* channel.receive(options);
    },
  };
}
