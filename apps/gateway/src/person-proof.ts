import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ProfilePaths } from './config/home.ts';
import { readTokenKeys } from './token-key.ts';

/** The header by which the command line says that a person sits before it. */
export const personHeader = 'threadbridge-person';

/** What only somebody who may read the profile's key can send: a program with nothing but a token cannot pass for a person. */
export async function personProof(paths: ProfilePaths): Promise<string> {
  const { tokenKey } = await readTokenKeys(paths.tokenKey);
  return createHmac('sha256', tokenKey).update('a person at the terminal').digest('base64url');
}

/** Whether a request brings the proof. Compared in constant time, with the key as it is now. */
export async function isFromPerson(request: Request, paths: ProfilePaths): Promise<boolean> {
  const claim = request.headers.get(personHeader);
  if (claim === null) return false;
  const given = Buffer.from(claim);
  const proof = Buffer.from(await personProof(paths));
  return given.length === proof.length && timingSafeEqual(given, proof);
}
