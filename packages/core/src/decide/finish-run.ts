import { emptyView, type RunView } from '@threadbridge/contract';
import { isShared } from '../policy/roles.ts';
import { textsIn } from '../texts/texts.ts';
import { endControls } from './controls.ts';
import { type Decision, say } from './decision.ts';
import type { MadeFile } from './made-file.ts';
import { offerAnswer } from './offer-answer.ts';
import type { RunningPhase } from './phase.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { prepareRun } from './start-run.ts';
import { tellElsewhere } from './tell-elsewhere.ts';

/** How a run ended, in the words that people will read. */
export interface RunEnd {
  readonly status: RunView['status'];
  /** The answer, as far as there is one. */
  readonly text: string;
  /** A word of ours beside it. */
  readonly note?: string;
  /** Files it made or changed. */
  readonly made?: readonly MadeFile[];
}

/** Shows the end where it is watched or says it, and goes on with what waited meanwhile. */
export function finishRun(state: ScopeState, phase: RunningPhase, ended: RunEnd, at: number, rules: Rules): Decision {
  const end = withAlias(phase, withMade(state, ended, rules), rules);
  const { state: left, effects: said } = showEnd(state, phase, end, at, rules);
  const next = prepareRun({ ...left, phase: { name: 'idle' } }, at, rules);
  const told = tellElsewhere(left, phase, at, 'ended', { type: 'ended', run: phase.run, ...end }, rules);
  return { ...next, effects: [...said, ...next.effects], inputs: [...told, ...next.inputs] };
}

function showEnd(
  state: ScopeState,
  phase: RunningPhase,
  end: RunEnd,
  at: number,
  rules: Rules,
): Pick<Decision, 'state' | 'effects'> {
  if (phase.live !== undefined) {
    const view = closingView(phase, end, rules);
    const ends = { type: 'live.close', run: phase.run, ref: phase.live, view, at, reply: state.reply } as const;
    const controls = endControls({ state, rules, at }, phase);
    return { state: { ...state, endShown: phase.run }, effects: [{ ...ends, controls }] };
  }
  const words = [end.text, end.note].filter((part) => part !== undefined && part !== '').join('\n\n');
  const parts = say({ state, rules, at }, words, { purpose: 'final' });
  return offerAnswer(state, phase, end, parts, at, rules) ?? { state, effects: parts };
}

function closingView(phase: RunningPhase, end: RunEnd, { language }: Rules): RunView {
  return {
    ...emptyView,
    language,
    status: end.status,
    texts: end.text === '' ? [] : [{ item: `${phase.run}/answer` as never, text: end.text, isDraft: false }],
    ...(end.note !== undefined && { note: end.note }),
  };
}

/** Words that went to a named thread have their answer from there. */
function withAlias({ prompts: [first] }: RunningPhase, end: RunEnd, rules: Rules): RunEnd {
  return first?.target === undefined ? end : withNote(end, textsIn(rules.language).answerFrom({ name: first.target.alias }));
}

/** The note also says that there are files to be had. In shared places there are none. */
function withMade(state: ScopeState, { made = [], ...end }: RunEnd, rules: Rules): RunEnd {
  if (made.length === 0 || isShared(state.scope)) return end;
  const blocked = made.filter((file) => file.blocked !== undefined).length;
  const line = textsIn(rules.language).filesMade({ count: made.length - blocked, blocked });
  return withNote(end, line);
}

function withNote(end: RunEnd, line: string): RunEnd {
  return { ...end, note: end.note === undefined ? line : `${end.note}\n\n${line}` };
}
