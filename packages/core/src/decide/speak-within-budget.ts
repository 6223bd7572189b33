import type { BudgetState, ReplyContext, SendBudget, SendNews } from '@threadbridge/contract';
import { textsIn } from '../texts/texts.ts';
import type { Decision } from './decision.ts';
import type { Effect, EffectOf } from './effect.ts';
import type { Input, InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { DeliveryLedger, HeldMessage, ScopeState } from './scope-state.ts';

/**
 * Where a platform lets us speak only so often, every message passes here: what there is room for is sent, the rest is held with the
 * conversation and sent when somebody writes, in its order, the urgent before the others where the budget keeps room for them.
 */
export function speakWithinBudget(before: ScopeState, input: Input, made: Decision, rules: Rules): Decision {
  const channel = rules.channels.get(made.state.scope.channel);
  if (channel?.budget === undefined) return made;
  const ledger = before.ledger ?? { budget: channel.budget.initial, count: 0, held: [] };
  const fresh = made.effects.filter(isDeliver).map((effect, index) => toHeld(effect, ledger.count + index + 1));
  const wishes = [...returned(input), ...ledger.held, ...fresh].toSorted((a, b) => a.order - b.order);
  const others = made.effects.filter((effect) => !isDeliver(effect));
  const spoken = claimAll(wishes, hear(ledger.budget, input, channel.budget), input.at, channel.budget);
  const said = withWord(spoken.allowed, spoken.held.length, channel.split, rules);
  const next: DeliveryLedger = { budget: spoken.budget, count: ledger.count + fresh.length, held: spoken.held };
  const reminder: readonly Effect[] =
    spoken.retryAt === undefined ? [] : [{ type: 'timer', at: spoken.retryAt, timer: { name: 'budget' } }];
  const delivers = said.map((held): Effect => toDeliver(held, made.state.reply, input.at));
  return { ...made, state: { ...made.state, ledger: next }, effects: [...others, ...delivers, ...reminder] };
}

/** What the budget learns from the fact itself: somebody wrote, or what became of a message. */
function hear(state: BudgetState, input: Input, budget: SendBudget): BudgetState {
  switch (input.type) {
    case 'message.received':
      return budget.release(state, input.event.at);
    case 'delivery.accepted':
      return budget.learn(state, { at: input.claimedAt, outcome: 'accepted', cost: input.cost }, input.at);
    case 'delivery.failed': {
      const { claimedAt, message, pauseMs } = input;
      const news = {
        at: claimedAt,
        outcome: outcomeOf(input),
        cost: budget.cost(message),
        ...(pauseMs !== undefined && { pauseMs }),
      };
      return budget.learn(state, news, input.at);
    }
    default:
      return state;
  }
}

function outcomeOf({ code, pauseMs }: InputOf<'delivery.failed'>): SendNews['outcome'] {
  if (code === 'unknown') return 'unknown';
  if (code === 'channel.unauthorized') return 'ended';
  if (code !== 'channel.rate_limited') return 'unsent';
  return pauseMs === undefined ? 'spent' : 'throttled';
}

/** Whether a message that failed so waits with the conversation, where speaking is limited: it surely was not sent, and somebody will write. */
export function isKept(code: InputOf<'delivery.failed'>['code']): boolean {
  return code === 'channel.rate_limited' || code === 'channel.unauthorized';
}

/** A message that the platform refused because its own count was over, or our login, goes back to its place in the line. */
function returned(input: Input): readonly HeldMessage[] {
  if (input.type !== 'delivery.failed' || !isKept(input.code)) return [];
  const { order = 0, message, purpose, claimedAt, isNotice } = input;
  // What a message hung on is worth nothing under another login.
  const reply = input.code === 'channel.unauthorized' ? undefined : input.reply;
  return [{ order, message, purpose, at: claimedAt, ...(isNotice && { isNotice: true }), ...(reply !== undefined && { reply }) }];
}

function claimAll(wishes: readonly HeldMessage[], start: BudgetState, at: number, budget: SendBudget) {
  const allowed: HeldMessage[] = [];
  const held: HeldMessage[] = [];
  let state = start;
  let retryAt: number | undefined;
  for (const wish of wishes) {
    const claim = budget.claim(state, { purpose: wish.purpose, at, cost: budget.cost(wish.message) });
    if (claim.allowed) {
      state = claim.state;
      allowed.push(wish);
      continue;
    }
    // What was done meanwhile is no news later.
    if (wish.purpose === 'progress') continue;
    held.push(wish);
    if (claim.retryAt !== undefined) retryAt = Math.min(retryAt ?? claim.retryAt, claim.retryAt);
  }
  return { allowed, held, budget: state, retryAt };
}

/** The last message that gets through and has room for it says that more waits. */
function withWord(
  allowed: readonly HeldMessage[],
  waiting: number,
  split: (markdown: string) => readonly string[],
  rules: Rules,
): readonly HeldMessage[] {
  if (waiting === 0) return allowed;
  const word = textsIn(rules.language).moreWaits({ count: waiting });
  const told = ({ message }: HeldMessage) => `${message.markdown}\n\n${word}`;
  const at = allowed.findLastIndex((one) => split(told(one)).length === 1);
  const last = allowed[at];
  return last === undefined ? allowed : allowed.with(at, { ...last, message: { ...last.message, markdown: told(last) } });
}

function isDeliver(effect: Effect): effect is EffectOf<'deliver'> {
  return effect.type === 'deliver';
}

function toHeld({ message, purpose, at, isNotice, isAside, reply }: EffectOf<'deliver'>, order: number): HeldMessage {
  return { order, message, purpose, at, ...(isNotice && { isNotice }), ...(isAside && { reply }) };
}

/** Says what was held. Pure. */
export function toDeliver({ reply, ...held }: HeldMessage, latest: ReplyContext, at: number): Effect {
  return { type: 'deliver', ...held, reply: reply ?? latest, at, ...(reply !== undefined && { isAside: true }) };
}
