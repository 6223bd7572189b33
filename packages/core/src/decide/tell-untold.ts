import { admit } from '../policy/admit.ts';
import { type Decision, say } from './decision.ts';
import type { Input } from './input.ts';
import type { Rules } from './rules.ts';

/** A word about a failed message that did not surely get through is said again: before the next words here, or once somebody writes. */
export function tellUntold(made: Decision, input: Input, rules: Rules): Decision {
  const { untold, ...state } = made.state;
  if (untold === undefined || !(isHeard(input, rules) || isSpoken(made))) return made;
  const told = say({ state, rules, at: input.at }, untold.join('\n\n'), { isNotice: true });
  return { ...made, state, effects: [...told, ...made.effects] };
}

function isHeard(input: Input, rules: Rules): boolean {
  return input.type === 'message.received' && admit(input.event, rules).allowed;
}

/** What is only news does not count: it may be dropped. */
function isSpoken({ effects }: Decision): boolean {
  return effects.some((effect) => effect.type === 'deliver' && effect.purpose !== 'progress');
}
