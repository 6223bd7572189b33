import { closeSync, existsSync, linkSync, openSync, rmSync } from 'node:fs';
import { GatewayError } from '@threadbridge/contract';
import type { Client, Driver } from './driver.ts';
import { clearHolder } from './lease.ts';
import { toStoreError } from './sqlite-error.ts';

/** Copies the database to `path`, which appears only when the copy is complete. Work on the database goes on meanwhile. */
export async function backUp(driver: Driver, client: Client, path: string): Promise<void> {
  const partial = `${path}.partial`;
  try {
    if (existsSync(path)) throw occupied(path);
    closeSync(openSync(partial, 'wx', 0o600));
    try {
      await client.backup(partial);
      const copy = driver.open(partial, { isReadOnly: false, busyTimeoutMs: 0 });
      try {
        copy.pragma('journal_mode = delete');
        clearHolder(copy);
      } finally {
        copy.close();
      }
      // A link, unlike a rename, never replaces what came to be there meanwhile.
      linkSync(partial, path);
    } finally {
      rmSync(partial, { force: true });
    }
  } catch (error) {
    throw toStoreError(error, 'the backup', path);
  }
}

function occupied(path: string): GatewayError {
  return new GatewayError('config.invalid', `There is something at ${path} already; no backup was made.`, {
    remedy: 'Choose another name, or remove it.',
    certain: true,
  });
}
