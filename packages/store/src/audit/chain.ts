import { createHash } from 'node:crypto';
import type { AuditEntry, AuditHead, AuditRecord } from '@threadbridge/core';
import { canonicalJson } from './canonical-json.ts';

/** Where an empty log ends. */
export const emptyHead: AuditHead = { seq: 0, hash: '0'.repeat(64) };

/** The entry in its place after `previous`. Throws on what JSON cannot hold. */
export function link(previous: AuditHead, entry: AuditEntry): AuditRecord {
  const plain = entryOf(entry);
  return { ...plain, seq: previous.seq + 1, hash: hashOf(previous.hash, plain) };
}

/** SHA-256, lower-case hex, over the canonical JSON of `[hash before, entry]`. The form is stored in every log: it never changes. */
export function hashOf(previousHash: string, entry: AuditEntry): string {
  return createHash('sha256')
    .update(canonicalJson([previousHash, entryOf(entry)]))
    .digest('hex');
}

/** The fields that are kept, and as they will be read again. */
function entryOf({ at, kind, scope, actor, outcome, detail }: AuditEntry): AuditEntry {
  return JSON.parse(JSON.stringify({ at, kind, scope, actor, outcome, detail }));
}
