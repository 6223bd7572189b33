import type { ClaimCode } from '@threadbridge/gateway';
import type { Texts } from '../texts/texts.ts';

/** How somebody at this computer becomes the owner of a profile. Pure. */
export function claimText(profile: string, { code, until }: ClaimCode, { accounts }: Texts): string {
  return accounts.claim({ profile, code, until: new Date(until).toTimeString().slice(0, 5) });
}
