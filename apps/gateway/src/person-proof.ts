import { createHmac } from 'node:crypto';
import type { ProfilePaths } from './config/home.ts';
import { readTokenKey } from './token-key.ts';

/** The header by which the command line says that a person sits before it. */
export const personHeader = 'threadbridge-person';

/** What only somebody who may read the profile's key can send: a program with nothing but a token cannot pass for a person. */
export async function personProof(paths: ProfilePaths): Promise<string> {
  return createHmac('sha256', await readTokenKey(paths.tokenKey))
    .update('a person at the terminal')
    .digest('base64url');
}
