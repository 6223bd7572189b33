import type { Channel } from '@threadbridge/contract';
import { createDeliveryLedger } from '@threadbridge/ilink-channel';

/** Echoes every message until the signal aborts. */
export async function echo(channel: Channel, signal: AbortSignal): Promise<void> {
  const ledger = createDeliveryLedger({ channel });
  for await (const batch of channel.receive({ signal })) {
    for (const event of batch.events) {
      if (event.type !== 'message.received') continue;
      await ledger.received(event);
      await ledger.say({ markdown: `You said: **${event.text}**` }, { to: event.scope, key: event.id, purpose: 'final' });
    }
  }
}
