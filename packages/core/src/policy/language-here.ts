import type { ActorId, Scope } from '@threadbridge/contract';
import type { Input } from '../decide/input.ts';
import type { Rules } from '../decide/rules.ts';
import type { ScopeState } from '../decide/scope-state.ts';
import { isShared } from './roles.ts';

/** The language to speak in about a fact: to whoever speaks, else to whom the conversation is for. */
export function languageHere(state: ScopeState, input: Input, rules: Rules): Rules['language'] {
  const isSpoken = input.type === 'message.received' || input.type === 'action.invoked';
  return languageFor(input.scope, isSpoken ? input.event.actor.id : state.person, rules);
}

/** In private what the person chose, else what their channel brings; elsewhere the profile's. */
export function languageFor(scope: Scope, person: ActorId | undefined, rules: Rules): Rules['language'] {
  if (isShared(scope)) return rules.language;
  const chosen = person === undefined ? undefined : rules.facts.preferences.get(person)?.language;
  return chosen ?? rules.languages?.[scope.channel] ?? rules.language;
}
