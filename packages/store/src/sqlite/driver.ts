import { GatewayError } from '@threadbridge/contract';
import type Database from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

export type Client = Database.Database;
export type Orm = BetterSQLite3Database;

/** better-sqlite3 and drizzle on it, loaded only when a database is opened. */
export interface Driver {
  open(path: string, options: { readonly isReadOnly: boolean; readonly busyTimeoutMs: number }): Client;
  orm(client: Client): Orm;
}

/**
 * Loads the native part. Rejects with `store.unsupported` where it cannot run. The version is looked at first because
 * better-sqlite3 13 does not throw on a Node without Node-API 10: it takes the process down.
 */
export async function loadDriver(node: { readonly napi?: string; readonly version: string }): Promise<Driver> {
  if (!(Number(node.napi) >= 10)) {
    throw new GatewayError('store.unsupported', `The SQLite store cannot run on Node.js ${node.version}; it was not opened.`, {
      remedy: 'Use Node.js 22.14 or newer (24 is a good choice).',
      certain: true,
    });
  }
  try {
    const [{ default: Client }, { drizzle }] = await Promise.all([
      import('better-sqlite3'),
      import('drizzle-orm/better-sqlite3'),
    ]);
    // The addon itself is loaded by the first connection; a platform without a binary shows here, not in the middle of an open.
    new Client(':memory:').close();
    return {
      open: (path, { isReadOnly, busyTimeoutMs }) =>
        new Client(path, { readonly: isReadOnly, fileMustExist: true, timeout: busyTimeoutMs }),
      orm: (client) => drizzle({ client }),
    };
  } catch (cause) {
    const place = `${process.platform} ${process.arch}`;
    throw new GatewayError('store.unsupported', `better-sqlite3 could not be loaded on ${place}; no store was opened.`, {
      remedy: 'Install the dependencies again on this machine; if that does not help, this platform has no prebuilt binary.',
      certain: true,
      cause,
    });
  }
}
