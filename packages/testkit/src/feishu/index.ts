export { countTables } from './card-rules.ts';
export type { ClickOptions, ClickOutcome } from './clicks.ts';
export { type FeishuFault, type FeishuOperation, feishuOperations } from './fault.ts';
export {
  type FakeFeishu,
  type FakeFeishuOptions,
  startFakeFeishu,
} from './feishu.ts';
export type { Acknowledgement, ClientConfig, Delivery, LongConnections } from './long-connections.ts';
export type { SayOptions } from './people.ts';
export type { ShownFeishuCard, ShownFeishuMessage } from './shown.ts';
export type { FeishuRequest, FeishuRules, StoredDocument, StoredMessage } from './world.ts';
