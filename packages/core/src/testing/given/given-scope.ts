import { expect } from 'vitest';
import { decide } from '../../decide/decide.ts';
import type { Decision } from '../../decide/decision.ts';
import type { Effect, EffectOf, EffectType } from '../../decide/effect.ts';
import { noFacts } from '../../decide/facts.ts';
import type { Input } from '../../decide/input.ts';
import type { OpenApproval } from '../../decide/open-approval.ts';
import type { Phase } from '../../decide/phase.ts';
import type { Rules } from '../../decide/rules.ts';
import { initialState, type ScopeState } from '../../decide/scope-state.ts';
import { planRun } from '../../policy/plan-run.ts';
import { waits } from './material.ts';
import { at, channel, firstRun, home, owner, privateScope, testRules, workspace } from './profile.ts';

/** What a decision came to, in the words of a test. */
export interface Expected {
  /** One entry a message, in order. */
  readonly says?: readonly (string | RegExp)[];
  /** The types of all other effects, in order. */
  readonly asks?: readonly Exclude<EffectType, 'deliver' | 'action.respond'>[];
  readonly phase?: Phase['name'];
  /** Texts that wait for the next run. */
  readonly waiting?: readonly string[];
}

/** What one input made of it. */
export interface When {
  readonly decision: Decision;
  leadsTo(expected: Expected): When;
  /** Goes on from the state that came out. */
  when(input: Input): When;
}

/** A state to start from. */
export interface Given {
  readonly state: ScopeState;
  when(input: Input): When;
}

/** States of a conversation, by phase. */
export interface GivenScope {
  idle(change?: Partial<ScopeState>): Given;
  collecting(...texts: readonly string[]): Given;
  /** Messages whose files are on their way. */
  fetching(...texts: readonly string[]): Given;
  preparing(...texts: readonly string[]): Given;
  running(change?: {
    readonly approvals?: readonly OpenApproval[];
    readonly waiting?: readonly string[];
    readonly phase?: Partial<Extract<Phase, { readonly name: 'running' }>>;
  }): Given;
}

/** Given–when–leads to, over one conversation. Each decision is taken twice on a frozen state, so an impure one is found out at once. */
export function givenScope(rules: Partial<Rules> = {}): GivenScope {
  const { facts = noFacts } = rules;
  // The owner was heard here before, so that a decision tells only what it is about.
  const all: Rules = { ...testRules, ...rules, facts: { ...facts, homes: new Map([[channel, home], ...facts.homes]) } };
  const base = initialState(privateScope);
  const given = (state: ScopeState): Given => ({ state, when: (input) => whenDecided(state, input, all) });
  return {
    idle: (change = {}) => given({ ...base, ...change }),
    collecting: (...texts) => given({ ...base, rounds: 1, phase: { name: 'collecting', round: 1 }, pending: texts.map(waits) }),
    fetching: (...texts) =>
      given({
        ...base,
        phase: { name: 'fetching' },
        pending: texts.map((text) => ({ ...waits(text), files: { state: 'fetching' } })),
      }),
    preparing: (...texts) => given({ ...base, phase: { name: 'preparing' }, pending: texts.map(waits) }),
    running: ({ approvals = [], waiting = [], phase = {} } = {}) => {
      const plan = planRun(privateScope, [owner.id], workspace, all);
      const open = Object.fromEntries(approvals.map((one) => [one.approval.id, one]));
      return given({
        ...base,
        runs: 1,
        pending: waiting.map(waits),
        phase: {
          ...{
            name: 'running',
            run: firstRun,
            fingerprint: plan.fingerprint,
            workspace,
            prompts: [waits('do it')],
            startedAt: at,
          },
          approvals: open,
          ...phase,
        },
      });
    },
  };
}

function whenDecided(state: ScopeState, input: Input, rules: Rules): When {
  const first = decide(freeze(structuredClone(state)), freeze(structuredClone(input)), rules);
  const second = decide(freeze(structuredClone(state)), freeze(structuredClone(input)), rules);
  expect(second).toEqual(first);
  expect(JSON.parse(JSON.stringify(first.state))).toEqual(first.state);
  const when: When = {
    decision: first,
    when: (next) => whenDecided(first.state, next, rules),
    leadsTo(expected) {
      const says = first.effects.flatMap((effect) => (isSaid(effect) ? [effect.message.markdown] : []));
      const asks = first.effects.flatMap((effect) => (isSaid(effect) ? [] : [effect.type]));
      expect(says, says.join('\n---\n')).toHaveLength(expected.says?.length ?? 0);
      for (const [index, wanted] of (expected.says ?? []).entries()) {
        if (typeof wanted === 'string') expect(says[index]).toContain(wanted);
        else expect(says[index]).toMatch(wanted);
      }
      expect(asks).toEqual(expected.asks ?? []);
      if (expected.phase !== undefined) expect(first.state.phase.name).toBe(expected.phase);
      if (expected.waiting !== undefined) expect(first.state.pending.map((prompt) => prompt.text)).toEqual(expected.waiting);
      return when;
    },
  };
  return when;
}

function isSaid(effect: Effect): effect is EffectOf<'deliver' | 'action.respond'> {
  return effect.type === 'deliver' || effect.type === 'action.respond';
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
