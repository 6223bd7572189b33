import { type AuditEntry, type Clock, type ContinuationStore, systemClock, type TaskStore } from '@threadbridge/contract';
import { type Input, type Store, settleCopy } from '@threadbridge/core';
import { closed, fenced, misuse } from '../errors.ts';
import type { StoreHistory } from '../history.ts';
import { readState } from '../read-state.ts';
import { createAuditRows } from './audit-rows.ts';
import { backUp } from './back-up.ts';
import { createContinuationRows } from './continuation-rows.ts';
import { loadDriver } from './driver.ts';
import { findDamage } from './find-damage.ts';
import { createHistoryRows } from './history-rows.ts';
import { keepBeating } from './lease.ts';
import { openDatabase } from './open-database.ts';
import { databasePath } from './prepare-file.ts';
import { createPruning } from './prune-rows.ts';
import { createRows } from './rows.ts';
import { createSqliteContinuations, type SqliteContinuationsOptions } from './sqlite-continuations.ts';
import { corrupt, toStoreError } from './sqlite-error.ts';
import { createTaskRows } from './task-rows.ts';

export interface SqliteStoreOptions {
  /** The database file. It and its directory are made where they are missing. */
  readonly path: string;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** What a second opener is told about this one. Default `threadbridge`. */
  readonly holder?: string;
  /**
   * What a resolved write survives. `process` (default): the end of this process, `kill -9` too; a power cut may take the last
   * writes, never the whole. `power`: a power cut as well, for one wait for the disk per write.
   */
  readonly durability?: 'process' | 'power';
  /** How often this opener says that it lives, ms. Default 5,000. */
  readonly heartbeatMs?: number;
  /** A holder silent for longer may be taken over, ms. Default 20,000; at least twice `heartbeatMs`. */
  readonly staleAfterMs?: number;
  /** How long a write waits for another program's lock before `store.busy`, ms. The process stands still meanwhile. Default 1,000. */
  readonly busyTimeoutMs?: number;
}

/** A {@link Store} in one SQLite file. */
export interface SqliteStore extends Store {
  /** Absolute. */
  readonly path: string;
  /** Throws what the verbs of a {@link Store} reject with. */
  readonly history: StoreHistory;
  /**
   * Writes a consistent copy while work goes on; it holds everything written before the call. Refuses to overwrite. The copy is
   * nobody's: it can be opened at once.
   */
  backup(path: string): Promise<void>;
  /**
   * Says that this store was put back from a copy made at `copiedAt` (epoch ms): what is open in it may have been dealt with since, so nothing
   * of it goes out again by itself. To be called once, before a gateway works on it.
   */
  markRestored(copiedAt: number): Promise<void>;
  /** Reads the whole file and tells what is wrong with it, in SQLite's words; empty when it is whole. Blocks the process meanwhile. */
  checkIntegrity(): Promise<readonly string[]>;
  /** The native API's answers, kept in this file. Made once for a store; `prune` drops what has expired. */
  continuations(options?: SqliteContinuationsOptions): ContinuationStore;
  /** Tasks of other programs, kept in this file. `prune` drops those that nothing happened to since `bodiesBefore`. */
  readonly tasks: TaskStore;
}

/**
 * Opens a profile's store and takes its lease. Rejects, and leaves what is there untouched, with `store.held` (somebody else has
 * it open), `store.newer_schema`, `store.corrupt`, `store.unwritable`, `store.busy`, `store.unsupported` (Node too old) or
 * `config.invalid` (not a path for a store).
 */
export async function createSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { clock = systemClock, heartbeatMs = 5_000, staleAfterMs = 20_000, busyTimeoutMs = 1_000 } = options;
  if (staleAfterMs < 2 * heartbeatMs) throw new RangeError('staleAfterMs must be at least twice heartbeatMs.');
  const path = databasePath(options.path);
  const driver = await loadDriver({ ...process.versions, version: process.version });
  const { client, lease } = openDatabase(driver, {
    path,
    now: clock.now(),
    holder: options.holder ?? 'threadbridge',
    synchronous: options.durability === 'power' ? 'full' : 'normal',
    staleAfterMs,
    busyTimeoutMs,
  });
  const orm = driver.orm(client);
  const rows = createRows(orm);
  const auditRows = createAuditRows(orm);
  const pruneRows = createPruning(orm);
  const continuationRows = createContinuationRows(orm);
  const taskRows = createTaskRows(orm);
  const closing = new AbortController();
  void keepBeating(lease, { clock, everyMs: heartbeatMs, signal: closing.signal });

  const attempt = <T>(verb: string, work: () => T): T => {
    if (closing.signal.aborted) throw closed(path, verb);
    try {
      return work();
    } catch (error) {
      throw toStoreError(error, verb, path);
    }
  };
  const own = <T>(verb: string, work: () => T): T => {
    if (!lease.isOurs()) throw fenced(path, verb);
    return work();
  };
  const read = <T>(verb: string, work: () => T): T => attempt(verb, () => own(verb, work));
  // Made once: better-sqlite3 builds four functions for each.
  const inTransaction = client.transaction((verb: string, work: () => void) => own(verb, work)).immediate;
  const write = (verb: string, work: () => void): void => attempt(verb, () => inTransaction(verb, work));
  const remembered = createHistoryRows(orm);
  const takeIn = (inputs: readonly Input[], now: number) => {
    for (const input of inputs) rows.addInput(input, now);
  };
  const addToLog = (verb: string, entries: readonly AuditEntry[]) => {
    const taken = entries.length > 0 ? auditRows.append(entries) : undefined;
    if (taken !== undefined) throw corrupt(path, `${verb} found audit record ${taken} beyond the end of the log`);
  };

  return {
    path,
    history: {
      scopes: (query) => read('history.scopes', () => remembered.scopes(query)),
      effects: (query) => read('history.effects', () => remembered.effects(query)),
      openEffects: (type) => read('history.openEffects', () => remembered.openEffects(type)),
      inputs: (query) => read('history.inputs', () => remembered.inputs(query)),
    },
    async accept({ inputs, channel, cursor }) {
      if (cursor !== undefined && channel === undefined) throw misuse.cursorWithoutChannel();
      write('accept', () => {
        const now = clock.now();
        takeIn(inputs, now);
        if (cursor !== undefined && channel !== undefined) rows.putCursor(channel, cursor, now);
      });
    },
    async loadCursor(channel) {
      return read('loadCursor', () => rows.getCursor(channel));
    },
    async nextInput() {
      return read('nextInput', rows.oldestInput);
    },
    async loadScope(id) {
      return read('loadScope', () => {
        const stored = rows.getScope(id);
        return stored === undefined ? undefined : readState(path, id, stored);
      });
    },
    async commit({ input, scope, state, effects, facts, inputs, audit }) {
      write('commit', () => {
        const now = clock.now();
        if (!rows.handleInput(input, now)) throw rows.hasInput(input) ? misuse.handledInput(input) : misuse.unknownInput(input);
        rows.putScope(scope.id, state, now);
        for (const effect of effects) {
          if (!rows.addEffect(effect, now)) throw misuse.takenKey(effect.key);
        }
        for (const change of facts) rows.changeFact(change, now);
        takeIn(inputs, now);
        addToLog('commit', audit);
      });
    },
    async record(entries) {
      write('record', () => addToLog('record', entries));
    },
    async loadFacts() {
      return read('loadFacts', rows.allFacts);
    },
    async readAudit(after, limit) {
      return read('readAudit', () => auditRows.after(after, limit));
    },
    async auditHead() {
      return read('auditHead', auditRows.head);
    },
    async openEffects() {
      return read('openEffects', rows.openEffects);
    },
    async start(key) {
      write('start', () => {
        if (rows.startEffect(key, clock.now())) return;
        const status = rows.effectStatus(key);
        if (status === undefined) throw misuse.unknownEffect('start', key);
        if (status !== 'started') throw misuse.settledEffect(key);
      });
    },
    async settle(key, outcome, results = []) {
      write('settle', () => {
        const now = clock.now();
        if (rows.settleEffect(key, outcome, now)) takeIn(results, now);
        else if (rows.effectStatus(key) === undefined) throw misuse.unknownEffect('settle', key);
      });
    },
    async prune(limits) {
      let pruned = { bodies: 0, ids: 0 };
      write('prune', () => {
        const now = clock.now();
        pruned = pruneRows(limits, now);
        const dropped = continuationRows.prune(now);
        pruned = { bodies: pruned.bodies + dropped.bodies + taskRows.prune(limits.bodiesBefore), ids: pruned.ids + dropped.ids };
      });
      return pruned;
    },
    continuations: (wanted = {}) => createSqliteContinuations({ rows: continuationRows, read, write, clock }, wanted),
    tasks: {
      async write(task, entries = []) {
        write('tasks.write', () => taskRows.write(task, entries));
      },
      load: async (id) => read('tasks.load', () => taskRows.load(id)),
      list: async ({ before, limit }) => read('tasks.list', () => taskRows.list(before, limit)),
      due: async (limit) => read('tasks.due', () => taskRows.due(limit)),
      asked: async (after, limit) => read('tasks.asked', () => taskRows.asked(after, limit)),
      told: async (task, after, limit) => read('tasks.told', () => taskRows.told(task, after, limit)),
      latest: async (task, limit) => read('tasks.latest', () => taskRows.latest(task, limit)),
    },
    async backup(target) {
      if (closing.signal.aborted) throw closed(path, 'backup');
      await backUp(driver, client, databasePath(target)).catch((error: unknown) => {
        throw closing.signal.aborted ? closed(path, 'backup') : error;
      });
    },
    async markRestored(copiedAt) {
      write('markRestored', () => {
        const restoredAt = clock.now();
        const { begun, ended, fact, inputs, audit } = settleCopy(rows.openEffects(), { copiedAt, restoredAt });
        for (const key of begun) rows.startEffect(key, restoredAt);
        for (const key of ended) rows.settleEffect(key, { type: 'unknown' }, restoredAt);
        rows.changeFact(fact, restoredAt);
        takeIn(inputs, restoredAt);
        addToLog('markRestored', [audit]);
      });
    },
    async checkIntegrity() {
      return attempt('checkIntegrity', () => findDamage(client));
    },
    async [Symbol.asyncDispose]() {
      if (closing.signal.aborted) return;
      closing.abort();
      try {
        if (!lease.isOurs()) return;
        lease.release();
        client.pragma('wal_checkpoint(truncate)');
      } catch (error) {
        throw toStoreError(error, 'closing', path);
      } finally {
        client.close();
      }
    },
  };
}
