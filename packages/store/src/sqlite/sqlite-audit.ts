import { existsSync } from 'node:fs';
import { GatewayError } from '@threadbridge/contract';
import type { Fact, Input } from '@threadbridge/core';
import { and, asc, gt, isNull, sql } from 'drizzle-orm';
import type { AuditLog } from '../audit/verify-audit.ts';
import { closed } from '../errors.ts';
import { createAuditRows } from './audit-rows.ts';
import { countRows, type StoreFigures } from './count-rows.ts';
import { type Client, loadDriver } from './driver.ts';
import { findDamage } from './find-damage.ts';
import { checkSchema, readMigrations } from './migrate.ts';
import { databasePath } from './prepare-file.ts';
import { facts, inbox } from './schema.ts';
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
    const taken = orm
      .select({ seq: inbox.seq, input: inbox.input })
      .from(inbox)
      .where(and(gt(inbox.seq, sql.placeholder('after')), isNull(inbox.prunedAt)))
      .orderBy(asc(inbox.seq))
      .limit(sql.placeholder('limit'))
      .prepare();
    return reader(path, client, {
      audit: createAuditRows(orm),
      facts: orm.select({ body: facts.body }).from(facts).prepare(),
      taken,
    });
  } catch (error) {
    client?.close();
    throw toStoreError(error, 'opening the audit log', path);
  }
}

/** What is true of the profile, beside its log, and whether the file is sound. */
interface KnownFacts {
  /** Reads the whole file and tells what is wrong with it, in SQLite's words; empty when it is whole. Blocks the process meanwhile. */
  checkIntegrity(): Promise<readonly string[]>;
  /** What was taken in behind the place `seq`, in order, at most `limit`; what retention dropped is left out. */
  inputs(after: number, limit: number): Promise<readonly { readonly seq: number; readonly input: Input }[]>;
  /** How much there is, without a word of what it says. */
  countRows(): Promise<StoreFigures>;
  loadFacts(): Promise<readonly Fact[]>;
}

function reader(
  path: string,
  client: Client,
  rows: {
    readonly audit: ReturnType<typeof createAuditRows>;
    readonly facts: { all(): readonly { readonly body: Fact }[] };
    readonly taken: {
      all(place: { readonly after: number; readonly limit: number }): readonly { readonly seq: number; readonly input: Input }[];
    };
  },
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
    readAudit: async (after, limit) => read('readAudit', () => rows.audit.after(after, limit)),
    loadFacts: async () => read('loadFacts', () => rows.facts.all().map(({ body }) => body)),
    inputs: async (after, limit) => read('inputs', () => rows.taken.all({ after, limit })),
    countRows: async () => read('countRows', () => countRows(client)),
    checkIntegrity: async () => read('checkIntegrity', () => findDamage(client)),
    auditHead: async () => read('auditHead', rows.audit.head),
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
