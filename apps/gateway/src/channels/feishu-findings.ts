import type { AppCheck } from '@threadbridge/feishu-channel';
import type { AccountFinding } from './channel-factory.ts';
import type { SeenEvents } from './seen-events.ts';

/** What each kind of event is called at the platform, where it has to be subscribed to. */
const subscriptions = [
  { kind: 'message', name: 'im.message.receive_v1', feature: 'messages', isEssential: true },
  { kind: 'click', name: 'card.action.trigger', feature: 'buttons on cards', isEssential: true },
  { kind: 'comment', name: 'drive.notice.comment_add_v1', feature: 'document comments', isEssential: false },
] as const;

/** What a check of the app and the events so far mean for its owner. Pure. */
export function feishuFindings({ bot, missing }: AppCheck, seen: SeenEvents): readonly AccountFinding[] {
  const known: AccountFinding = { state: 'ok', text: `The bot is ${bot.name || bot.openId}.` };
  const scopes: readonly AccountFinding[] =
    missing === undefined
      ? [{ state: 'unknown', text: 'The platform does not say which scopes the app was granted.' }]
      : missing.map(({ feature, anyOf, isEssential }) => ({
          state: isEssential ? 'fail' : 'warn',
          text: `A scope is missing (${feature}): ${anyOf.join(' or ')}.`,
          remedy: 'Add it on the permissions page of the app, and publish a version.',
        }));
  const events = subscriptions.map(({ kind, name, feature, isEssential }): AccountFinding => {
    const at = seen[kind];
    if (at !== undefined) return { state: 'ok', text: `${name} came (${new Date(at).toISOString()}).` };
    return {
      state: 'unknown',
      text: `${name} was not seen yet; without it there are no ${feature}${isEssential ? '' : ' (if they are wanted)'}.`,
      remedy:
        'Subscriptions cannot be read back: it shows when the first one comes. Subscribe over the long connection, and publish.',
    };
  });
  return [known, ...scopes, ...events];
}
