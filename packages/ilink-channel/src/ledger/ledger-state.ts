import type {
  BudgetState,
  EffectKey,
  JsonObject,
  OutboundMessage,
  ReplyContext,
  Scope,
  SendBudget,
  SendPurpose,
} from '@threadbridge/contract';

/** What became of a message. Every message ends in one of the first four; `held` is waiting. */
export type Delivery =
  /** The service accepted it and named it. */
  | { readonly state: 'accepted'; readonly id: string }
  /** The service accepted it without naming it, which was seen with messages that never arrived. */
  | { readonly state: 'accepted-without-id' }
  /** It surely was not sent and will not be. */
  | { readonly state: 'refused'; readonly reason: string }
  /** It may have arrived. It is never sent again. */
  | { readonly state: 'unknown' }
  /** It surely was not sent and waits for its turn. */
  | { readonly state: 'held'; readonly reason: HeldReason };

/** Why a message waits: the budget’s reasons, its place behind others, or a service that cannot be reached or wants a new login. */
export type HeldReason = 'silent' | 'spent' | 'window' | 'throttled' | 'reserved' | 'behind' | 'unreachable' | 'unauthorized';

/** One message of the service: a text that fits, or one file. */
export interface Entry {
  readonly key: EffectKey;
  readonly message: OutboundMessage;
  readonly purpose: SendPurpose;
  /** Later entries with the same slot replace this one. */
  readonly slot?: string;
  readonly expiresAt?: number;
  /** Written down before the send: after a restart such an entry is `unknown`. */
  readonly sendingAt?: number;
}

/** Everything the ledger knows of one conversation. Plain JSON. */
export interface LedgerState {
  readonly v: 1;
  readonly budget: BudgetState;
  readonly scope?: Scope;
  readonly reply: ReplyContext;
  readonly queue: readonly Entry[];
  /** What became of the latest messages, oldest first. */
  readonly done: readonly { readonly key: EffectKey; readonly delivery: Delivery }[];
}

/** How many ends are remembered per conversation, so that a key said again is not sent again. */
const remembered = 500;
export const maxQueue = 200;

export function emptyLedger(budget: SendBudget): LedgerState {
  return { v: 1, budget: budget.initial, reply: null, queue: [], done: [] };
}

/** A stored state as it is after a restart: what was being sent may have arrived. */
export function reopen(stored: unknown, budget: SendBudget): LedgerState {
  if (stored === undefined) return emptyLedger(budget);
  if (typeof stored !== 'object' || stored === null || !('v' in stored) || stored.v !== 1) {
    throw new TypeError('A stored ledger has a form that this program does not know; nothing is overwritten.');
  }
  const state = stored as LedgerState;
  return state.queue
    .filter((entry) => entry.sendingAt !== undefined)
    .reduce((one, entry) => end(one, entry.key, { state: 'unknown' }), state);
}

/** Somebody wrote. */
export function heard(
  state: LedgerState,
  news: { readonly scope: Scope; readonly reply: ReplyContext; readonly at: number },
  budget: SendBudget,
): LedgerState {
  const next = budget.release(state.budget, news.at);
  // A repeated old message must not bring back an old context token.
  const isNew = next !== state.budget || state.reply === null;
  return { ...state, budget: next, scope: news.scope, reply: isNew ? (news.reply ?? state.reply) : state.reply };
}

/** What became of a key, if anything is known of it. */
export function findDelivery(state: LedgerState, key: EffectKey): Delivery | undefined {
  const ended = state.done.findLast((one) => one.key === key);
  if (ended !== undefined) return ended.delivery;
  return state.queue.some((entry) => entry.key === key) ? { state: 'held', reason: 'behind' } : undefined;
}

/**
 * Puts entries in line: approvals before everything that is not being sent, progress replaces older progress of its slot, and a final
 * answer makes waiting progress pointless.
 */
export function enqueue(state: LedgerState, entries: readonly Entry[]): LedgerState {
  const isFinal = entries.some((entry) => entry.purpose === 'final');
  const overtaken = state.queue.filter(
    (waiting) =>
      waiting.sendingAt === undefined &&
      waiting.purpose === 'progress' &&
      (isFinal || entries.some((entry) => entry.slot !== undefined && entry.slot === waiting.slot)),
  );
  const kept = overtaken.reduce(
    (one, entry) => end(one, entry.key, { state: 'refused', reason: 'overtaken by later news' }),
    state,
  );
  const urgent = entries.filter((entry) => entry.purpose === 'approval');
  const others = entries.filter((entry) => entry.purpose !== 'approval');
  const place = kept.queue.findLastIndex((entry) => entry.sendingAt !== undefined || entry.purpose === 'approval') + 1;
  return { ...kept, queue: [...kept.queue.slice(0, place), ...urgent, ...kept.queue.slice(place), ...others] };
}

/** What to do next. */
export type Step =
  | {
      readonly type: 'send';
      readonly state: LedgerState;
      readonly entry: Entry;
      readonly at: number;
      readonly waiting: number;
      readonly isLast: boolean;
    }
  | { readonly type: 'drop'; readonly state: LedgerState }
  | { readonly type: 'wait'; readonly reason: HeldReason; readonly retryAt?: number }
  | { readonly type: 'done' };

/**
 * Claims room for the first entry that may be sent. What has to leave room for the more urgent lets these pass; nothing else is
 * overtaken. Nothing may be on its way: an entry that still says so has an end that nobody knows.
 */
export function next(state: LedgerState, now: number, budget: SendBudget): Step {
  const doubtful = state.queue.find((entry) => entry.sendingAt !== undefined);
  if (doubtful !== undefined) return { type: 'drop', state: end(state, doubtful.key, { state: 'unknown' }) };
  const expired = state.queue.find((entry) => entry.expiresAt !== undefined && entry.expiresAt <= now);
  if (expired !== undefined)
    return { type: 'drop', state: end(state, expired.key, { state: 'refused', reason: 'its time was over' }) };
  let waiting: Step = { type: 'done' };
  for (const entry of state.queue) {
    const claim = budget.claim(state.budget, { purpose: entry.purpose, at: now });
    if (claim.allowed) {
      const queue = state.queue.map((one) => (one.key === entry.key ? { ...entry, sendingAt: now } : one));
      const others = state.queue.length - 1;
      return {
        type: 'send',
        state: { ...state, budget: claim.state, queue },
        entry,
        at: now,
        waiting: others,
        isLast: claim.isLast,
      };
    }
    const { reason, retryAt } = claim;
    if (waiting.type === 'done') waiting = { type: 'wait', reason, ...(retryAt !== undefined && { retryAt }) };
    if (reason !== 'reserved') break;
  }
  return waiting;
}

/** Takes an entry out of line with its end. */
export function end(state: LedgerState, key: EffectKey, delivery: Delivery): LedgerState {
  return {
    ...state,
    queue: state.queue.filter((entry) => entry.key !== key),
    done: [...state.done, { key, delivery }].slice(-remembered),
  };
}

/** Puts an entry that surely was not sent back where it was. */
export function putBack(state: LedgerState, key: EffectKey): LedgerState {
  const queue = state.queue.map((entry) => {
    if (entry.key !== key) return entry;
    const { sendingAt: _, ...waiting } = entry;
    return waiting;
  });
  return { ...state, queue };
}

/** The state as JSON. */
export function toJson(state: LedgerState): JsonObject {
  return state as unknown as JsonObject;
}
