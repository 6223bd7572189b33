export { type AppCheck, type NeededScope, neededScopes } from './check-app.ts';
export {
  createFeishuChannel,
  domains,
  type FeishuChannel,
  type FeishuChannelOptions,
  type FeishuSeen,
} from './feishu-channel.ts';
export {
  type FeishuCredentials,
  type FeishuLoginOptions,
  type FeishuLoginStep,
  type FeishuTenant,
  login,
} from './login.ts';
export type { ReplyMode } from './send/send-message.ts';
export type { Language } from './words.ts';
