import { asId, type EffectKey } from '@threadbridge/contract';
import type { FeishuChannel } from '@threadbridge/feishu-channel';

/** Says back what it is told, asks before it shouts. */
export async function runBot(channel: FeishuChannel, signal: AbortSignal): Promise<void> {
  for await (const batch of channel.receive({ signal })) {
    for (const event of batch.events) {
      const to = { to: event.scope, reply: event.reply, key: asId<EffectKey>(event.id) };
      if (event.type === 'action.invoked') {
        await channel.capabilities.actions.respond(event.reply, { markdown: `**${event.token.toUpperCase()}!**` });
      } else if (event.type === 'message.received' && event.isAddressed && !event.actor.isBot) {
        const actions = event.text.startsWith('shout ') ? [{ label: 'Shout', token: event.text.slice('shout '.length) }] : [];
        await channel.send({ markdown: actions.length > 0 ? 'Really?' : `You said: **${event.text}**`, actions }, to);
      }
    }
  }
}
