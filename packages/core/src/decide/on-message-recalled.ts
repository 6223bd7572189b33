import { admit } from '../policy/admit.ts';
import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import { goOn } from './on-attachments-fetched.ts';
import type { Prompt } from './prompt.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/**
 * Somebody took a message back: what waits never reaches Codex, what is parked is not sent again. Where the platform does not tell who did
 * it, it was the author or whoever runs the place; it lets nobody do anything.
 */
export function onMessageRecalled(state: ScopeState, input: InputOf<'message.recalled'>, rules: Rules): Decision {
  const { actor } = input.event;
  if (actor !== undefined && !admit({ ...input.event, actor, isAddressed: true }, rules).allowed) return decision(state);
  const texts = textsIn(rules.language);
  const stays = (prompt: Prompt) => prompt.message !== input.event.message;
  const pending = state.pending.filter(stays);
  const { parked, ...rest } = state;
  const parkedPrompts = parked?.prompts.filter(stays) ?? [];
  if (pending.length === state.pending.length && parkedPrompts.length === (parked?.prompts.length ?? 0)) return decision(state);
  const isWorthKeeping = parkedPrompts.length + (parked?.replies?.length ?? 0) > 0;
  const isMoved = state.phase.name === 'preparing' && state.phase.moved !== undefined;
  const isEmpty = pending.length === 0 && (state.phase.name === 'collecting' || isMoved);
  const next: ScopeState = {
    ...rest,
    ...(parked && isWorthKeeping && { parked: { ...parked, prompts: parkedPrompts } }),
    pending,
    ...(isEmpty && { phase: { name: 'idle' } }),
  };
  const words = pending.length < state.pending.length ? texts.recalled() : texts.recalledParked();
  const going = goOn(next, input.at, rules);
  return { ...going, effects: [...say({ state: next, rules, at: input.at }, words), ...going.effects] };
}
