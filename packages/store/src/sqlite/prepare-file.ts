import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { GatewayError } from '@threadbridge/contract';

/** Whether there is anything in the file yet. */
export type FileState = 'empty' | 'filled';

/** Where the database is, as one absolute path. Throws `config.invalid` for what cannot be one. */
export function databasePath(path: string): string {
  // better-sqlite3 trims names and takes an empty one as "in memory".
  if (path.trim() !== path || path === '' || path === ':memory:') {
    throw new GatewayError('config.invalid', `A store cannot be kept at ${JSON.stringify(path)}.`, {
      remedy: 'Give the path of a file; for a store that forgets, use createMemoryStore.',
      certain: true,
    });
  }
  return resolve(path);
}

/**
 * Makes sure that there is a file. A missing directory is made for its owner alone (0700), a missing file too (0600);
 * SQLite gives the files beside it the same mode. What is there is left as it is.
 */
export function prepareFile(path: string): FileState {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  return statSync(path).size === 0 ? 'empty' : 'filled';
}
