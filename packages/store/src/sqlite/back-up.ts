import { closeSync, existsSync, linkSync, openSync, rmSync } from 'node:fs';
import { GatewayError } from '@threadbridge/contract';
import { type Client, type Driver, loadDriver } from './driver.ts';
import { clearHolder } from './lease.ts';
import { checkSchema, readMigrations } from './migrate.ts';
import { databasePath } from './prepare-file.ts';
import { toStoreError } from './sqlite-error.ts';

/** Copies the database to `path`, which appears only when the copy is complete. Work on the database goes on meanwhile. */
export async function backUp(driver: Driver, client: Client, path: string): Promise<void> {
  await appearWhole(driver, path, async (partial) => {
    await client.backup(partial);
  });
}

/**
 * Copies the store at `path` to `to`, also while a gateway works on it: one moment of it, whole and without what was dropped. Takes no lease
 * and changes nothing there. Never overwrites. Rejects with `config.invalid` (no store there, or something at `to`), `store.newer_schema`,
 * `store.corrupt`, `store.unwritable` or `store.unsupported`.
 */
export async function copySqliteStore(options: { readonly path: string; readonly to: string }): Promise<void> {
  const path = databasePath(options.path);
  const to = databasePath(options.to);
  const driver = await loadDriver({ ...process.versions, version: process.version });
  if (!existsSync(path)) throw nothingThere(path);
  let client: Client | undefined;
  try {
    client = driver.open(path, { isReadOnly: true, busyTimeoutMs });
    checkSchema(client, readMigrations(), path);
    const source = client;
    // Unlike the other way of copying, one read transaction: a writer beside it does not make it begin again.
    await appearWhole(driver, to, async (partial) => {
      source.prepare('vacuum into ?').run(partial);
    });
  } catch (error) {
    throw toStoreError(error, 'copying', path);
  } finally {
    client?.close();
  }
}

const busyTimeoutMs = 5_000;

/** Whatever `copy` writes becomes nobody's store in one file, and appears at `path` when it is complete. */
async function appearWhole(driver: Driver, path: string, copy: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${path}.partial`;
  try {
    if (existsSync(path)) throw occupied(path);
    closeSync(openSync(partial, 'wx', 0o600));
    try {
      await copy(partial);
      const copied = driver.open(partial, { isReadOnly: false, busyTimeoutMs: 0 });
      try {
        copied.pragma('journal_mode = delete');
        clearHolder(copied);
      } finally {
        copied.close();
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

function nothingThere(path: string): GatewayError {
  return new GatewayError('config.invalid', `There is no store at ${path}; nothing was copied.`, {
    remedy: 'A profile has one from its first start on.',
    certain: true,
  });
}
