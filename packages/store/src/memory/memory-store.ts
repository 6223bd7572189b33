import { type Clock, type InputId, systemClock } from '@threadbridge/contract';
import type {
  AuditEntry,
  AuditHead,
  AuditRecord,
  EffectRow,
  Fact,
  FactChange,
  Input,
  OpenEffect,
  Store,
} from '@threadbridge/core';
import { link } from '../audit/chain.ts';
import { closed, fenced, misuse } from '../errors.ts';
import { readState } from '../read-state.ts';
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts';

export interface MemoryStoreOptions {
  /** What an earlier store left. Default: an empty one. */
  readonly disk?: MemoryDisk;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/**
 * A {@link Store} that forgets everything with the process, for tests and trials. Opening a disk takes it over at once:
 * whoever opened it before is fenced. There is no lease to wait for, since a memory disk has no other process.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const { disk = createMemoryDisk(), clock = systemClock } = options;
  disk.epoch += 1;
  const epoch = disk.epoch;
  let isClosed = false;

  const check = (verb: string) => {
    if (isClosed) throw closed('in memory', verb);
    if (disk.epoch !== epoch) throw fenced('in memory', verb);
  };
  const takeIn = (inputs: ReadonlyMap<InputId, string>) => {
    for (const [id, text] of inputs) {
      disk.seen.set(id, 'waiting');
      disk.waiting.set(id, text);
    }
  };
  const change = (change: FactChange, text: string) => {
    if (change.type === 'put') disk.facts.set(factKey(change.fact), text);
    else disk.facts.delete(factKey(change));
  };

  return {
    async accept({ inputs, channel, cursor }) {
      check('accept');
      if (cursor !== undefined && channel === undefined) throw misuse.cursorWithoutChannel();
      takeIn(unseen(disk, inputs));
      if (cursor !== undefined && channel !== undefined) disk.cursors.set(channel, cursor);
    },
    async loadCursor(channel) {
      check('loadCursor');
      return disk.cursors.get(channel);
    },
    async nextInput() {
      check('nextInput');
      const [text] = disk.waiting.values();
      return text === undefined ? undefined : (JSON.parse(text) as Input);
    },
    async loadScope(id) {
      check('loadScope');
      const text = disk.scopes.get(id);
      return text === undefined ? undefined : readState('in memory', id, JSON.parse(text));
    },
    async commit({ input, scope, state, effects, facts, inputs, audit }) {
      check('commit');
      if (!disk.seen.has(input)) throw misuse.unknownInput(input);
      if (!disk.waiting.has(input)) throw misuse.handledInput(input);
      const rows = new Map<EffectRow['key'], string>();
      for (const row of effects) {
        if (disk.open.has(row.key) || disk.settled.has(row.key) || rows.has(row.key)) throw misuse.takenKey(row.key);
        rows.set(row.key, JSON.stringify(row));
      }
      const stateText = JSON.stringify(state);
      const factTexts = facts.map((change) => JSON.stringify(change.type === 'put' ? change.fact : null));
      const brought = unseen(disk, inputs);
      const records = linked(disk, audit);
      // Nothing below can fail: all of it happens, or none.
      disk.waiting.delete(input);
      disk.seen.set(input, clock.now());
      disk.scopes.set(scope.id, stateText);
      for (const [key, row] of rows) disk.open.set(key, { row, isStarted: false, attempts: 0 });
      facts.forEach((each, index) => {
        change(each, factTexts[index] ?? '');
      });
      takeIn(brought);
      write(disk, records);
    },
    async record(entries) {
      check('record');
      write(disk, linked(disk, entries));
    },
    async loadFacts() {
      check('loadFacts');
      return Array.from(disk.facts.values(), (text) => JSON.parse(text) as Fact);
    },
    async readAudit(after, limit) {
      check('readAudit');
      const records = disk.audit.map((text) => JSON.parse(text) as AuditRecord);
      return records.filter((record) => record.seq > after).slice(0, limit);
    },
    async auditHead() {
      check('auditHead');
      return disk.auditHead;
    },
    async openEffects() {
      check('openEffects');
      return Array.from(
        disk.open.values(),
        ({ row, ...progress }): OpenEffect => ({ ...(JSON.parse(row) as EffectRow), ...progress }),
      );
    },
    async start(key) {
      check('start');
      const effect = disk.open.get(key);
      if (effect === undefined) throw disk.settled.has(key) ? misuse.settledEffect(key) : misuse.unknownEffect('start', key);
      disk.open.set(key, { ...effect, isStarted: true });
    },
    async settle(key, outcome, results = []) {
      check('settle');
      if (disk.settled.has(key)) return;
      const effect = disk.open.get(key);
      if (effect === undefined) throw misuse.unknownEffect('settle', key);
      const inputs = unseen(disk, results);
      if (outcome.type === 'retry') {
        disk.open.set(key, { row: effect.row, isStarted: false, attempts: effect.attempts + 1, notBefore: outcome.at });
      } else {
        disk.open.delete(key);
        disk.settled.set(key, clock.now());
      }
      takeIn(inputs);
    },
    async prune({ idsBefore }) {
      check('prune');
      // What is done has no body here.
      return { bodies: 0, ids: forget(disk.seen, idsBefore) + forget(disk.settled, idsBefore) };
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
    },
  };
}

/** The inputs the disk has not seen, each once, as text. */
function unseen(disk: MemoryDisk, inputs: readonly Input[]): Map<InputId, string> {
  const found = new Map<InputId, string>();
  for (const input of inputs) {
    if (!disk.seen.has(input.id) && !found.has(input.id)) found.set(input.id, JSON.stringify(input));
  }
  return found;
}

function factKey(fact: { readonly kind: string; readonly name: string }): string {
  return JSON.stringify([fact.kind, fact.name]);
}

/** The entries in their places at the end of the log; nothing is written yet. */
function linked(disk: MemoryDisk, entries: readonly AuditEntry[]): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  for (const entry of entries) records.push(link(records.at(-1) ?? disk.auditHead, entry));
  return records;
}

function write(disk: MemoryDisk, records: readonly AuditRecord[]): void {
  for (const record of records) disk.audit.push(JSON.stringify(record));
  disk.auditHead = headOf(records.at(-1) ?? disk.auditHead);
}

function headOf({ seq, hash }: AuditHead): AuditHead {
  return { seq, hash };
}

/** Drops what was done before a moment; answers with how many that were. */
function forget<Id>(done: Map<Id, number | 'waiting'>, before: number): number {
  const old = Array.from(done).filter(([, at]) => at !== 'waiting' && at < before);
  for (const [id] of old) done.delete(id);
  return old.length;
}
