import type { AuditEntry } from '@threadbridge/contract';

export type { AuditEntry, AuditKind } from '@threadbridge/contract';

/** An entry in its place. Each hash covers the entry and the hash before it, so that nothing can be changed or left out unnoticed. */
export interface AuditRecord extends AuditEntry {
  /** From 1, without gaps. */
  readonly seq: number;
  /** SHA-256, lower-case hex. */
  readonly hash: string;
}
