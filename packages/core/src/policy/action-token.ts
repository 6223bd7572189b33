import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ApprovalDecision, ApprovalId, RunId, ScopeId } from '@threadbridge/contract';
import type { HeldWay, OpenApproval } from '../decide/scope-state.ts';

/** Letters and digits that are told apart when read aloud or copied from a small screen. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/**
 * The short code by which people answer an approval in a text channel. Derived under the profile's key, so that it is the same
 * after a crash and nobody can tell the next one; as long as needed to differ from the open ones.
 */
export function mintCode(key: string, run: RunId, approval: ApprovalId, taken: readonly string[]): string {
  const digest = createHmac('sha256', key).update(`code\n${run}\n${approval}`).digest();
  for (let length = 2; ; length += 1) {
    const code = Array.from(digest.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
    if (!taken.includes(code)) return code;
  }
}

/** What a button carries: a signature over the place, the run, the question and the answer. Says nothing to whoever reads it. */
export function mintToken(key: string, scope: ScopeId, run: RunId, approval: ApprovalId, decision: ApprovalDecision): string {
  return createHmac('sha256', key).update(`token\n${scope}\n${run}\n${approval}\n${decision}`).digest('base64url');
}

/** The open question and the answer that a token stands for. Tokens of other places, runs and closed questions match nothing. */
export function redeemToken(
  key: string,
  scope: ScopeId,
  run: RunId,
  open: readonly OpenApproval[],
  token: string,
): { readonly open: OpenApproval; readonly decision: ApprovalDecision } | undefined {
  for (const candidate of open) {
    for (const decision of candidate.approval.offered) {
      if (isSame(mintToken(key, scope, run, candidate.approval.id, decision), token)) return { open: candidate, decision };
    }
  }
  return undefined;
}

/** What a button carries that chooses a way to a thread which another program has open. */
export function mintWayToken(key: string, scope: ScopeId, run: RunId, way: HeldWay): string {
  return createHmac('sha256', key).update(`way\n${scope}\n${run}\n${way}`).digest('base64url');
}

/** The way that a token stands for, among those that are open to this run here. */
export function redeemWayToken(
  key: string,
  scope: ScopeId,
  held: { readonly run: RunId; readonly ways: readonly HeldWay[] },
  token: string,
): HeldWay | undefined {
  return held.ways.find((way) => isSame(mintWayToken(key, scope, held.run, way), token));
}

function isSame(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}
