import type { AuditHead, AuditRecord, Store } from '@threadbridge/core';
import { emptyHead, hashOf } from './chain.ts';

/** What reading the audit log takes. */
export type AuditLog = Pick<Store, 'readAudit' | 'auditHead'>;

/** Whether the audit log is as it was written. */
export type AuditVerdict =
  | {
      readonly isWhole: true;
      /** How many records there are. */
      readonly count: number;
      /** The last record's hash. Written down elsewhere, it also proves that the whole log was not written anew. */
      readonly hash: string;
    }
  | {
      readonly isWhole: false;
      /** The first record that is not as it was written. */
      readonly brokenAt: number;
      /**
       * `changed`: the record, or its hash, is not what was written. `missing`: it is not there. `unaccounted`: it is there, but the log
       * ended before it.
       */
      readonly reason: 'changed' | 'missing' | 'unaccounted';
    };

/** Reads the whole audit log, page by page, and finds the first record that was changed, dropped or put in. Work may go on meanwhile. */
export async function verifyAudit(log: AuditLog): Promise<AuditVerdict> {
  let last = emptyHead;
  let promised: AuditHead | undefined;
  for (;;) {
    const page = await log.readAudit(last.seq, pageSize);
    for (const record of page) {
      const expected = last.seq + 1;
      if (record.seq !== expected) return { isWhole: false, brokenAt: expected, reason: 'missing' };
      if (record.hash !== expectedHash(last, record)) return { isWhole: false, brokenAt: expected, reason: 'changed' };
      last = { seq: record.seq, hash: record.hash };
    }
    if (page.length > 0) continue;
    if (promised !== undefined && last.seq < promised.seq) return { isWhole: false, brokenAt: last.seq + 1, reason: 'missing' };
    // Read after the records: it may be ahead of them, then there is more to read, but never behind.
    promised = await log.auditHead();
    if (promised.seq < last.seq) return { isWhole: false, brokenAt: promised.seq + 1, reason: 'unaccounted' };
    if (promised.seq > last.seq) continue;
    if (promised.hash !== last.hash) return { isWhole: false, brokenAt: Math.max(last.seq, 1), reason: 'changed' };
    return { isWhole: true, count: last.seq, hash: last.hash };
  }
}

const pageSize = 500;

/** Undefined where the record is too far from being one to have a hash. */
function expectedHash(previous: AuditHead, record: AuditRecord): string | undefined {
  try {
    return hashOf(previous.hash, record);
  } catch {
    return undefined;
  }
}
