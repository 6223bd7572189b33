import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Facts } from '../decide/facts.ts';
import { spelled } from './action-token.ts';

/** A code is good for the rest of its own window and for the whole next one: between 15 and 30 minutes. */
const windowMs = 900_000;
const codeLength = 8;

/** What makes whoever sends it the owner of a profile that has none. */
export interface ClaimCode {
  /** `k7mq-2x9p`. */
  readonly code: string;
  /** Epoch ms. */
  readonly until: number;
}

/**
 * The code that is good at this moment. Derived under the profile's key (`tokenKey`), so that it is stored nowhere, is the same after a
 * restart, and is known to whoever may read that key: the person at the computer.
 */
export function claimCode(tokenKey: string, at: number): ClaimCode {
  const window = Math.floor(at / windowMs);
  const word = codeOf(tokenKey, window);
  return { code: `${word.slice(0, 4)}-${word.slice(4)}`, until: (window + 2) * windowMs };
}

/** Whether that is a code which is good at this moment, however it is spaced. Takes the same time for any. */
export function isClaimCode(tokenKey: string, given: string, at: number): boolean {
  const digest = digestOf(given.toLowerCase().replaceAll(/[\s-]/g, ''));
  const window = Math.floor(at / windowMs);
  const matches = [window, window - 1].map((one) => timingSafeEqual(digest, digestOf(codeOf(tokenKey, one))));
  return matches.includes(true);
}

/** Somebody became the owner by a code. */
export function isClaimed(facts: Facts): boolean {
  return [...facts.members.values()].some(({ role }) => role === 'owner');
}

function codeOf(tokenKey: string, window: number): string {
  return spelled(createHmac('sha256', tokenKey).update(`claim\n${window}`).digest().subarray(0, codeLength));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
