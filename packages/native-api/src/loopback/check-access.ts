import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../api-error.ts';
import { isHostAllowed } from './host.ts';

/** Who may ask at all. */
export interface AccessRules {
  /** Lower-case host names beside those of the loopback interface. */
  readonly hosts: ReadonlySet<string>;
  /** Origins of web pages that may ask. */
  readonly origins: ReadonlySet<string>;
  /** SHA-256 of the token; undefined: none is wanted. */
  readonly tokenDigest: Buffer | undefined;
}

export function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Refuses requests that a web page sent, and those meant for another host. Throws 403. */
export function checkOrigin(request: Request, rules: AccessRules): void {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  if (!isHostAllowed(host, rules.hosts)) {
    throw new ApiError(403, 'permission_error', 'host_not_allowed', 'This server does not answer under that host name.');
  }
  const origin = request.headers.get('origin');
  const isCrossSite = origin === null && request.headers.get('sec-fetch-site') === 'cross-site';
  // `sec-fetch-mode` says nothing: Node's own fetch sends it.
  if (isCrossSite || (origin !== null && !rules.origins.has(origin))) {
    throw new ApiError(403, 'permission_error', 'origin_not_allowed', 'Web pages of that origin may not use this server.');
  }
}

/** Compares digests, so that the time taken tells nothing about the token. Throws 401. */
export function checkToken(request: Request, rules: AccessRules): void {
  if (rules.tokenDigest === undefined) return;
  const given = /^bearer +(\S+)\s*$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (given !== undefined && timingSafeEqual(digest(given), rules.tokenDigest)) return;
  const message = given === undefined ? 'A bearer token is needed in the Authorization header.' : 'The bearer token is wrong.';
  throw new ApiError(401, 'authentication_error', 'invalid_auth_token', message, { headers: { 'www-authenticate': 'Bearer' } });
}
