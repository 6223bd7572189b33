import {
  asId,
  type Channel,
  type Clock,
  type EffectKey,
  GatewayError,
  isGatewayError,
  type JsonObject,
  type Logger,
  type MessageReceived,
  type OutboundMessage,
  type Scope,
  type ScopeId,
  type SendBudget,
  type SendPurpose,
  silentLogger,
  systemClock,
} from '@threadbridge/contract';
import { newsOf } from '../budget.ts';
import { createLine } from '../line.ts';
import {
  type Delivery,
  type Entry,
  end,
  enqueue,
  findDelivery,
  type HeldReason,
  heard,
  type LedgerState,
  maxQueue,
  next,
  putBack,
  reopen,
  toJson,
} from './ledger-state.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { toEntries, withNote } from './to-entries.ts';

/** Where a ledger keeps its state, one JSON value per conversation. `save` resolves once the value is durable. */
export interface LedgerStorage {
  load(scope: ScopeId): Promise<unknown>;
  save(scope: ScopeId, state: JsonObject): Promise<void>;
}

export interface DeliveryLedgerOptions {
  readonly channel: Channel;
  /** Default: memory, so that what waits is lost with the process. */
  readonly storage?: LedgerStorage;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** The line below the last message that fits while others wait. Default: English. */
  readonly moreText?: (waiting: number) => string;
}

export interface SayOptions {
  readonly to: Scope;
  /** Names this message for ever: a key said again is not sent again. */
  readonly key: string;
  /** Default `reply`. */
  readonly purpose?: SendPurpose;
  /** Progress with the same slot replaces what still waits of it. Default for progress: one slot. */
  readonly slot?: string;
  /** When it is no use any more, epoch ms. */
  readonly expiresAt?: number;
}

/** What the owner may want to see. */
export interface LedgerStatus {
  readonly left: number;
  readonly until?: number;
  readonly held: readonly { readonly key: EffectKey; readonly purpose: SendPurpose }[];
}

/** Says what may be said, keeps what may not, and never says twice what may have arrived. */
export interface DeliveryLedger {
  /** To be called for every inbound message, before its answer: renews the budget and sends what waited. */
  received(event: MessageReceived): Promise<void>;
  /** Resolves with what became of each part: a text over the channel's limit and every file are parts of their own. */
  say(message: OutboundMessage, options: SayOptions): Promise<readonly Delivery[]>;
  /** Sends what may be sent now: after a throttle, or when the network is back. */
  flush(scope: Scope): Promise<void>;
  /** What became of a key (its first part) until now. */
  delivery(scope: Scope, key: string): Promise<Delivery | undefined>;
  status(scope: Scope): Promise<LedgerStatus>;
}

/** Makes a ledger for a channel that publishes a budget (`limits.budget`). One ledger per channel; storage must not be shared. */
export function createDeliveryLedger(options: DeliveryLedgerOptions): DeliveryLedger {
  const { channel } = options;
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? silentLogger;
  const storage = options.storage ?? createMemoryStorage();
  const moreText =
    options.moreText ?? ((waiting) => `(${waiting} more waiting. Write anything to get ${waiting === 1 ? 'it' : 'them'}.)`);
  const budget = budgetOf(channel);
  const line = createLine();
  const states = new Map<ScopeId, LedgerState>();

  async function load(scope: ScopeId): Promise<LedgerState> {
    const known = states.get(scope);
    if (known !== undefined) return known;
    const state = reopen(await storage.load(scope), budget);
    states.set(scope, state);
    return state;
  }

  /** Durable first, then true. */
  async function keep(scope: ScopeId, state: LedgerState): Promise<LedgerState> {
    await storage.save(scope, toJson(state));
    states.set(scope, state);
    return state;
  }

  /** Sends as long as something may be sent. Answers with why it stopped. */
  async function drain(scope: ScopeId): Promise<HeldReason> {
    for (;;) {
      const state = await load(scope);
      const step = next(state, clock.now(), budget);
      switch (step.type) {
        case 'done':
          return 'behind';
        case 'wait':
          return step.reason;
        case 'drop':
          await keep(scope, step.state);
          continue;
        case 'send': {
          const claimed = await keep(scope, step.state);
          const stop = await sendOne(scope, claimed, step.entry, step.at, step.isLast ? step.waiting : 0);
          if (stop !== undefined) return stop;
        }
      }
    }
  }

  /** Undefined: it has an end, go on. */
  async function sendOne(
    scope: ScopeId,
    state: LedgerState,
    entry: Entry,
    at: number,
    waiting: number,
  ): Promise<HeldReason | undefined> {
    if (state.scope === undefined) throw new TypeError('Something was claimed in a conversation in which nobody has written.');
    const message = waiting === 0 ? entry.message : withNote(entry.message, moreText(waiting), channel);
    try {
      const { id } = await channel.send(message, { to: state.scope, reply: state.reply, key: entry.key });
      const learned = { ...state, budget: budget.learn(state.budget, { at, outcome: 'accepted' }, clock.now()) };
      await keep(scope, end(learned, entry.key, id === undefined ? { state: 'accepted-without-id' } : { state: 'accepted', id }));
      return undefined;
    } catch (error) {
      if (!isGatewayError(error)) throw error;
      logger.warn({ scope, key: entry.key, code: error.code, certain: error.certain }, 'a message was not accepted');
      const learned = { ...state, budget: budget.learn(state.budget, { at, ...newsOf(error) }, clock.now()) };
      const held = heldBy(error);
      if (held !== undefined) {
        await keep(scope, putBack(learned, entry.key));
        return held;
      }
      await keep(
        scope,
        end(learned, entry.key, error.certain ? { state: 'refused', reason: error.message } : { state: 'unknown' }),
      );
      return undefined;
    }
  }

  return {
    received: ({ scope, reply, at }) =>
      line.run(scope.id, async () => {
        await keep(scope.id, heard(await load(scope.id), { scope, reply, at }, budget));
        await drain(scope.id);
      }),
    say: (message, say) =>
      line.run(say.to.id, async () => {
        const state = await load(say.to.id);
        const entries = toEntries(message, say, channel);
        const fresh = entries.filter((entry) => findDelivery(state, entry.key) === undefined);
        if (state.queue.length + fresh.length > maxQueue) {
          return entries.map(
            (entry) => findDelivery(state, entry.key) ?? { state: 'refused', reason: `${maxQueue} messages wait already` },
          );
        }
        if (fresh.length > 0) await keep(say.to.id, enqueue(state, fresh));
        const reason = await drain(say.to.id);
        const after = await load(say.to.id);
        return entries.map((entry) => withReason(findDelivery(after, entry.key), reason));
      }),
    flush: (scope) => line.run(scope.id, async () => void (await drain(scope.id))),
    delivery: (scope, key) => line.run(scope.id, async () => findDelivery(await load(scope.id), asId<EffectKey>(key))),
    status: (scope) =>
      line.run(scope.id, async () => {
        const state = await load(scope.id);
        const { messages, until } = budget.left(state.budget, clock.now());
        return {
          left: messages,
          ...(until !== undefined && { until }),
          held: state.queue.map(({ key, purpose }) => ({ key, purpose })),
        };
      }),
  };
}

function budgetOf({ limits }: Channel): SendBudget {
  if (limits.budget !== undefined) return limits.budget;
  throw new GatewayError('config.invalid', 'A delivery ledger needs a channel that publishes a budget; this one has none.', {
    certain: true,
    remedy: 'Call channel.send() directly.',
  });
}

/** Where nothing was sent and trying again later can help. */
function heldBy(error: GatewayError): HeldReason | undefined {
  if (!error.certain) return undefined;
  switch (error.code) {
    case 'channel.rate_limited':
      return typeof error.retry === 'object' ? 'throttled' : 'spent';
    case 'channel.unreachable':
      return 'unreachable';
    case 'channel.unauthorized':
      return 'unauthorized';
    default:
      return undefined;
  }
}

function withReason(delivery: Delivery | undefined, reason: HeldReason): Delivery {
  if (delivery === undefined) return { state: 'unknown' };
  return delivery.state === 'held' ? { state: 'held', reason } : delivery;
}
