import type { ActorId, JsonObject, ScopeId } from '@threadbridge/contract';

/** What an entry is about: who was let in, what ran, what was approved, which file left, what was changed. */
export type AuditKind = 'access' | 'run' | 'approval' | 'artifact' | 'config';

/** One line of the audit log. Holds no message text and no secret. */
export interface AuditEntry {
  readonly at: number;
  readonly kind: AuditKind;
  readonly scope?: ScopeId;
  readonly actor?: ActorId;
  /** What was decided, in one word (`allowed`, `refused`, `started`, `accept`, …). */
  readonly outcome: string;
  /** The rules and values that made it so. */
  readonly detail: JsonObject;
}

/** An entry in its place. Each hash covers the entry and the hash before it, so that nothing can be changed or left out unnoticed. */
export interface AuditRecord extends AuditEntry {
  /** From 1, without gaps. */
  readonly seq: number;
  /** SHA-256, lower-case hex. */
  readonly hash: string;
}
