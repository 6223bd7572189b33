import type { ModelClock } from '../model/clock.ts';
import type { JsonObject } from '../model/json.ts';
import type { FeishuFault, FeishuOperation } from './fault.ts';
import type { LongConnections } from './long-connections.ts';

/** A place where people and the bot talk. */
export interface Chat {
  readonly id: string;
  readonly mode: 'p2p' | 'group' | 'topic';
  readonly name: string;
  /** The person of a private chat. */
  readonly person?: string;
  /** False: `reply_in_thread` is answered with 230071. */
  readonly hasThreads: boolean;
  /** False once the bot was thrown out: sending answers 230002. */
  hasBot: boolean;
  readonly sendTimes: number[];
}

export interface Mention {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
}

/** A message as the platform keeps it. */
export interface StoredMessage {
  readonly id: string;
  readonly chat: string;
  readonly root?: string;
  readonly parent?: string;
  thread?: string;
  readonly type: string;
  /** The JSON text that was sent; a patched card changes it. */
  content: string;
  /** Epoch ms. */
  readonly at: number;
  readonly sender: { readonly id: string; readonly kind: 'user' | 'bot' };
  readonly mentions: readonly Mention[];
  /** The children of a merged forward name their parent. */
  readonly upper?: string;
  /** The entity that it shows. */
  card?: string;
  readonly uuid?: string;
  readonly patchTimes: number[];
  readonly reactions: Map<string, string>;
  isDeleted: boolean;
}

/** A card entity. */
export interface StoredCard {
  readonly id: string;
  json: JsonObject;
  sequence: number;
  readonly createdAt: number;
  /** When streaming was switched on last; undefined: off. */
  streamingSince: number | undefined;
  /** The platform closed it itself and has said so once. */
  isTimeoutTold: boolean;
  summary: string;
  message: string | undefined;
  /** Clicks whose answer is awaited. */
  clicks: number;
  /** Calls that have not been answered yet. */
  inFlight: number;
  readonly uuids: Set<string>;
  readonly times: number[];
  readonly operations: { readonly operation: string; readonly sequence: number; readonly at: number }[];
}

export interface DocumentReply {
  readonly id: string;
  readonly user: string;
  readonly elements: readonly JsonObject[];
  readonly at: number;
}
export interface DocumentComment {
  readonly id: string;
  readonly isWhole: boolean;
  readonly quote: string;
  readonly replies: DocumentReply[];
}
/** A document that people comment on. */
export interface StoredDocument {
  readonly token: string;
  readonly type: string;
  readonly title: string;
  readonly text: string;
  readonly comments: DocumentComment[];
}

export interface StoredFile {
  readonly key: string;
  readonly name: string;
  readonly kind: 'image' | 'file';
  readonly bytes: Uint8Array;
  readonly isOwn: boolean;
}

/** One request as it came. Bodies of uploads are left out. */
export interface FeishuRequest {
  readonly operation: FeishuOperation | undefined;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Epoch ms on the fake's clock. */
  readonly at: number;
}

/** The rules by which this platform plays. */
export interface FeishuRules {
  readonly maxCardBytes: number;
  readonly maxCardElements: number;
  readonly maxCardTables: number;
  readonly streamingMs: number;
  readonly sendsPerSecond: number;
  readonly cardOperationsPerSecond: number;
  readonly tokenLifeMs: number;
  readonly ackMs: number;
  readonly convertsEntities: boolean;
  readonly refusesMail: boolean;
  readonly redeliveryMs: readonly number[];
  readonly redeliversOnConnect: boolean;
}

/** All state of the fake, and how its parts tell what they saw. */
export interface World {
  readonly rules: FeishuRules;
  readonly clock: ModelClock;
  readonly signal: AbortSignal;
  readonly app: { readonly id: string; readonly secret: string };
  readonly bot: { readonly openId: string; readonly name: string };
  readonly tokens: Map<string, number>;
  readonly chats: Map<string, Chat>;
  readonly messages: Map<string, StoredMessage>;
  readonly uuids: Map<string, { readonly message: string; readonly at: number }>;
  readonly cards: Map<string, StoredCard>;
  readonly documents: Map<string, StoredDocument>;
  readonly files: Map<string, StoredFile>;
  /** Tokens of clicks: for which message, how often used. */
  readonly clickTokens: Map<string, { readonly message: string; readonly at: number; uses: number; isAnswered: boolean }>;
  readonly scopes: Set<string>;
  readonly faults: Map<FeishuOperation, FeishuFault[]>;
  readonly requests: FeishuRequest[];
  readonly mistakes: string[];
  readonly refusals: { readonly operation: FeishuOperation; readonly code: number; readonly at: number }[];
  readonly lines: LongConnections;
  /** What the person with the phone did about the app that is being registered. */
  readonly registration: { device: string | undefined; outcome: JsonObject | undefined; qrUrls: string[] };
  url: string;
  nextId(prefix: string): string;
  mistake(text: string): void;
  /** Something visible changed. */
  changed(): void;
}

/** What an operation answers with. */
export interface Answer {
  readonly code: number;
  readonly msg?: string;
  readonly data?: unknown;
  /** Fields beside `data`, where the platform has them. */
  readonly beside?: JsonObject;
  readonly status?: number;
  readonly file?: StoredFile;
}

export const ok = (data: unknown = {}): Answer => ({ code: 0, msg: 'success', data });
export const no = (code: number, msg: string): Answer => ({ code, msg, status: 400 });

/** True when one more within a second is too much; counts it. */
export function isOverRate(times: number[], now: number, perSecond: number): boolean {
  while ((times[0] ?? now) <= now - 1_000) times.shift();
  if (times.length >= perSecond) return true;
  times.push(now);
  return false;
}
