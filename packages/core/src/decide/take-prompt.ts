import { wordsOf } from '../texts/first-words.ts';
import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { RunningPhase } from './phase.ts';
import type { Prompt } from './prompt.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { isEarlier, parkEarlier } from './settle-restored.ts';
import { prepareRun } from './start-run.ts';

/** Words are to run: they wait for their time, go into the run in progress where the profile says so, or find no room. */
export function takePrompt(before: ScopeState, prompt: Prompt, at: number, rules: Rules): Decision {
  if (isEarlier(prompt.at, rules)) return parkEarlier(before, prompt, at, rules);
  const { phase } = before;
  const isSteered =
    phase.name === 'running' && rules.runs.duringRun === 'steer' && phase.stopping === undefined && fits(prompt, phase);
  if (before.pending.length >= rules.runs.maxPending && !isSteered)
    return decision(
      before,
      say(
        { state: before, rules, at },
        textsIn(rules.language).pendingFull({ count: before.pending.length, words: wordsOf([prompt]) }),
      ),
    );
  const state: ScopeState = { ...before, pending: [...before.pending, prompt] };
  switch (state.phase.name) {
    case 'idle':
    case 'collecting':
    case 'fetching':
      return rules.runs.quietWindowMs === 0 ? prepareRun(state, at, rules) : collect(state, at, rules);
    case 'preparing':
      return decision(
        state,
        state.phase.moved === undefined ? [] : say({ state, rules, at }, textsIn(rules.language).waitingMoved()),
      );
    case 'held':
      return decision(state, say({ state, rules, at }, textsIn(rules.language).waitingHeld({ count: state.pending.length })));
    case 'running': {
      if (isSteered) return decision(before, [{ type: 'run.steer', run: state.phase.run, prompt }]);
      return decision(state, say({ state, rules, at }, textsIn(rules.language).waiting({ count: state.pending.length })));
    }
  }
}

/** (Re)opens the quiet window; the reminder of an earlier one will find another round and do nothing. */
function collect(state: ScopeState, at: number, rules: Rules): Decision {
  const round = state.rounds + 1;
  return decision({ ...state, rounds: round, phase: { name: 'collecting', round } }, [
    { type: 'timer', at: at + rules.runs.quietWindowMs, timer: { name: 'quiet', round } },
  ]);
}

/** Words with files, for another thread than that of the run, or for a review cannot be put into it. */
function fits(prompt: Prompt, { prompts }: RunningPhase): boolean {
  const { files, target, review } = prompt;
  return files === undefined && target === undefined && review === undefined && prompts[0]?.target === undefined;
}
