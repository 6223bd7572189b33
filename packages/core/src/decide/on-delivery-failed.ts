import { firstWords } from '../texts/first-words.ts';
import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { isKept } from './speak-within-budget.ts';

/** A message did not arrive, or nobody knows. People are told; a word that tells so is kept instead and said again. */
export function onDeliveryFailed(state: ScopeState, input: InputOf<'delivery.failed'>, rules: Rules): Decision {
  const { code, message, at, isNotice } = input;
  const isHeld = isKept(code) && rules.channels.get(state.scope.channel)?.budget !== undefined;
  if (isHeld || input.purpose === 'progress' || code === 'channel.target_gone') return decision(state);
  if (isNotice) return decision(isRefused(code) ? state : { ...state, untold: [...(state.untold ?? []), message.markdown] });
  const texts = textsIn(rules.language);
  const excerpt = firstWords(message.markdown || (message.files ?? []).map(({ name }) => name).join(', '), 80);
  const told = code === 'unknown' ? texts.deliveryUnknown({ excerpt }) : texts.deliveryFailed({ excerpt, code });
  return decision(state, say({ state, rules, at }, told, { isNotice: true }));
}

/** The platform will not have these words, however often they are said. */
function isRefused(code: InputOf<'delivery.failed'>['code']): boolean {
  return code === 'channel.rejected' || code === 'channel.unsupported';
}

/** The view could not hold the end of the run: it is said in messages. */
export function onLiveRefused(state: ScopeState, input: InputOf<'live.refused'>, rules: Rules): Decision {
  return decision(state, say({ state, rules, at: input.at }, input.text, { purpose: 'final' }));
}
