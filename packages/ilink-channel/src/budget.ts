import {
  type BudgetState,
  isGatewayError,
  type OutboundMessage,
  type SendBudget,
  type SendNews,
  type SendPurpose,
} from '@threadbridge/contract';
import { listIn, numberIn, type Wire } from './api/wire.ts';
import { throttlePauseMs } from './errors.ts';

export interface BudgetOptions {
  /** Messages after one inbound message. Default 10, as Tencent's notice says. */
  readonly messages?: number;
  /** For how long after it. Default 23 h: an hour less than the notice says. */
  readonly windowMs?: number;
  /** How many messages a purpose must leave for the more urgent ones. Default: progress 4, reply 2, approval 1, final 0. */
  readonly reserve?: Readonly<Partial<Record<SendPurpose, number>>>;
}

/** A message that was claimed. */
interface Claimed {
  readonly at: number;
  /** When the platform had surely counted it: our moment of hearing so, or long after where we never heard. */
  readonly by: number;
}

interface State {
  /** The platform's time of the latest inbound message; absent: nobody has written. */
  readonly inboundAt?: number;
  /** What may have been counted since, oldest first. */
  readonly sent: readonly Claimed[];
  /** What refusals taught; never more than the rule. */
  readonly messages: number;
  readonly windowMs: number;
  /** The platform said that it is enough, until somebody writes. */
  readonly isClosed: boolean;
  readonly pausedUntil: number;
  /** Throttles in a row. */
  readonly pauses: number;
  /** Inbound messages since the last refusal. */
  readonly calm: number;
}

const defaultReserve: Readonly<Record<SendPurpose, number>> = { progress: 4, reply: 2, approval: 1, final: 0 };
const longestPauseMs = 30 * 60_000;
/** After so many inbound messages without a refusal a little more is tried than was learned. */
const tryMoreEvery = 5;
/** Longer than any request lives. */
const inFlightMs = 60_000;
/** Messages come late and out of order, but not by so much. */
const putBackMs = 10 * 60_000;
/** A refusal this long after the inbound message is about time, an earlier one about the count. */
const lateMs = 10 * 60_000;

/** The rule of WeChat: so many messages, so long, after each message of the person. It learns from refusals and tries more again later. */
export function createBudget(options: BudgetOptions = {}): SendBudget {
  const messages = options.messages ?? 10;
  const windowMs = options.windowMs ?? 23 * 3_600_000;
  const reserve = { ...defaultReserve, ...options.reserve };
  const initial: State = { sent: [], messages, windowMs, isClosed: false, pausedUntil: 0, pauses: 0, calm: 0 };
  const read = (stored: BudgetState): State => readState(stored, initial);

  return {
    messages,
    windowMs,
    initial: write(initial),
    release(stored, at) {
      const state = read(stored);
      const isOlder = state.inboundAt !== undefined && at <= state.inboundAt;
      // Much older than the latest: not that message is late, our clock was put back. What was reckoned by it tells nothing any more.
      const isPutBack = isOlder && state.inboundAt - at > putBackMs;
      if (isOlder && !isPutBack) return stored;
      const calm = state.isClosed ? 0 : state.calm + 1;
      const triesMore = calm > 0 && calm % tryMoreEvery === 0;
      return write({
        ...state,
        calm,
        inboundAt: at,
        // What was on its way when the new message was written may have been counted behind it.
        sent: isPutBack ? [] : state.sent.filter(({ by }) => by >= at),
        messages: Math.min(messages, state.messages + (triesMore ? 1 : 0)),
        windowMs: Math.min(windowMs, state.windowMs * (triesMore ? 2 : 1)),
        isClosed: false,
      });
    },
    cost,
    claim(stored, { purpose, at, cost: wanted = 1 }) {
      const state = read(stored);
      if (state.inboundAt === undefined) return { allowed: false, reason: 'silent' };
      if (at < state.pausedUntil) return { allowed: false, reason: 'throttled', retryAt: state.pausedUntil };
      const left = messagesLeft(state, at);
      if (left < wanted) return { allowed: false, reason: isOver(state, at) ? 'window' : 'spent' };
      if (left - wanted < reserve[purpose]) return { allowed: false, reason: 'reserved' };
      const sent = [...state.sent, ...Array.from({ length: wanted }, () => ({ at, by: at + inFlightMs }))];
      return { allowed: true, state: write({ ...state, sent }), isLast: left === wanted };
    },
    learn(stored, news, now) {
      return write(learn(read(stored), news, now));
    },
    left(stored, now) {
      const state = read(stored);
      const until = state.inboundAt === undefined ? undefined : state.inboundAt + state.windowMs;
      return { messages: messagesLeft(state, now), ...(until !== undefined && { until }) };
    },
  };
}

/** What a failed send means for the budget. Undefined: that is not known from this error. */
export function newsOf(error: unknown): Pick<SendNews, 'outcome' | 'pauseMs'> {
  if (!isGatewayError(error) || !error.certain) return { outcome: 'unknown' };
  if (error.code !== 'channel.rate_limited') return { outcome: 'unsent' };
  return typeof error.retry === 'object' ? { outcome: 'throttled', pauseMs: error.retry.afterMs } : { outcome: 'spent' };
}

function cost(message: OutboundMessage): number {
  return (message.markdown.trim() === '' ? 0 : 1) + (message.files?.length ?? 0);
}

function learn(state: State, { at, outcome, cost: wanted = 1, pauseMs }: SendNews, now: number): State {
  const returned = { ...state, sent: without(state.sent, at, wanted) };
  switch (outcome) {
    case 'accepted':
      return { ...state, sent: settled(state.sent, at, wanted, now), pauses: 0 };
    case 'unknown':
      return state;
    case 'unsent':
      return returned;
    case 'throttled': {
      const pause = Math.min((pauseMs ?? throttlePauseMs) * 2 ** state.pauses, longestPauseMs);
      return { ...returned, pausedUntil: Math.max(state.pausedUntil, now + pause), pauses: state.pauses + 1 };
    }
    case 'ended':
      return state.inboundAt !== undefined && at < state.inboundAt ? returned : { ...returned, isClosed: true };
    case 'spent': {
      // The refused message belonged to an earlier inbound one; what was learned there is no longer true.
      if (state.inboundAt !== undefined && at < state.inboundAt) return returned;
      const age = state.inboundAt === undefined ? 0 : now - state.inboundAt;
      const used = returned.sent.length;
      return {
        ...returned,
        isClosed: true,
        ...(age >= lateMs
          ? { windowMs: Math.min(state.windowMs, age) }
          : used > 0 && { messages: Math.min(state.messages, used) }),
      };
    }
  }
}

function without(sent: readonly Claimed[], at: number, count: number): readonly Claimed[] {
  const gone = new Set(sent.filter((one) => one.at === at).slice(-count));
  return sent.filter((one) => !gone.has(one));
}

function settled(sent: readonly Claimed[], at: number, count: number, now: number): readonly Claimed[] {
  const heard = new Set(sent.filter((one) => one.at === at && one.by === at + inFlightMs).slice(0, count));
  return sent.map((one) => (heard.has(one) ? { at, by: Math.min(one.by, now) } : one));
}

function isOver(state: State, now: number): boolean {
  return state.inboundAt === undefined || now - state.inboundAt >= state.windowMs;
}

function messagesLeft(state: State, now: number): number {
  return state.isClosed || isOver(state, now) ? 0 : Math.max(0, state.messages - state.sent.length);
}

function write({ inboundAt, sent, ...rest }: State): BudgetState {
  return { ...rest, sent: sent.map(({ at, by }) => ({ at, by })), ...(inboundAt !== undefined && { inboundAt }) };
}

function readState(stored: BudgetState, initial: State): State {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return initial;
  const wire = stored as Wire;
  const inboundAt = numberIn(wire, 'inboundAt');
  return {
    ...(inboundAt !== undefined && { inboundAt }),
    sent: listIn(wire, 'sent').map((one) => ({
      at: numberIn(one, 'at') ?? 0,
      by: numberIn(one, 'by') ?? Number.MAX_SAFE_INTEGER,
    })),
    messages: Math.min(initial.messages, numberIn(wire, 'messages') ?? initial.messages),
    windowMs: Math.min(initial.windowMs, numberIn(wire, 'windowMs') ?? initial.windowMs),
    isClosed: wire.isClosed === true,
    pausedUntil: numberIn(wire, 'pausedUntil') ?? 0,
    pauses: numberIn(wire, 'pauses') ?? 0,
    calm: numberIn(wire, 'calm') ?? 0,
  };
}
