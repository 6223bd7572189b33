import type { FeishuRules } from './world.ts';

/** Scopes that a bridge to chats, topics and comments needs. */
export const usualScopes = [
  ...['im:message.p2p_msg:readonly', 'im:message.group_at_msg:readonly', 'im:message:send_as_bot', 'im:message:readonly'],
  ...['im:message:update', 'im:resource', 'im:message.reactions:write_only', 'im:chat:read', 'cardkit:card:write'],
  ...['docs:document.comment:read', 'docs:document.comment:create', 'docs:document.comment:write_only'],
  ...['docx:document:readonly', 'im:message.group_msg'],
];

/** Limits and habits of the platform. */
export const usualRules: FeishuRules = {
  maxCardBytes: 30 * 1024,
  maxCardElements: 200,
  maxCardTables: 5,
  streamingMs: 600_000,
  sendsPerSecond: 5,
  cardOperationsPerSecond: 10,
  tokenLifeMs: 7_200_000,
  ackMs: 3_000,
  convertsEntities: true,
  refusesMail: false,
  redeliveryMs: [15_000, 300_000, 3_600_000, 21_600_000],
  redeliversOnConnect: true,
};
