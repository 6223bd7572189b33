import { type Clock, systemClock } from '@threadbridge/contract';
import { type ClaimCode, claimCode, isClaimed } from '@threadbridge/core';
import { makeDirectories } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';
import { knownFacts } from './known-facts.ts';
import { readTokenKeys } from './token-key.ts';

export interface ShowClaimOptions {
  readonly profile: ResolvedProfile;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/**
 * The code that makes whoever sends it as `/claim CODE` in a private chat the owner. Undefined: somebody is the owner already. Works beside
 * a running gateway. For the eyes of the person at the computer: not for logs.
 */
export async function showClaim({ profile, clock = systemClock }: ShowClaimOptions): Promise<ClaimCode | undefined> {
  const { paths, settings } = profile;
  if (settings.access.owners.length > 0 || isClaimed(await knownFacts(paths.store))) return undefined;
  await makeDirectories(paths);
  const { tokenKey } = await readTokenKeys(paths.tokenKey);
  return claimCode(tokenKey, clock.now());
}
