import type { Actor, ActorId, AuditEntry, Scope } from '@threadbridge/contract';

export type { AuditEntry, AuditKind } from '@threadbridge/contract';

/** An entry in its place. Each hash covers the entry and the hash before it, so that nothing can be changed or left out unnoticed. */
export interface AuditRecord extends AuditEntry {
  /** From 1, without gaps. */
  readonly seq: number;
  /** SHA-256, lower-case hex. */
  readonly hash: string;
}

/** Somebody changed by chat how things are done in a conversation or the profile. */
export function configEntry(
  scope: Scope,
  by: ActorId,
  at: number,
  outcome: string,
  detail: NonNullable<AuditEntry['detail']>,
): AuditEntry {
  return { at, kind: 'config', scope: scope.id, actor: by, outcome, detail };
}

/** A decision about whether somebody may do something here, and the rules that made it. */
export function accessEntry(
  who: { readonly scope: Scope; readonly actor: Actor },
  at: number,
  outcome: 'allowed' | 'refused',
  because: readonly string[],
): AuditEntry {
  return { at, kind: 'access', scope: who.scope.id, actor: who.actor.id, outcome, detail: { because } };
}
