import { existsSync } from 'node:fs';
import { GatewayError } from '@threadbridge/contract';
import type { Fact } from '@threadbridge/core';
import type { AuditLog } from '../audit/verify-audit.ts';
import { closed } from '../errors.ts';
import { createAuditRows } from './audit-rows.ts';
import { countRows, type StoreFigures } from './count-rows.ts';
import { type Client, loadDriver } from './driver.ts';
import { findDamage } from './find-damage.ts';
import { checkSchema, readMigrations } from './migrate.ts';
import { databasePath } from './prepare-file.ts';
import { facts } from './schema.ts';
import { toStoreError } from './sqlite-error.ts';

/**
 * The audit log of a store for reading alone: without the lease, so also while a gateway works on it. Rejects with `config.invalid` (no
 * store there), `store.newer_schema`, `store.unwritable` (may not be read), `store.corrupt` or `store.unsupported`.
 */
export async function openSqliteAudit(options: { readonly path: string }): Promise<AuditLog & KnownFacts & AsyncDisposable> {
  const path = databasePath(options.path);
  const driver = await loadDriver({ ...process.versions, version: process.version });
  let client: Client | undefined;
  if (!existsSync(path)) throw noLog(path);
  try {
    client = driver.open(path, { isReadOnly: true, busyTimeoutMs: 1_000 });
    checkSchema(client, readMigrations(), path);
    const hasLog = client.prepare(`select 1 from sqlite_master where name = 'audit_head'`).get() !== undefined;
    if (!hasLog) throw noLog(path);
    const orm = driver.orm(client);
    return reader(path, client, createAuditRows(orm), orm.select({ body: facts.body }).from(facts).prepare());
  } catch (error) {
    client?.close();
    throw toStoreError(error, 'opening the audit log', path);
  }
}

/** What is true of the profile, beside its log, and whether the file is sound. */
interface KnownFacts {
  /** Reads the whole file and tells what is wrong with it, in SQLite's words; empty when it is whole. Blocks the process meanwhile. */
  checkIntegrity(): Promise<readonly string[]>;
  /** How much there is, without a word of what it says. */
  countRows(): Promise<StoreFigures>;
  loadFacts(): Promise<readonly Fact[]>;
}

function reader(
  path: string,
  client: Client,
  rows: ReturnType<typeof createAuditRows>,
  known: { all(): readonly { readonly body: Fact }[] },
): AuditLog & KnownFacts & AsyncDisposable {
  const read = <T>(verb: string, work: () => T): T => {
    if (!client.open) throw closed(path, verb);
    try {
      return work();
    } catch (error) {
      throw toStoreError(error, verb, path);
    }
  };
  return {
    readAudit: async (after, limit) => read('readAudit', () => rows.after(after, limit)),
    loadFacts: async () => read('loadFacts', () => known.all().map(({ body }) => body)),
    countRows: async () => read('countRows', () => countRows(client)),
    checkIntegrity: async () => read('checkIntegrity', () => findDamage(client)),
    auditHead: async () => read('auditHead', rows.head),
    async [Symbol.asyncDispose]() {
      client.close();
    },
  };
}

function noLog(path: string): GatewayError {
  return new GatewayError('config.invalid', `${path} holds no audit log; nothing was read.`, {
    remedy: 'A store has one from its first opening with this version on.',
    certain: true,
  });
}
