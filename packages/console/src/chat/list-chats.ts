import { type GatewayView, parseScopeId } from '@threadbridge/contract';
import type { ConsoleChannel } from '../console-channel.ts';
import type { ChatSummary } from '../wire.ts';
import type { ChatLog } from './chat-log.ts';

/** The chats of the console among the latest conversations, newest first; those that only this process knows included. */
export async function listChats({
  channel,
  log,
  view,
}: {
  readonly channel: ConsoleChannel;
  readonly log: ChatLog;
  readonly view: GatewayView;
}): Promise<readonly ChatSummary[]> {
  const { entries } = await view.conversations({ limit: 200 });
  const stored = entries
    .filter(({ scope }) => scope.channel === channel.id)
    .map(
      ({ scope, updatedAt, phase, alias }): ChatSummary => ({
        chat: parseScopeId(scope.id).conversation,
        updatedAt,
        isBusy: phase !== 'idle',
        title: alias ?? titleOf(log, parseScopeId(scope.id).conversation),
      }),
    );
  const others = log.chats
    .filter((chat) => !stored.some((one) => one.chat === chat))
    .map((chat): ChatSummary => ({ chat, updatedAt: log.items(chat).at(-1)?.at ?? 0, isBusy: false, title: titleOf(log, chat) }));
  return [...stored, ...others].sort((a, b) => b.updatedAt - a.updatedAt);
}

/** The first words that were written there, as far as they are at hand. */
function titleOf(log: ChatLog, chat: string): string {
  const first = log.items(chat).find((item) => item.type === 'mine');
  return first?.type === 'mine' ? first.text.slice(0, 60) : '';
}
