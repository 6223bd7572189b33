import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerStorage } from './delivery-ledger.ts';

/**
 * Keeps a ledger in a directory, one file per conversation, written whole and renamed; for one process. Files hold message texts. Rejects as
 * the file system does.
 */
export function createFileStorage(options: { readonly directory: string }): LedgerStorage {
  // Ids hold characters that file systems do not take, and must not choose a path.
  const pathOf = (scope: string) =>
    join(options.directory, `${createHash('sha256').update(scope).digest('hex').slice(0, 32)}.json`);
  return {
    async load(scope) {
      try {
        return JSON.parse(await readFile(pathOf(scope), 'utf8')) as unknown;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async save(scope, state) {
      await mkdir(options.directory, { recursive: true, mode: 0o700 });
      const path = pathOf(scope);
      const file = await open(`${path}.new`, 'w', 0o600);
      try {
        await file.writeFile(JSON.stringify(state));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.new`, path);
    },
  };
}
