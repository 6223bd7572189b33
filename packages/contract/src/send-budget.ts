import type { JsonValue } from './json.ts';
import type { OutboundMessage } from './outbound.ts';

/** Why something is said. The less urgent leave room for the more urgent: progress, replies, approvals, the final answer. */
export type SendPurpose = 'progress' | 'reply' | 'approval' | 'final';

/** What has been used of a budget in one conversation. Plain JSON, kept by whoever sends, read by the budget alone. */
export type BudgetState = JsonValue;

/** Whether something may be said now. Only an allowed claim changes the state; it is to be stored before the send. */
export type BudgetClaim =
  | {
      readonly allowed: true;
      readonly state: BudgetState;
      /** After this nothing more can be said until somebody writes: the place for a word about what waits. */
      readonly isLast: boolean;
    }
  | {
      readonly allowed: false;
      /** `silent`: nobody has written yet; `spent`, `window`: until somebody writes; `reserved`: for something more urgent. */
      readonly reason: 'silent' | 'spent' | 'window' | 'throttled' | 'reserved';
      /** When it may be tried again without anybody writing, epoch ms. */
      readonly retryAt?: number;
    };

/** What became of a send for which a claim was made at `at`. */
export interface SendNews {
  /** The moment of the claim, epoch ms. */
  readonly at: number;
  /**
   * `accepted` and `unknown` stay counted; a claim of which nothing was told counts as being on its way for a while, so that it may be
   * charged to the next inbound message, too; `unsent` gives the claim back; `spent`: the platform refused because its own count or time is
   * over; `throttled`: it refused because of haste; `ended`: our login is over, and nothing can be said until somebody writes under another.
   */
  readonly outcome: 'accepted' | 'unknown' | 'unsent' | 'spent' | 'throttled' | 'ended';
  /** Messages claimed. Default 1. */
  readonly cost?: number;
  /** For `throttled`: the least pause. */
  readonly pauseMs?: number;
}

/**
 * The rule of a platform that lets us speak only so often after somebody wrote. Every member is a pure function, so that a caller can
 * keep the state with the conversation and decide, store and replay. Nothing here assumes that a message got through.
 */
export interface SendBudget {
  /** Messages after one inbound message. */
  readonly messages: number;
  /** For how long after it, ms. */
  readonly windowMs: number;
  /** Of a conversation in which nobody has written yet. */
  readonly initial: BudgetState;
  /** Somebody wrote at `at` (the platform's time). An older or repeated message changes nothing. */
  release(state: BudgetState, at: number): BudgetState;
  /** How many of the platform's messages this one becomes. */
  cost(message: OutboundMessage): number;
  /** Asks for room. `cost` defaults to 1. */
  claim(state: BudgetState, wish: { readonly purpose: SendPurpose; readonly at: number; readonly cost?: number }): BudgetClaim;
  /** What came of it; refusals make the next claims more careful. */
  learn(state: BudgetState, news: SendNews, now: number): BudgetState;
  /** For people: how many messages are left, and until when. */
  left(state: BudgetState, now: number): { readonly messages: number; readonly until?: number };
}
