import type { EffectKey } from '@threadbridge/contract';
import type { AuditEntry } from '../decide/audit.ts';
import { decide } from '../decide/decide.ts';
import type { EffectRow } from '../decide/effect.ts';
import type { FactChange } from '../decide/facts.ts';
import type { Input } from '../decide/input.ts';
import { initialState } from '../decide/scope-state.ts';
import type { Engine } from './engine.ts';

/** What became durable with one decision. */
export interface Stepped {
  readonly effects: readonly EffectRow[];
  readonly facts: readonly FactChange[];
  /** Wait for their own steps now. */
  readonly inputs: readonly Input[];
  readonly audit: readonly AuditEntry[];
}

/** Decides about every fact that waits, oldest first, each in one durable step; also about those that the steps themselves bring. */
export async function drain(engine: Engine, onStep: (step: Stepped) => void): Promise<number> {
  for (let count = 0; ; count += 1) {
    const input = await engine.store.nextInput();
    if (input === undefined) return count;
    onStep(await step(input, engine));
  }
}

async function step(input: Input, engine: Engine): Promise<Stepped> {
  const state = (await engine.store.loadScope(input.scope.id)) ?? initialState(input.scope);
  const decision = decide(state, input, engine.rules());
  const effects = decision.effects.map(
    (effect, index): EffectRow => ({ key: `${input.id}:${index}` as EffectKey, scope: input.scope, effect }),
  );
  await engine.store.commit({
    input: input.id,
    scope: input.scope,
    state: decision.state,
    effects,
    facts: decision.facts,
    inputs: decision.inputs,
    audit: decision.audit,
  });
  return { effects, facts: decision.facts, inputs: decision.inputs, audit: decision.audit };
}
