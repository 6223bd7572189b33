import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ActorId, ApprovalId, Fingerprint, RunId, Scope } from '@threadbridge/contract';
import type { Action } from './action.ts';
import { chatOf } from './roles.ts';

/** Letters and digits that are told apart when read aloud or copied from a small screen. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Longer than any token of ours; what is longer is not looked at. */
const longestToken = 4_096;

/**
 * The short code by which people answer an approval in a text channel. Derived under the profile's key, so that it is the same
 * after a crash and nobody can tell the next one; as long as needed to differ from the open ones.
 */
export function mintCode(key: string, run: RunId, approval: ApprovalId, taken: readonly string[]): string {
  const digest = createHmac('sha256', key).update(`code\n${run}\n${approval}`).digest();
  for (let length = 2; ; length += 1) {
    const code = spelled(digest.subarray(0, length));
    if (!taken.includes(code)) return code;
  }
}

/** Bytes as letters and digits that people can copy, one for each. */
export function spelled(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}

/** The run that a token is good for, under the policy it was made under. */
export interface BoundRun {
  readonly run: RunId;
  readonly fingerprint: Fingerprint;
}

/** What a token is made from. */
export interface TokenOptions {
  readonly scope: Scope;
  /** Absent: good in any phase of the conversation. */
  readonly run?: BoundRun;
  /** Who may use it. Absent: anyone whom policy allows. */
  readonly by?: ActorId;
  /** Not after this moment, epoch ms. */
  readonly until: number;
  /** What made it: the fact decided about, or the effect. The same cause and action give the same nonce, also after a crash. */
  readonly cause: string;
  readonly action: Action;
}

/** What a token says once its signature was checked. */
export interface TokenClaims {
  readonly place: string;
  readonly run?: string;
  readonly by?: ActorId;
  readonly until: number;
  readonly nonce: string;
  readonly action: Action;
}

export type TokenVerdict =
  | { readonly valid: true; readonly claims: TokenClaims }
  /** `key`: signed under a key that is not known (any more). */
  | { readonly valid: false; readonly reason: 'altered' | 'key' | 'elsewhere' | 'expired' };

/** What a button carries: `version.claims.signature`. Readable, so it holds nothing secret; whoever changes a letter of it has nothing. */
export function mintToken(key: string, options: TokenOptions): string {
  const { scope, run, by, until, cause, action } = options;
  const nonce = sign(key, `nonce\n${cause}\n${JSON.stringify(action)}`).slice(0, 16);
  const claims: TokenClaims = {
    ...{ place: placeOf(scope), until, nonce, action },
    ...(run && { run: runMark(run) }),
    ...(by !== undefined && { by }),
  };
  const head = `${keyVersion(key)}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${head}.${sign(key, `action\n${head}`)}`;
}

/** Whether a token is ours, made for this place, and young enough. `keys`: the current one, then those that were replaced. */
export function readToken(
  keys: readonly string[],
  token: string,
  here: { readonly scope: Scope; readonly at: number },
): TokenVerdict {
  const [version, body, signature, ...more] = token.length > longestToken ? [] : token.split('.');
  if (version === undefined || body === undefined || signature === undefined || more.length > 0)
    return { valid: false, reason: 'altered' };
  const key = keys.find((known) => isSame(keyVersion(known), version));
  if (key === undefined) return { valid: false, reason: 'key' };
  if (!isSame(sign(key, `action\n${version}.${body}`), signature)) return { valid: false, reason: 'altered' };
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as TokenClaims;
  if (!isSame(claims.place, placeOf(here.scope))) return { valid: false, reason: 'elsewhere' };
  if (here.at > claims.until) return { valid: false, reason: 'expired' };
  return { valid: true, claims };
}

/** Whether a token was made for this run; one that names no run is good in any. */
export function isForRun(claims: TokenClaims, run: BoundRun | undefined): boolean {
  return claims.run === undefined || (run !== undefined && isSame(claims.run, runMark(run)));
}

/** By which a token names its key without telling it. */
function keyVersion(key: string): string {
  return createHash('sha256').update(`version\n${key}`).digest('base64url').slice(0, 8);
}

function placeOf(scope: Scope): string {
  return mark(['place', scope.id, chatOf(scope)]);
}

function runMark({ run, fingerprint }: BoundRun): string {
  return mark(['run', run, fingerprint]);
}

function mark(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}

function sign(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function isSame(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}
