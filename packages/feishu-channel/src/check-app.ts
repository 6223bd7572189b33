import type { Api } from './api/api.ts';
import { isObject, listAt, numberAt, textAt } from './json.ts';

/** A permission that a feature needs; any one of the scopes will do. */
export interface NeededScope {
  readonly feature: string;
  readonly anyOf: readonly string[];
  /** Without it nothing works. */
  readonly isEssential: boolean;
}

/** What this package asks of an app, by feature. */
export const neededScopes: readonly NeededScope[] = [
  {
    feature: 'read private messages',
    anyOf: ['im:message.p2p_msg:readonly', 'im:message.p2p_msg', 'im:message'],
    isEssential: true,
  },
  { feature: 'send messages', anyOf: ['im:message:send_as_bot', 'im:message'], isEssential: true },
  {
    feature: 'read group messages that mention the bot',
    anyOf: ['im:message.group_at_msg:readonly', 'im:message.group_at_msg', 'im:message'],
    isEssential: false,
  },
  {
    feature: 'follow topics without a mention',
    anyOf: ['im:message.group_msg', 'im:message.group_msg:readonly'],
    isEssential: false,
  },
  { feature: 'read quoted, forwarded and missed messages', anyOf: ['im:message:readonly', 'im:message'], isEssential: false },
  { feature: 'change sent messages', anyOf: ['im:message:update', 'im:message'], isEssential: false },
  { feature: 'run cards', anyOf: ['cardkit:card:write'], isEssential: false },
  { feature: 'files and pictures', anyOf: ['im:resource'], isEssential: false },
  { feature: 'the sign of being at work', anyOf: ['im:message.reactions:write_only', 'im:message'], isEssential: false },
  { feature: 'names of chats', anyOf: ['im:chat:read', 'im:chat:readonly', 'im:chat'], isEssential: false },
  { feature: 'read document comments', anyOf: ['docs:document.comment:read', 'drive:drive'], isEssential: false },
  {
    feature: 'answer document comments',
    anyOf: ['docs:document.comment:create', 'docs:document.comment:write_only', 'drive:drive'],
    isEssential: false,
  },
  { feature: 'read documents', anyOf: ['docx:document:readonly', 'docx:document'], isEssential: false },
];

/** What a check of the app found. */
export interface AppCheck {
  readonly bot: { readonly openId: string; readonly name: string };
  /** Undefined: the platform did not say which scopes were granted. */
  readonly missing: readonly NeededScope[] | undefined;
}

/** Asks the platform who we are and what we may. Throws where the credentials are refused or nobody answers. */
export async function checkApp(api: Api, signal?: AbortSignal): Promise<AppCheck> {
  const info = await api.call({ method: 'GET', path: 'bot/v3/info', signal });
  const bot = isObject(info.bot) ? info.bot : {};
  const granted = await grantedScopes(api, signal);
  return {
    bot: { openId: textAt(bot, 'open_id') ?? '', name: textAt(bot, 'app_name') ?? '' },
    missing: granted && neededScopes.filter((one) => !one.anyOf.some((scope) => granted.has(scope))),
  };
}

async function grantedScopes(api: Api, signal?: AbortSignal): Promise<ReadonlySet<string> | undefined> {
  try {
    const answer = await api.call({ method: 'GET', path: 'application/v6/scopes', signal });
    const granted = listAt(answer.data, 'scopes').filter((one) => (numberAt(one, 'grant_status') ?? 1) === 1);
    return new Set(granted.flatMap((one) => textAt(one, 'scope_name') ?? []));
  } catch {
    return undefined;
  }
}
