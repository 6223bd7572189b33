import { emptyView, type RunView } from '@threadbridge/contract';
import { type Decision, say } from './decision.ts';
import type { Effect } from './effect.ts';
import type { Rules } from './rules.ts';
import type { RunningPhase, ScopeState } from './scope-state.ts';
import { prepareRun } from './start-run.ts';
import { tellElsewhere } from './tell-elsewhere.ts';

/** How a run ended, in the words that people will read. */
export interface RunEnd {
  readonly status: RunView['status'];
  /** The answer, as far as there is one. */
  readonly text: string;
  /** A word of ours beside it. */
  readonly note?: string;
}

/** Shows the end where it is watched or says it, and goes on with what waited meanwhile. */
export function finishRun(state: ScopeState, phase: RunningPhase, end: RunEnd, at: number, rules: Rules): Decision {
  const voice = { state, rules, at };
  const said: readonly Effect[] =
    phase.live === undefined
      ? say(voice, [end.text, end.note].filter((part) => part !== undefined && part !== '').join('\n\n'), { purpose: 'final' })
      : [{ type: 'live.close', run: phase.run, ref: phase.live, view: closingView(phase, end), at, reply: state.reply }];
  const next = prepareRun({ ...state, phase: { name: 'idle' } }, at, rules);
  const told = tellElsewhere(state, phase, at, 'ended', { type: 'ended', run: phase.run, ...end }, rules);
  return { ...next, effects: [...said, ...next.effects], inputs: [...told, ...next.inputs] };
}

function closingView(phase: RunningPhase, end: RunEnd): RunView {
  return {
    ...emptyView,
    status: end.status,
    texts: end.text === '' ? [] : [{ item: `${phase.run}/answer` as never, text: end.text, isDraft: false }],
    ...(end.note !== undefined && { note: end.note }),
  };
}
