import { type ChannelId, GatewayError, parseScopeId, type Scope, scopeId } from '@threadbridge/contract';

/** User ids end in `@im.wechat`, so this prefix is never one. */
const groupPrefix = 'group:';

/** The conversation of a message: one person, or a group should the service ever bring one. */
export function toScope(channel: ChannelId, from: string, group: string | undefined): Scope {
  return group === undefined
    ? { id: scopeId(channel, from), channel, kind: 'private' }
    : { id: scopeId(channel, groupPrefix + group), channel, kind: 'group' };
}

/** Whom a message to this conversation goes to. Throws where the service has no way to. */
export function toUser(scope: Scope): string {
  const { conversation } = parseScopeId(scope.id);
  if (conversation.startsWith(groupPrefix)) {
    throw new GatewayError(
      'channel.unsupported',
      'WeChat (iLink) cannot send to a group: the service knows private chats only.',
      {
        certain: true,
        remedy: 'Write to the bot in its private chat.',
      },
    );
  }
  return conversation;
}
