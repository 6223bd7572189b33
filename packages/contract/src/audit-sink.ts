import type { ActorId, ScopeId } from './ids.ts';
import type { JsonObject } from './json.ts';

/** What an entry is about: who was let in, what ran, what was approved, which file left, what was changed. */
export type AuditKind = 'access' | 'run' | 'approval' | 'artifact' | 'config';

/** One line of the audit log. Holds no message text and no secret. */
export interface AuditEntry {
  /** Epoch ms. */
  readonly at: number;
  readonly kind: AuditKind;
  readonly scope?: ScopeId;
  readonly actor?: ActorId;
  /** What was decided, in one word (`allowed`, `refused`, `planned`, `accept`, …). */
  readonly outcome: string;
  /** The rules and values that made it so. */
  readonly detail: JsonObject;
}

/** Where those who decide outside of a conversation leave their lines. */
export interface AuditSink {
  /** Adds the entries at the end, all or none; durable when it resolves. Whoever must leave a line acts only after that. */
  record(entries: readonly AuditEntry[]): Promise<void>;
}
