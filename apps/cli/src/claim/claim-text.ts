import type { ClaimCode } from '@threadbridge/gateway';

/** How somebody at this computer becomes the owner of a profile. Pure. */
export function claimText(profile: string, { code, until }: ClaimCode): string {
  const moment = new Date(until).toTimeString().slice(0, 5);
  return `Nobody in a chat owns profile ${profile} yet. Whoever sends this to it in a private chat before ${moment} does: /claim ${code}`;
}
