import { createHash } from 'node:crypto';

/** What a login gives and a channel needs. Plain JSON; secret as a whole. */
export interface IlinkCredentials {
  /** The bot's token. */
  readonly token: string;
  /** The bot, `…@im.bot`. */
  readonly accountId: string;
  /** Who scanned the code, `…@im.wechat`: the owner. */
  readonly userId?: string;
  /** Where the account lives. Default: {@link defaultBaseUrl}. */
  readonly baseUrl?: string;
}

/** A short name of a login that tells nothing of it: cursors and context tokens are worth nothing under another. */
export function loginName({ accountId, token }: IlinkCredentials): string {
  return createHash('sha256').update(`${accountId}\n${token}`).digest('hex').slice(0, 12);
}

/** The official address of the bot API, as `@tencent-weixin/openclaw-weixin` has it; a login may name another. */
export const defaultBaseUrl = 'https://ilinkai.weixin.qq.com';
export const defaultCdnBaseUrl = 'https://novac2c.cdn.weixin.qq.com/c2c';
