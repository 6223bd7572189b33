import type { Pruned, Retention } from '@threadbridge/core';
import { and, asc, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Orm } from './driver.ts';
import { effects, inbox } from './schema.ts';

const slot = sql.placeholder;

/** How many rows one statement touches at most. */
const batch = 100;

/** Drops a batch of what is past its time, oldest first. Each statement finds its rows by a partial index, however many others there are. */
export function createPruning(orm: Orm) {
  const statements = [
    { table: inbox, doneAt: inbox.handledAt, body: { input: sql`'null'` } },
    { table: effects, doneAt: effects.settledAt, body: { body: sql`'null'` } },
  ].map(({ table, doneAt, body }) => {
    const withBody = orm
      .select({ seq: table.seq })
      .from(table)
      .where(and(isNotNull(doneAt), isNull(table.prunedAt), lt(doneAt, slot('before'))))
      .orderBy(asc(doneAt))
      .limit(batch);
    const withoutBody = orm
      .select({ seq: table.seq })
      .from(table)
      .where(and(isNotNull(table.prunedAt), lt(doneAt, slot('before'))))
      .orderBy(asc(doneAt))
      .limit(batch);
    return {
      dropBodies: orm
        .update(table)
        .set({ ...body, prunedAt: sql`${slot('now')}` })
        .where(inArray(table.seq, withBody))
        .prepare(),
      dropRows: orm.delete(table).where(inArray(table.seq, withoutBody)).prepare(),
    };
  });
  return (limits: Retention, now: number): Pruned => {
    // A row loses its body first, so an id that goes early takes its body along.
    const bodiesBefore = Math.max(limits.bodiesBefore, limits.idsBefore);
    let [bodies, ids] = [0, 0];
    for (const { dropBodies, dropRows } of statements) {
      bodies += dropBodies.run({ before: bodiesBefore, now }).changes;
      ids += dropRows.run({ before: limits.idsBefore }).changes;
    }
    return { bodies, ids };
  };
}
