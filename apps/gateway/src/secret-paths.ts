import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';

/**
 * What runs of anyone but the owner must not even read, as real paths: only what is there, and of nested ones the outermost, since the
 * sandbox cannot hide what does not exist, nor what is hidden already.
 */
export async function secretPaths(candidates: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(candidates.map((path) => realpath(path).catch(() => undefined)));
  const real = [...new Set(found.filter((path) => path !== undefined))];
  return real.filter((path) => !real.some((outer) => outer !== path && path.startsWith(outer + sep)));
}
