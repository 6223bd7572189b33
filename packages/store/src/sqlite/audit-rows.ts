import type { AuditEntry, AuditHead, AuditRecord } from '@threadbridge/core';
import { asc, eq, gt, sql } from 'drizzle-orm';
import { emptyHead, link } from '../audit/chain.ts';
import type { Orm } from './driver.ts';
import { audit, auditHead } from './schema.ts';

const slot = sql.placeholder;

/** The rows of the audit log. Nothing here opens a transaction; adding needs one. */
export function createAuditRows(orm: Orm) {
  const getHead = orm.select({ seq: auditHead.seq, hash: auditHead.hash }).from(auditHead).where(eq(auditHead.id, 1)).prepare();
  const putHead = orm
    .insert(auditHead)
    .values({ id: 1, seq: slot('seq'), hash: slot('hash') })
    .onConflictDoUpdate({ target: auditHead.id, set: { seq: sql`excluded.seq`, hash: sql`excluded.hash` } })
    .prepare();
  const add = orm
    .insert(audit)
    .values({
      seq: slot('seq'),
      at: slot('at'),
      kind: slot('kind'),
      scope: slot('scope'),
      actor: slot('actor'),
      outcome: slot('outcome'),
      detail: slot('detail'),
      hash: slot('hash'),
    })
    .onConflictDoNothing({ target: audit.seq })
    .prepare();
  const after = orm
    .select()
    .from(audit)
    .where(gt(audit.seq, slot('after')))
    .orderBy(asc(audit.seq))
    .limit(slot('limit'))
    .prepare();

  const head = (): AuditHead => getHead.get() ?? emptyHead;
  return {
    head,
    /** The seq that is taken already, which is where the head was tampered with; undefined when all were added. */
    append(entries: readonly AuditEntry[]): number | undefined {
      let last = head();
      for (const entry of entries) {
        const record = link(last, entry);
        const { seq, at, kind, hash } = record;
        const row = { seq, at, kind, hash, scope: text(record.scope), actor: text(record.actor) };
        const { changes } = add.run({ ...row, outcome: text(record.outcome), detail: text(record.detail) });
        if (changes === 0) return seq;
        last = record;
      }
      putHead.run({ seq: last.seq, hash: last.hash });
      return undefined;
    },
    after: (seq: number, limit: number): readonly AuditRecord[] => after.all({ after: seq, limit }).map(toRecord),
  };
}

function text(part: unknown): string | null {
  return part === undefined ? null : JSON.stringify(part);
}

function toRecord({ scope, actor, outcome, detail, ...rest }: typeof audit.$inferSelect): AuditRecord {
  const parts = {
    ...(scope !== null && { scope: parsed(scope) }),
    ...(actor !== null && { actor: parsed(actor) }),
    ...{ outcome: parsed(outcome), detail: parsed(detail) },
  };
  return { ...rest, ...parts } as AuditRecord;
}

/** What is no JSON any more comes as it stands; the record's hash does not fit it. */
function parsed(part: string): unknown {
  try {
    return JSON.parse(part);
  } catch {
    return part;
  }
}
