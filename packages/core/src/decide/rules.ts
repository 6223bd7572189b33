import type { ActorId, ChannelId, JsonObject, Scope, ScopeId, SendBudget } from '@threadbridge/contract';
import type { Facts } from './facts.ts';

/** How much a run may touch. */
export type Access = 'read-only' | 'workspace' | 'full';

/** What the profile says, as data. Swapped whole on a reload. */
export interface ProfileRules {
  readonly language: 'en' | 'zh';
  /** What follows a command of the computer so that it means this profile, as ` --profile team`. Absent: nothing has to. */
  readonly profileFlag?: string;
  /** Of channels whose people have one of their own, by channel: a terminal. Holds in private. */
  readonly languages?: Readonly<Record<string, 'en' | 'zh'>>;
  readonly access: {
    readonly owners: readonly ActorId[];
    /** Nobody in a chat owns the profile by configuration, so whoever has the code may. Default: no. */
    readonly isClaimable?: true;
    readonly admins: readonly ActorId[];
    readonly users: readonly ActorId[];
    /** Groups that are approved without asking. */
    readonly chats: readonly ScopeId[];
    /** In groups only messages that address the bot count. */
    readonly requireMention: boolean;
  };
  readonly permissions: { readonly defaultAccess: Access; readonly maxAccess: Access; readonly network: boolean };
  readonly workspaces: {
    /** Absent: conversations have to be given one. */
    readonly default?: string;
    /** Further directories, by name. */
    readonly aliases: Readonly<Record<string, string>>;
  };
  readonly runs: {
    /** Quick messages within this time become one prompt. 0: no waiting. */
    readonly quietWindowMs: number;
    /** A run without any sign of life for this long is ended. */
    readonly idleTimeoutMs: number;
    /** A run is ended after this long. */
    readonly wallTimeoutMs: number;
    /** Messages that may wait in one conversation; one more is not taken, and told so. */
    readonly maxPending: number;
    /** What happens to messages that arrive while a run is on. */
    readonly duringRun: 'queue' | 'steer';
    /** Whether the steps of a run are told in messages where there is no live view. */
    readonly verbosity: 'quiet' | 'verbose';
    /** What happens to words for a thread that went on elsewhere: people are told and they go in, or they wait for `/refresh`. */
    readonly whenMoved: 'tell' | 'wait';
  };
  /** Which files that people send are taken. A part of the fingerprint. */
  readonly attachments: {
    /** Of one message. */
    readonly maxCount: number;
    readonly maxFileBytes: number;
    /** Of one message, together. */
    readonly maxTotalBytes: number;
    /** Media types such as `image/*` or `application/pdf`. */
    readonly types: readonly string[];
  };
  readonly approvals: {
    readonly expireMs: number;
    /** A yes needs two different people. */
    readonly twoPersons: boolean;
    readonly mayAnswer: readonly ('owner' | 'admin' | 'asker')[];
  };
  /** Programs of this computer that may ask for tasks; `mayApprove`: their answers count, as a person's do. Absent: there are none. */
  readonly programs?: { readonly actors: readonly ActorId[]; readonly mayApprove: boolean };
  /** A private conversation that is told of what happens in all others. Absent: none is. */
  readonly notices?: { readonly to: Scope };
  /** What runs of anyone but the owner in private must not even read: Codex's home, ours, keys. Absolute paths. */
  readonly secretPaths: readonly string[];
  readonly codex: {
    readonly model?: string;
    readonly effort?: string;
    readonly config?: JsonObject;
    /** Which Codex login and home runs use; a part of the fingerprint. Holds no secret. */
    readonly identity: string;
  };
  /** What commands of the owner's own runs are given to act at a channel's platform; by channel. */
  readonly projections?: Readonly<Record<string, Projection>>;
  /** Key of the codes and tokens that people act with. Secret; at least 32 random bytes as text. */
  readonly tokenKey: string;
  /** Keys before it, whose tokens are still taken until they expire. */
  readonly formerTokenKeys?: readonly string[];
}

/** An identity of the platform that is handed to the commands of runs, by variables that hold no secret. */
export interface Projection {
  /** Whose identity it is, and a digest of what it is made of: parts of the fingerprint. */
  readonly identity: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What a decision must know of a channel; a value, so that decisions stay pure. */
export interface ChannelTraits {
  readonly split: (markdown: string) => readonly string[];
  readonly hasLive: boolean;
  readonly hasActions: boolean;
  /** Quotes may name a message by its id alone. */
  readonly quotesById?: boolean;
  /** Present where the platform lets us speak only so often. */
  readonly budget?: SendBudget;
}

/** What `decide` judges by: the profile's rules and a snapshot of what else is true. */
export interface Rules extends ProfileRules {
  readonly channels: ReadonlyMap<ChannelId, ChannelTraits>;
  readonly facts: Facts;
  /** What is being decided about; names what is made because of it. Set by `decide`. */
  readonly cause?: string;
}
