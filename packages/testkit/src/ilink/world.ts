import type { ModelClock } from '../model/clock.ts';
import type { IlinkEndpoint, IlinkFault } from './fault.ts';
import type { IlinkMessage, ShownMessage } from './ilink-message.ts';

/** One bot: what the server knows about it. */
export interface Bot {
  readonly token: string;
  readonly botId: string;
  readonly userId: string;
  /** Everything ever said to it; a cursor is a position here. */
  readonly feed: IlinkMessage[];
  /** Below this everything was answered once. */
  answered: number;
  isExpired: boolean;
  isOnline: boolean;
  /** Ends the poll that is being held. */
  wake: () => void;
  polls: number;
  readonly people: Map<string, Person>;
}

/** One person as seen by one bot. */
export interface Person {
  readonly tokens: Map<string, number>;
  lastWroteAt: number | undefined;
  /** Messages accepted since the person wrote last. */
  used: number;
  readonly sendTimes: number[];
  throttledUntil: number;
  readonly tickets: Set<string>;
  isTyping: boolean;
}

/** A file on the CDN, under the handle of its download. */
export interface StoredFile {
  readonly sealed: Uint8Array;
  /** The key it was declared with; absent for inbound files. */
  readonly key?: string;
  readonly mediaType?: number;
  readonly to?: string;
}

/** An upload that was announced and has not come yet. */
export interface Announced {
  readonly filekey: string;
  readonly key: string;
  readonly mediaType: number;
  readonly to: string;
  readonly rawSize: number;
  readonly rawMd5: string;
  readonly fileSize: number;
}

/** One request as it came. */
export interface IlinkRequest {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: unknown;
  /** Epoch ms on the fake's clock. */
  readonly at: number;
}

/** The rules by which this service plays. */
export interface IlinkRules {
  readonly budget: number;
  readonly windowMs: number;
  readonly holdMs: number;
  readonly hintMs: number | undefined;
  readonly throttle: { readonly messages: number; readonly perMs: number; readonly penaltyMs: number } | undefined;
  readonly tokenlessSend: 'refuse' | 'swallow' | 'show';
  readonly repeatsAnswered: boolean;
  readonly maxTextBytes: number;
  readonly namesUploadUrl: boolean;
  readonly minClientVersion: number;
  readonly idsAsText: boolean;
}

/** All state of the fake, and how its parts tell what they saw. */
export interface World {
  readonly rules: IlinkRules;
  readonly clock: ModelClock;
  readonly signal: AbortSignal;
  readonly bots: Map<string, Bot>;
  readonly files: Map<string, StoredFile>;
  readonly announced: Map<string, Announced>;
  readonly faults: Map<IlinkEndpoint, IlinkFault[]>;
  readonly shown: ShownMessage[];
  readonly mistakes: string[];
  readonly requests: IlinkRequest[];
  readonly refusals: { readonly endpoint: string; readonly ret: number; readonly at: number }[];
  /** Filled once the server listens. */
  url: string;
  nextId(): bigint;
  mistake(text: string): void;
  /** Something visible changed. */
  changed(): void;
}

export function personOf(bot: Bot, user: string): Person {
  const known = bot.people.get(user);
  if (known !== undefined) return known;
  const person: Person = {
    tokens: new Map(),
    lastWroteAt: undefined,
    used: 0,
    sendTimes: [],
    throttledUntil: 0,
    tickets: new Set(),
    isTyping: false,
  };
  bot.people.set(user, person);
  return person;
}

export function createBot(own: { readonly token: string; readonly botId: string; readonly userId: string }): Bot {
  return { ...own, feed: [], answered: 0, isExpired: false, isOnline: false, wake: () => {}, polls: 0, people: new Map() };
}
