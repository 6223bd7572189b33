import type { ActorId, ChannelId, ScopeId } from '@threadbridge/contract';
import {
  applyFacts,
  type ChannelTraits,
  decide,
  type Facts,
  type Input,
  initialState,
  noFacts,
  type ScopeState,
} from '@threadbridge/core';
import { createBudget } from '@threadbridge/ilink-channel';
import { openSqliteAudit } from '@threadbridge/store';
import { codexHomes } from './codex-homes.ts';
import type { Environment } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';
import { readIfThere } from './key-file.ts';
import { secretPaths } from './secret-paths.ts';
import { toRules } from './to-rules.ts';

/** What one recorded fact leads to by the rules of today. Holds no words of people. */
export interface ReplayedStep {
  readonly seq: number;
  readonly scope: ScopeId;
  readonly at: number;
  /** Of the input. */
  readonly type: Input['type'];
  readonly from: ScopeState['phase']['name'];
  readonly to: ScopeState['phase']['name'];
  /** Types of what was asked for, in order. */
  readonly effects: readonly string[];
  /** Why: the rules that made an access decision or a plan. */
  readonly because: readonly string[];
}

const pageSize = 500;

/**
 * Decides once more about everything that the store remembers of what came in, oldest first. Pure but for the reading: nothing is sent, asked
 * or written, and a running gateway is not disturbed. Where retention dropped the beginning of a conversation, or the configuration was another
 * one then, decisions may differ from those that were made.
 */
export async function* replayProfile(profile: ResolvedProfile, environment: Environment): AsyncGenerator<ReplayedStep> {
  await using store = await openSqliteAudit({ path: profile.paths.store });
  const { current, all } = codexHomes(profile, environment);
  const hidden = await secretPaths([profile.paths.home, ...all]);
  const [tokenKey = ''] = ((await readIfThere(profile.paths.tokenKey)) ?? '').split('\n');
  const owners = new Set<ActorId>();
  const channels = new Map<ChannelId, ChannelTraits>();
  const states = new Map<ScopeId, ScopeState>();
  let facts: Facts = noFacts;
  const rulesOfToday = () =>
    toRules(profile.settings, {
      ...{ profile: profile.name, tokenKey, codexHome: current, secretPaths: hidden, owners: [...owners], programs: [] },
    });
  let rules = rulesOfToday();
  for (let after = 0; ; ) {
    const page = await store.inputs(after, pageSize);
    for (const { seq, input } of page) {
      after = seq;
      const { scope } = input;
      if (!channels.has(scope.channel)) channels.set(scope.channel, traitsOf(profile.settings.channels[scope.channel]?.type));
      // Only this computer reaches a channel that is not configured.
      const isOurs = profile.settings.channels[scope.channel] === undefined;
      if (isOurs && input.type === 'message.received' && !owners.has(input.event.actor.id)) {
        owners.add(input.event.actor.id);
        rules = rulesOfToday();
      }
      const before = states.get(scope.id) ?? initialState(scope);
      const { state, effects, facts: changes, audit } = decide(before, input, { ...rules, channels, facts });
      states.set(scope.id, state);
      facts = applyFacts(facts, changes);
      yield {
        ...{ seq, scope: scope.id, at: input.at, type: input.type, from: before.phase.name, to: state.phase.name },
        effects: effects.map(({ type }) => type),
        because: audit.flatMap(({ detail }) => (Array.isArray(detail.because) ? detail.because.map(String) : [])),
      };
    }
    if (page.length < pageSize) return;
  }
}

/** As much of a channel as decisions see; live views and buttons show elsewhere. */
function traitsOf(type: string | undefined): ChannelTraits {
  const budget = type === 'ilink' ? { budget: createBudget() } : {};
  return { split: (markdown) => [markdown], hasLive: type !== 'ilink', hasActions: type !== 'ilink', ...budget };
}
