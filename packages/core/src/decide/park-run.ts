import type { TurnError } from '@threadbridge/contract';
import { moment } from '../texts/moment.ts';
import { textsIn } from '../texts/texts.ts';
import type { AgentAsk, AgentReply } from './agent-ask.ts';
import { type Decision, decision, say } from './decision.ts';
import type { Effect } from './effect.ts';
import { finishRun } from './finish-run.ts';
import type { RunningPhase } from './phase.ts';
import type { Rules } from './rules.ts';
import type { Parked, ScopeState } from './scope-state.ts';
import { toDeliver } from './speak-within-budget.ts';
import { prepareRun } from './start-run.ts';
import { tellElsewhere } from './tell-elsewhere.ts';

/** Time between the moment a limit is said to reset at and the look whether it has. */
const graceMs = 30_000;
/** Between looks where no moment is known. */
const lookEveryMs = 1_800_000;
/** Nobody is asked about older ones by a look. */
const looksForMs = 14 * 86_400_000;

/**
 * The limit of the account is used up: the words of the run and all that waits are kept. When the limit has reset, people are offered to go
 * on; nothing begins by itself.
 */
export function parkRun(
  state: ScopeState,
  phase: RunningPhase,
  failed: { readonly error: TurnError; readonly text: string },
  at: number,
  rules: Rules,
): Decision {
  const { error, text } = failed;
  const prompts = [...(state.parked?.prompts ?? []), ...phase.prompts, ...state.pending];
  const replies = state.parked?.replies;
  const { resetsAt } = error;
  const parked: Parked = {
    status: 'limited',
    run: phase.run,
    prompts,
    at,
    ...(resetsAt !== undefined && { resetsAt }),
    ...(replies && { replies }),
  };
  const note = textsIn(rules.language).parked({
    message: error.message,
    count: prompts.length,
    ...(resetsAt !== undefined && { resets: moment(resetsAt) }),
  });
  const made = finishRun({ ...state, pending: [], parked }, phase, { status: 'failed', text, note }, at, rules);
  return { ...made, effects: [...made.effects, lookAgain(parked, at)] };
}

/** It is time to look whether the limit has reset: reading it costs no turn. */
export function checkLimit(state: ScopeState, run: string): Decision {
  const { parked } = state;
  const by = parked?.prompts[0]?.actor;
  if (parked === undefined || parked.run !== run || parked.status !== 'limited' || by === undefined) return decision(state);
  return decision(state, [{ type: 'agent.ask', ask: { what: 'limits', by, parked: parked.run } }]);
}

/** The limits were read for what is parked. Where they cannot be read, the moment that was foretold counts. */
export function onLimitChecked(state: ScopeState, ask: AgentAsk, reply: AgentReply, at: number, rules: Rules): Decision {
  const { parked } = state;
  if (parked === undefined || ask.what !== 'limits' || parked.run !== ask.parked || parked.status !== 'limited')
    return decision(state);
  const limits = reply.type === 'limits' ? reply.limits : undefined;
  const isOver = limits === undefined ? parked.resetsAt !== undefined && parked.resetsAt <= at : !limits.isReached;
  if (isOver) {
    const offered: ScopeState = { ...state, parked: { ...parked, status: 'offered' } };
    const told = textsIn(rules.language).parkedReady({ count: parked.prompts.length });
    const text = textsIn(rules.language).parkedReadyElsewhere({ title: state.scope.title ?? state.scope.id });
    return decision(offered, say({ state: offered, rules, at }, told), {
      inputs: tellElsewhere(state, parked, at, 'reset', { type: 'told', text }, rules),
    });
  }
  const resetsAt = limits?.resetsAt ?? parked.resetsAt;
  const still: Parked = { ...parked, ...(resetsAt !== undefined && { resetsAt }) };
  return decision({ ...state, parked: still }, at - parked.at > looksForMs ? [] : [lookAgain(still, at)]);
}

/** Somebody wants what was parked to go on: it waits for a run like everything else, before what came later. */
export function unpark(state: ScopeState, at: number, rules: Rules): Decision {
  const { parked, ...rest } = state;
  const texts = textsIn(rules.language);
  if (parked === undefined) return decision(state, say({ state, rules, at }, texts.nothingParked()));
  const next: ScopeState = { ...rest, pending: [...parked.prompts, ...state.pending] };
  const replies = (parked.replies ?? []).map((held) => toDeliver(held, state.reply, at));
  const isFree = next.phase.name === 'idle' || next.phase.name === 'collecting';
  const waits = () => decision(next, say({ state: next, rules, at }, texts.waiting({ count: next.pending.length })));
  const going = isFree ? prepareRun(next, at, rules) : waits();
  return { ...going, effects: [...replies, ...going.effects] };
}

function lookAgain({ run, resetsAt }: Parked, at: number): Effect {
  const foretold = resetsAt === undefined ? at + lookEveryMs : resetsAt + graceMs;
  return { type: 'timer', at: foretold > at ? foretold : at + lookEveryMs, timer: { name: 'limit.check', run } };
}
