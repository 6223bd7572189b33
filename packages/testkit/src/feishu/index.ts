export { countTables } from './card-rules.ts';
export { type FeishuFault, type FeishuOperation, feishuOperations } from './fault.ts';
export {
  type FakeFeishu,
  type FakeFeishuOptions,
  type ShownFeishuCard,
  type ShownFeishuMessage,
  startFakeFeishu,
} from './feishu.ts';
export type { Acknowledgement, ClientConfig, Delivery, LongConnections } from './long-connections.ts';
export type { ClickOptions, ClickOutcome, SayOptions } from './people.ts';
export type { FeishuRequest, FeishuRules, StoredDocument, StoredMessage } from './world.ts';
