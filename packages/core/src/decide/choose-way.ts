import type { ActorId, EffectKey } from '@threadbridge/contract';
import { mayAnswer } from '../policy/may-answer.ts';
import { buildPrompt } from '../prompt/build-prompt.ts';
import { wordsOf } from '../texts/first-words.ts';
import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { Effect } from './effect.ts';
import type { HeldPhase, HeldWay } from './phase.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { prepareRun } from './start-run.ts';

/** Somebody chose how to go on with a thread that another program has open. */
export function chooseWay(
  state: ScopeState,
  phase: HeldPhase,
  chosen: { readonly way: HeldWay; readonly by: ActorId; readonly at: number },
  rules: Rules,
): Decision {
  const { way, by, at } = chosen;
  const { run, thread } = phase;
  const texts = textsIn(rules.language);
  const voice = { state, rules, at };
  if (!mayAnswer(by, phase, rules)) return decision(state, say(voice, texts.notYours()));
  if (phase.status !== 'asked' || !phase.ways.includes(way)) return decision(state, say(voice, texts.approvalNotOpen()));
  switch (way) {
    case 'wait': {
      const waiting: HeldPhase = { ...phase, status: 'waiting', since: at };
      return decision({ ...state, phase: waiting }, [...say(voice, texts.heldWaits()), lookAgain(waiting, at)]);
    }
    case 'queue': {
      const text = buildPrompt(phase.prompts, state.scope, rules.tokenKey);
      const ask = { what: 'queue', by, thread, run, text, key: queueKey(phase) } as const;
      return decision({ ...state, phase: { ...phase, status: 'queued', since: at } }, [{ type: 'agent.ask', ask }]);
    }
    case 'fork':
      return decision(state, [{ type: 'agent.ask', ask: { what: 'fork', by, thread } }]);
    case 'withdraw':
      return decision(state, [{ type: 'agent.ask', ask: { what: 'withdraw', by, thread, run } }]);
  }
}

/** Nobody waits for that thread any more. What lies in the queue of the other program is asked back first. */
export function leaveHeld(state: ScopeState, phase: HeldPhase, by: ActorId, at: number, rules: Rules): Decision {
  const { run, thread, prompts } = phase;
  if (phase.status === 'queued')
    return decision(state, [{ type: 'agent.ask', ask: { what: 'withdraw', by, thread, run, key: queueKey(phase) } }]);
  const said = say({ state, rules, at }, textsIn(rules.language).dropped({ count: prompts.length, words: wordsOf(prompts) }));
  const made = prepareRun({ ...state, phase: { name: 'idle' } }, at, rules);
  return { ...made, effects: [...said, ...made.effects] };
}

/** The way is free: the words wait for a run like all others, before what came later. */
export function goOn(state: ScopeState, phase: HeldPhase, at: number, rules: Rules): Decision {
  return prepareRun({ ...state, phase: { name: 'idle' }, pending: [...phase.prompts, ...state.pending] }, at, rules);
}

/** Looks come less often the longer it takes. */
export function lookAgain({ run, since }: HeldPhase, at: number): Effect {
  const pauseMs = Math.min(300_000, Math.max(10_000, Math.floor((at - since) / 4)));
  return { type: 'timer', at: at + pauseMs, timer: { name: 'held.look', run } };
}

/** By which the turn is found in the history of the thread. */
export function queueKey({ run }: HeldPhase): EffectKey {
  return `${run}/queued` as EffectKey;
}
