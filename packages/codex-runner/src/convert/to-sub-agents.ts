import type { ServerNotifications, ThreadItem } from '../app-server/protocol.gen.ts';
import { seen, text, texts } from './seen.ts';

/** Threads of sub-agents that an item tells of. Their questions come under their own thread ids, and no other message says whose they are. */
export function toSubAgents(params: unknown): readonly string[] {
  const item = seen<ThreadItem>(seen<ServerNotifications['item/completed']>(params).item);
  switch (item.type as ThreadItem['type'] | undefined) {
    case 'collabAgentToolCall':
      return texts(item.receiverThreadIds);
    case 'subAgentActivity': {
      const thread = text(item.agentThreadId);
      return thread === undefined ? [] : [thread];
    }
    default:
      return [];
  }
}
