import { wordsOf } from '../texts/first-words.ts';
import { textsIn } from '../texts/texts.ts';
import { type Decision, decision } from './decision.ts';
import { finishRun } from './finish-run.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** The run has no end of its own. People are told what is certain; nothing is started again by itself. One that was to end has ended. */
export function onRunLost(before: ScopeState, input: InputOf<'run.lost'>, rules: Rules): Decision {
  const { phase } = before;
  if (phase.name !== 'running' || phase.run !== input.run) return decision(before);
  const { turn } = input.loss;
  const { thread } = phase;
  const isKept = thread !== undefined && turn !== undefined;
  const state: ScopeState = isKept ? { ...before, seen: { ...before.seen, [thread]: turn } } : before;
  const texts = textsIn(rules.language);
  const { loss, at } = input;
  if (phase.stopping !== undefined) {
    return finishRun(
      state,
      phase,
      {
        status: 'interrupted',
        text: loss.text ?? '',
        note: texts.stopped({ why: phase.stopping.reason, words: wordsOf(phase.prompts) }),
      },
      at,
      rules,
    );
  }
  const isBusy = loss.certain && loss.code === 'runner.overloaded';
  const told = { message: loss.message, words: wordsOf(phase.prompts) };
  const note = isBusy ? texts.busy(told) : loss.certain ? texts.lostBeforeStart(told) : texts.lostInTurn(told);
  return finishRun(state, phase, { status: 'lost', text: loss.text ?? '', note }, at, rules);
}
