import { readOrMakeKey } from './key-file.ts';

/** Reads the profile's key of approval codes and action tokens, 32 random bytes in base64url; makes it where there is none. */
export function readTokenKey(path: string): Promise<string> {
  return readOrMakeKey(path, 'Remove the file: a new key is made, and codes of questions that are open now stop working.');
}
