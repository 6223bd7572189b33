import { roleOf } from '../policy/roles.ts';
import { textsIn } from '../texts/texts.ts';
import { type Decision, say } from './decision.ts';
import type { Effect } from './effect.ts';
import type { RunEnd } from './finish-run.ts';
import type { RunningPhase } from './phase.ts';
import type { Rules } from './rules.ts';
import { answerId, rememberAnswer } from './scope-artifact.ts';
import type { ScopeState } from './scope-state.ts';

/** In how many messages an answer is said. */
const maxParts = 8;
/** Up to this length an answer is remembered: it is stored with the conversation. */
const maxBytes = 2 * 1_048_576;

/**
 * Where a platform lets us speak only so often, a very long answer would use that up for long: its owner gets the first part, and the whole
 * as a file where they want it. Undefined: it is said in all its `parts`.
 */
export function offerAnswer(
  state: ScopeState,
  phase: RunningPhase,
  { text, note }: RunEnd,
  parts: readonly Effect[],
  at: number,
  rules: Rules,
): Pick<Decision, 'state' | 'effects'> | undefined {
  const { scope } = state;
  const [first] = parts;
  if (first === undefined || parts.length <= maxParts || text === '') return undefined;
  if (rules.channels.get(scope.channel)?.budget === undefined || scope.kind !== 'private') return undefined;
  if (!phase.prompts.every(({ actor }) => roleOf(actor, rules)?.role === 'owner')) return undefined;
  const sizeBytes = new TextEncoder().encode(text).length;
  if (sizeBytes > maxBytes) return undefined;
  const word = textsIn(rules.language).answerAsFile({ parts: parts.length, id: answerId(state) });
  const rest = say({ state, rules, at }, note === undefined ? word : `${word}\n\n${note}`, { purpose: 'final' });
  return { state: rememberAnswer(state, phase, { text, sizeBytes, at }), effects: [first, ...rest] };
}
