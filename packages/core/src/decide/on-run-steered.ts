import { firstWords } from '../texts/first-words.ts';
import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { prepareRun } from './start-run.ts';

/** Words were meant for the run in progress. Those that did not get in wait for the next run. */
export function onRunSteered(state: ScopeState, input: InputOf<'run.steered'>, rules: Rules): Decision {
  const { outcome, at, prompt } = input;
  const texts = textsIn(rules.language);
  const words = firstWords(prompt.text, 40);
  switch (outcome.type) {
    case 'taken':
      return decision(state, say({ state, rules, at }, texts.steered({ words })));
    case 'unknown':
      return decision(state, say({ state, rules, at }, texts.steerUnknown({ words })));
    case 'refused': {
      const waiting: ScopeState = { ...state, pending: [...state.pending, prompt] };
      const told = say({ state: waiting, rules, at }, texts.steerRefused({ reason: outcome.reason, words }));
      if (state.phase.name !== 'idle') return decision(waiting, told);
      const next = prepareRun(waiting, at, rules);
      return { ...next, effects: [...told, ...next.effects] };
    }
  }
}
