import type { TurnRecord } from '@threadbridge/contract';
import { wordsOf } from '../texts/first-words.ts';
import { textsIn } from '../texts/texts.ts';
import type { AgentAsk, AgentReply } from './agent-ask.ts';
import { goOn, lookAgain, queueKey } from './choose-way.ts';
import { type Decision, decision, say } from './decision.ts';
import { askWay } from './on-run-held.ts';
import type { HeldPhase } from './phase.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { prepareRun } from './start-run.ts';

/** What is asked of the agent about a thread that another program has open; the other asks are not this file's. */
export type HeldAsk = Extract<AgentAsk, { readonly what: 'queue' | 'withdraw' | 'way' | 'turn' }>;

/** It is time to look at the thread: is it free, or has the other program answered? Costs no turn. */
export function lookAtHeld(state: ScopeState, run: string): Decision {
  const { phase } = state;
  const by = phase.name === 'held' ? phase.prompts[0]?.actor : undefined;
  if (phase.name !== 'held' || phase.run !== run || by === undefined || phase.status === 'asked') return decision(state);
  const about = { by, thread: phase.thread, run: phase.run };
  const ask =
    phase.status === 'waiting'
      ? ({ what: 'way', ...about, ceiling: phase.ceiling } as const)
      : ({ what: 'turn', ...about, key: queueKey(phase) } as const);
  return decision(state, [{ type: 'agent.ask', ask }]);
}

/** The agent told how it stands with a thread that another program has open. */
export function onHeldLooked(state: ScopeState, ask: HeldAsk, reply: AgentReply, at: number, rules: Rules): Decision {
  const { phase } = state;
  if (phase.name !== 'held' || phase.run !== ask.run) return decision(state);
  const texts = textsIn(rules.language);
  const told = (markdown: string) => say({ state, rules, at }, markdown);
  switch (ask.what) {
    case 'way': {
      const isFree = reply.type === 'way' && (reply.access.way === 'use' || reply.access.way === 'join');
      return isFree ? goOn(state, phase, at, rules) : decision(state, [lookAgain(phase, at)]);
    }
    case 'queue': {
      if (reply.type === 'failed') {
        const asked: HeldPhase = { ...phase, status: 'asked' };
        const again = askWay({ ...state, phase: asked }, asked, at, rules);
        return { ...again, effects: [...told(texts.askFailed(reply)), ...again.effects] };
      }
      return decision(state, [
        ...told(reply.type === 'unknown' ? texts.heldQueueUnknown() : texts.heldQueued()),
        lookAgain(phase, at),
      ]);
    }
    case 'turn': {
      const record = reply.type === 'turn' ? reply.record : undefined;
      return record === undefined || isOpen(record)
        ? decision(state, [lookAgain(phase, at)])
        : answered(state, phase, record, at, rules);
    }
    case 'withdraw': {
      if (reply.type === 'failed') return decision(state, told(texts.askFailed(reply)));
      const count = reply.type === 'withdrawn' ? reply.count : 0;
      if (ask.key === undefined) return goOn(state, phase, at, rules);
      if (count === 0) return decision(state, told(texts.heldNotTakenBack()));
      const made = prepareRun({ ...state, phase: { name: 'idle' } }, at, rules);
      return {
        ...made,
        effects: [...told(texts.dropped({ count: phase.prompts.length, words: wordsOf(phase.prompts) })), ...made.effects],
      };
    }
  }
}

/** Seen from outside, a turn that another program works on reads interrupted, without an end. */
function isOpen({ status, endedAt }: TurnRecord): boolean {
  return status === 'inProgress' || (status === 'interrupted' && endedAt === undefined);
}

/** The other program has run the words that were left for it. */
function answered(state: ScopeState, phase: HeldPhase, record: TurnRecord, at: number, rules: Rules): Decision {
  const texts = textsIn(rules.language);
  const note =
    record.status === 'failed'
      ? texts.failed({ message: record.error ?? '', words: wordsOf(phase.prompts) })
      : record.status === 'interrupted'
        ? texts.stopped({ why: 'codex', words: wordsOf(phase.prompts) })
        : record.text === ''
          ? texts.noAnswer()
          : '';
  const { target } = phase.prompts[0] ?? {};
  const from = target === undefined ? '' : texts.answerFrom({ name: target.alias });
  const words = [record.text, note, from].filter((part) => part !== '').join('\n\n');
  const said = say({ state, rules, at }, words, { purpose: 'final' });
  const seen = { ...state.seen, [phase.thread]: record.turn };
  const made = prepareRun({ ...state, seen, phase: { name: 'idle' } }, at, rules);
  return { ...made, effects: [...said, ...made.effects] };
}
