import type { Continuation, FoundContinuation, JsonValue } from '@threadbridge/contract';
import type { Pruned } from '@threadbridge/core';
import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lte, sql, sum } from 'drizzle-orm';
import type { Orm } from './driver.ts';
import { continuations } from './schema.ts';

const slot = sql.placeholder;

/** How many rows one statement of `prune` touches at most. */
const batch = 100;

/** The rows of the native API's answers. Nothing here opens a transaction. */
export function createContinuationRows(orm: Orm) {
  const { seq, id, body, outputs, sizeBytes, expiresAt, forgetAt } = continuations;
  const next = sql`(select coalesce(max(seq), 0) + 1 from continuations)`;
  const put = orm
    .insert(continuations)
    .values({
      seq: next,
      id: slot('id'),
      body: slot('body'),
      outputs: slot('outputs'),
      sizeBytes: slot('sizeBytes'),
      expiresAt: slot('expiresAt'),
      forgetAt: slot('forgetAt'),
    })
    .prepare();
  const get = orm
    .select({ body, expiresAt, forgetAt })
    .from(continuations)
    .where(eq(id, slot('id')))
    .prepare();
  const use = orm
    .update(continuations)
    .set({ seq: next, expiresAt: sql`${slot('expiresAt')}`, forgetAt: sql`${slot('forgetAt')}` })
    .where(eq(id, slot('id')))
    .prepare();
  const remove = orm
    .delete(continuations)
    .where(eq(id, slot('id')))
    .prepare();
  const live = and(isNotNull(body), gt(expiresAt, slot('now')));
  const measure = orm
    .select({ count: count(), bytes: sum(sizeBytes).mapWith(Number) })
    .from(continuations)
    .where(live)
    .prepare();
  const leastUsed = orm.select({ seq }).from(continuations).where(isNotNull(body)).orderBy(asc(seq)).limit(1);
  const removeLeastUsed = orm.delete(continuations).where(inArray(seq, leastUsed)).prepare();
  const withItem = orm
    .select({ body })
    .from(continuations)
    .where(and(live, sql`exists (select 1 from json_each(${outputs}) where value = ${slot('item')})`))
    .limit(1)
    .prepare();
  const expired = orm
    .select({ seq })
    .from(continuations)
    .where(and(isNotNull(body), lte(expiresAt, slot('now'))))
    .limit(batch);
  const dropBodies = orm
    .update(continuations)
    .set({ body: sql`null`, sizeBytes: 0, outputs: sql`'[]'` })
    .where(inArray(seq, expired))
    .prepare();
  const forgotten = orm
    .select({ seq })
    .from(continuations)
    .where(and(isNull(body), lte(forgetAt, slot('now'))))
    .limit(batch);
  const dropRows = orm.delete(continuations).where(inArray(seq, forgotten)).prepare();

  return {
    put(continuation: Continuation, ttlMs: number, now: number): void {
      remove.run({ id: continuation.id });
      put.run({
        id: continuation.id,
        body: continuation,
        outputs: outputIds(continuation),
        sizeBytes: Buffer.byteLength(JSON.stringify(continuation)),
        expiresAt: now + ttlMs,
        forgetAt: now + 2 * ttlMs,
      });
    },
    /** Finding it begins its time anew. */
    find(id: string, ttlMs: number, now: number): FoundContinuation {
      const row = get.get({ id });
      if (row === undefined || row.forgetAt <= now) return { state: 'unknown' };
      if (row.body === null || row.expiresAt <= now) return { state: 'expired' };
      use.run({ id, expiresAt: now + ttlMs, forgetAt: now + 2 * ttlMs });
      return { state: 'found', continuation: row.body };
    },
    findItem: (item: string, now: number): JsonValue | undefined =>
      outputsOf(withItem.get({ item, now })?.body ?? undefined).find((each) => each.id === item),
    /** Whether it could be continued until now. */
    remove(id: string, now: number): boolean {
      const row = get.get({ id });
      remove.run({ id });
      return row !== undefined && row.body !== null && row.expiresAt > now;
    },
    measure: (now: number) => measure.get({ now }) ?? { count: 0, bytes: 0 },
    removeLeastUsed: (): boolean => removeLeastUsed.run().changes === 1,
    /** Drops bodies that have expired and ids that need not be remembered any more, a batch of each. */
    prune: (now: number): Pruned => ({ bodies: dropBodies.run({ now }).changes, ids: dropRows.run({ now }).changes }),
  };
}

export type ContinuationRows = ReturnType<typeof createContinuationRows>;

type Output = { readonly id?: unknown } & JsonValue;

function outputsOf(continuation: Continuation | undefined): readonly Output[] {
  const output = continuation?.response.output;
  return Array.isArray(output) ? (output as readonly Output[]) : [];
}

function outputIds(continuation: Continuation): readonly string[] {
  return outputsOf(continuation).flatMap((item) => (typeof item.id === 'string' ? item.id : []));
}
