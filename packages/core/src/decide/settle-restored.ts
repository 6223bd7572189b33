import type { RunId } from '@threadbridge/contract';
import { wordsOf } from '../texts/first-words.ts';
import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import { finishRun } from './finish-run.ts';
import type { Input } from './input.ts';
import type { Prompt } from './prompt.ts';
import type { Rules } from './rules.ts';
import type { HeldMessage, ScopeState } from './scope-state.ts';

/**
 * Once after the store was put back from a copy: whatever was open here may have been dealt with since the copy was made. A run is told as
 * lost, waiting words and replies are kept for a person, and nothing goes on by itself.
 */
export function settleRestored(before: ScopeState, at: number, rules: Rules): Decision {
  const restoredAt = rules.facts.restored.get('store')?.restoredAt;
  if (restoredAt === undefined || (before.restoredAt ?? 0) >= restoredAt) return decision(before);
  const { phase, ledger, pending } = before;
  const state = park(
    { ...before, restoredAt, pending: [], ...(ledger && { ledger: { ...ledger, held: [] } }) },
    { prompts: [...(phase.name === 'held' ? phase.prompts : []), ...pending], replies: ledger?.held ?? [], at },
  );
  const told = state.parked === before.parked ? [] : tellParked(state, at, rules);
  if (phase.name !== 'running') return decision({ ...state, phase: { name: 'idle' } }, told);
  const end = { status: 'lost', text: '', note: textsIn(rules.language).restoredRun() } as const;
  const ended = finishRun(state, phase, end, at, rules);
  return { ...ended, effects: [...ended.effects, ...told] };
}

/** Words from before the store was put back, which a channel brings only now, are kept for a person, too. */
export function parkEarlier(before: ScopeState, prompt: Prompt, at: number, rules: Rules): Decision {
  const { parked } = before;
  if ((parked?.prompts.length ?? 0) >= rules.runs.maxPending)
    return decision(
      before,
      say(
        { state: before, rules, at },
        textsIn(rules.language).pendingFull({ count: rules.runs.maxPending, words: wordsOf([prompt]) }),
      ),
    );
  const state = park(before, { prompts: [prompt], replies: [], at });
  return decision(state, parked?.status === 'restored' ? [] : tellParked(state, at, rules));
}

/** Whether this was said before the store was put back: somebody may have dealt with it since the copy was made. */
export function isEarlier(saidAt: number, rules: Rules): boolean {
  return saidAt < (rules.facts.restored.get('store')?.restoredAt ?? 0);
}

/** Facts that nobody had decided about when the copy was made say nothing of today. Messages do: they are kept for a person. */
export function isOfEarlierLife(input: Input, rules: Rules): boolean {
  return input.type !== 'message.received' && isEarlier(input.at, rules);
}

/** One decision after the other, as one. */
export function inTurn(first: Decision, second: Decision): Decision {
  return {
    state: second.state,
    effects: [...first.effects, ...second.effects],
    facts: [...first.facts, ...second.facts],
    inputs: [...first.inputs, ...second.inputs],
    audit: [...first.audit, ...second.audit],
  };
}

function park(
  state: ScopeState,
  more: { readonly prompts: readonly Prompt[]; readonly replies: readonly HeldMessage[]; readonly at: number },
): ScopeState {
  if (more.prompts.length + more.replies.length === 0) return state;
  const { prompts = [], replies = [], run } = state.parked ?? {};
  return {
    ...state,
    parked: {
      status: 'restored',
      run: run ?? (`${state.scope.id}/run/${state.runs}` as RunId),
      prompts: [...prompts, ...more.prompts],
      replies: [...replies, ...more.replies],
      at: more.at,
    },
  };
}

function tellParked(state: ScopeState, at: number, rules: Rules): Decision['effects'] {
  const { prompts = [], replies = [] } = state.parked ?? {};
  return say({ state, rules, at }, textsIn(rules.language).restored({ messages: prompts.length, replies: replies.length }));
}
