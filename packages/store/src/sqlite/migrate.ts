import { GatewayError } from '@threadbridge/contract';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import { migrationsFolder } from '../migrations-folder.ts';
import type { Client } from './driver.ts';

/** `TBdg` in SQLite's `application_id`: tells our files from those of other programs. */
const applicationId = 0x54426467;

/** Migrations as drizzle-kit makes them, applied in our own transaction so that the lease is looked at first and taken in the same write. */
export function readMigrations(): readonly MigrationMeta[] {
  return readMigrationFiles({ migrationsFolder });
}

/** Refuses a file this program must not touch: of another program (`config.invalid`) or of a newer version (`store.newer_schema`). */
export function checkSchema(client: Client, migrations: readonly MigrationMeta[], path: string): void {
  const isEmpty = client.prepare('select 1 from sqlite_master limit 1').get() === undefined;
  if (isEmpty) return;
  if (client.pragma('application_id', { simple: true }) !== applicationId) {
    throw new GatewayError('config.invalid', `${path} is a database of another program; it was left as it is.`, {
      remedy: 'Give the store a path of its own.',
      certain: true,
    });
  }
  const known = new Set(migrations.map((migration) => migration.folderMillis));
  const newer = applied(client).filter((when) => !known.has(when));
  if (newer.length > 0) {
    throw new GatewayError(
      'store.newer_schema',
      `The store ${path} was written by a newer version of Threadbridge (${newer.length} unknown schema step(s)); it was left as it is.`,
      { remedy: 'Update Threadbridge, or restore a backup made with this version.', certain: true },
    );
  }
}

/** Brings the schema up to date. Call inside a transaction. The bookkeeping table is drizzle's own. */
export function applyMigrations(client: Client, migrations: readonly MigrationMeta[]): void {
  client.pragma(`application_id = ${applicationId}`);
  client.exec('create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)');
  const done = new Set(applied(client));
  const note = client.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)');
  for (const migration of migrations) {
    if (done.has(migration.folderMillis)) continue;
    for (const statement of migration.sql) client.exec(statement);
    note.run(migration.hash, migration.folderMillis);
  }
}

function applied(client: Client): readonly number[] {
  return client
    .prepare<[], { readonly at: number }>('select created_at as at from __drizzle_migrations')
    .all()
    .map((row) => row.at);
}
