import type { MessageReceived } from '@threadbridge/contract';
import { isClaimCode, isClaimed } from '../policy/claim-code.ts';
import { textsIn } from '../texts/texts.ts';
import { accessEntry } from './audit.ts';
import { type Decision, decision, say } from './decision.ts';
import type { Member } from './facts.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Tries that a conversation has within the time; further ones are not looked at. */
const mostTries = 5;
const triesWithinMs = 1_800_000;

/**
 * Somebody says that the profile is theirs. Taken once, from the first who sends the code; every refusal reads the same, so that nobody
 * learns whether a code is good, whether the profile has an owner, or whether they tried too often.
 */
export function takeClaim(before: ScopeState, event: MessageReceived, code: string, at: number, rules: Rules): Decision {
  const texts = textsIn(rules.language);
  const known = before.claims;
  const claims = known === undefined || at - known.since > triesWithinMs ? { since: at, count: 0 } : known;
  const isGood =
    event.scope.kind === 'private' &&
    claims.count < mostTries &&
    isClaimCode(rules.tokenKey, code, at) &&
    rules.access.isClaimable === true &&
    !isClaimed(rules.facts);
  if (!isGood) {
    const state: ScopeState = { ...before, claims: { ...claims, count: Math.min(claims.count + 1, mostTries) } };
    const voice = { state, rules, at, reply: event.reply };
    return decision(state, say(voice, texts.claimRefused()), { audit: [accessEntry(event, at, 'refused', ['/claim'])] });
  }
  const { claims: _tries, ...rest } = before;
  const state: ScopeState = { ...rest, scope: event.scope, reply: event.reply };
  const { actor } = event;
  const fact: Member = { kind: 'member', name: actor.id, role: 'owner', addedBy: actor.id, addedAt: at };
  return decision(state, say({ state, rules, at }, texts.claimed()), {
    facts: [{ type: 'put', fact }],
    audit: [
      {
        at,
        kind: 'config',
        scope: event.scope.id,
        actor: actor.id,
        outcome: 'claimed',
        detail: { member: actor.id, role: 'owner' },
      },
    ],
  });
}
