import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { isKept } from './speak-within-budget.ts';

/** A message did not arrive, or nobody knows. It is told once; about a message that tells, nothing more is said. */
export function onDeliveryFailed(state: ScopeState, input: InputOf<'delivery.failed'>, rules: Rules): Decision {
  const { code, message, at, isNotice } = input;
  const isHeld = isKept(code) && rules.channels.get(state.scope.channel)?.budget !== undefined;
  if (isNotice || isHeld || input.purpose === 'progress' || code === 'channel.target_gone') return decision(state);
  const texts = textsIn(rules.language);
  const excerpt = firstWords(message.markdown || (message.files ?? []).map(({ name }) => name).join(', '));
  const told = code === 'unknown' ? texts.deliveryUnknown({ excerpt }) : texts.deliveryFailed({ excerpt, code });
  return decision(state, say({ state, rules, at }, told, { isNotice: true }));
}

/** The view could not hold the end of the run: it is said in messages. */
export function onLiveRefused(state: ScopeState, input: InputOf<'live.refused'>, rules: Rules): Decision {
  return decision(state, say({ state, rules, at: input.at }, input.text, { purpose: 'final' }));
}

/** By which a person recognises the message. */
function firstWords(markdown: string): string {
  const flat = Array.from(markdown.replaceAll(/\s+/g, ' ').trim());
  return flat.length > 80 ? `${flat.slice(0, 80).join('')}…` : flat.join('');
}
