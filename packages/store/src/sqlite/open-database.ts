import { GatewayError } from '@threadbridge/contract';
import type { Client, Driver } from './driver.ts';
import { thisHolder } from './holder.ts';
import { checkFree, type Lease, takeLease } from './lease.ts';
import { applyMigrations, checkSchema, readMigrations } from './migrate.ts';
import { prepareFile } from './prepare-file.ts';
import { toStoreError } from './sqlite-error.ts';

export interface OpenDatabaseOptions {
  /** Absolute. */
  readonly path: string;
  readonly now: number;
  readonly holder: string;
  readonly synchronous: 'normal' | 'full';
  readonly staleAfterMs: number;
  readonly busyTimeoutMs: number;
}

/** Of the file, per connection. The drivers bring 2 and 16 MiB; the system keeps more of it anyway, and gives that back where memory is short. */
const cacheKib = 4_096;

/** Opens the file, brings its schema up to date and takes the lease. Whatever refuses does so before anything is written. */
export function openDatabase(driver: Driver, options: OpenDatabaseOptions): { readonly client: Client; readonly lease: Lease } {
  const { path, busyTimeoutMs } = options;
  const migrations = readMigrations();
  const check = (client: Client) => {
    checkSchema(client, migrations, path);
    checkFree(client, options);
  };
  let client: Client | undefined;
  try {
    if (prepareFile(path) === 'filled') lookInside(driver, options, check);
    const opened = driver.open(path, { isReadOnly: false, busyTimeoutMs });
    client = opened;
    if (opened.pragma('journal_mode = wal', { simple: true }) !== 'wal') throw noWal(path);
    opened.pragma(`synchronous = ${options.synchronous}`);
    opened.pragma(`cache_size = -${cacheKib}`);
    const takeOver = opened.transaction(() => {
      check(opened);
      applyMigrations(opened, migrations);
      return takeLease(opened, thisHolder(options.holder, options.now), options.now);
    });
    const lease = takeOver.immediate();
    // Not before: a migration may have to rebuild a table that others refer to.
    opened.pragma('foreign_keys = on');
    return { client: opened, lease };
  } catch (error) {
    client?.close();
    throw toStoreError(error, 'opening', path);
  }
}

/** A first look through a connection that cannot write: not even a checkpoint at its close changes a file that is then refused. */
function lookInside(driver: Driver, options: OpenDatabaseOptions, check: (client: Client) => void): void {
  const client = driver.open(options.path, { isReadOnly: true, busyTimeoutMs: options.busyTimeoutMs });
  try {
    check(client);
  } finally {
    client.close();
  }
}

function noWal(path: string): GatewayError {
  return new GatewayError(
    'store.unsupported',
    `The file system of ${path} cannot hold a write-ahead log; the store was not opened.`,
    {
      remedy: 'Put the store on a local disk; network file systems will not do.',
      certain: true,
    },
  );
}
