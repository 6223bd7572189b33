import type { PlacedTaskEntry, StoredTask, TaskEntry } from '@threadbridge/contract';
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Orm } from './driver.ts';
import { taskEntries, tasks } from './schema.ts';

const slot = sql.placeholder;

/** How many tasks one call of `prune` drops at most. */
const batch = 20;

/** The rows of tasks and of what was said about them. Nothing here opens a transaction. */
export function createTaskRows(orm: Orm) {
  const put = orm
    .insert(tasks)
    .values({
      id: slot('id'),
      createdAt: slot('createdAt'),
      updatedAt: slot('updatedAt'),
      dueAt: slot('dueAt'),
      body: slot('body'),
    })
    .onConflictDoUpdate({
      target: tasks.id,
      set: { updatedAt: sql`excluded.updated_at`, dueAt: sql`excluded.due_at`, body: sql`excluded.body` },
    })
    .prepare();
  const get = orm
    .select()
    .from(tasks)
    .where(eq(tasks.id, slot('id')))
    .prepare();
  const newest = orm.select().from(tasks).orderBy(desc(tasks.seq)).limit(slot('limit')).prepare();
  const older = orm
    .select()
    .from(tasks)
    .where(lt(tasks.seq, slot('before')))
    .orderBy(desc(tasks.seq))
    .limit(slot('limit'))
    .prepare();
  const due = orm.select().from(tasks).where(isNotNull(tasks.dueAt)).orderBy(asc(tasks.dueAt)).limit(slot('limit')).prepare();
  const add = orm
    .insert(taskEntries)
    .values({ task: slot('task'), key: slot('key'), at: slot('at'), kind: slot('kind'), body: slot('body') })
    .onConflictDoNothing({ target: taskEntries.key })
    .prepare();
  const ofTask = and(eq(taskEntries.task, slot('task')), eq(taskEntries.kind, 'told'));
  const behind = gt(taskEntries.seq, slot('after'));
  const asked = orm
    .select()
    .from(taskEntries)
    .where(and(eq(taskEntries.kind, 'asked'), behind))
    .orderBy(asc(taskEntries.seq))
    .limit(slot('limit'))
    .prepare();
  const told = orm
    .select()
    .from(taskEntries)
    .where(and(ofTask, behind))
    .orderBy(asc(taskEntries.seq))
    .limit(slot('limit'))
    .prepare();
  const latest = orm.select().from(taskEntries).where(ofTask).orderBy(desc(taskEntries.seq)).limit(slot('limit')).prepare();
  const past = orm
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(isNull(tasks.dueAt), lt(tasks.updatedAt, slot('before'))))
    .limit(batch);
  const dropEntries = orm.delete(taskEntries).where(inArray(taskEntries.task, past)).prepare();
  const dropTasks = orm.delete(tasks).where(inArray(tasks.id, past)).prepare();

  return {
    write(task: StoredTask, entries: readonly TaskEntry[]): void {
      put.run({ ...task, dueAt: task.dueAt ?? null });
      for (const entry of entries) add.run({ ...entry });
    },
    load: (id: string): StoredTask | undefined => toTask(get.get({ id })),
    list(before: string | undefined, limit: number): readonly StoredTask[] {
      if (before === undefined) return newest.all({ limit }).flatMap((row) => toTask(row) ?? []);
      const place = get.get({ id: before })?.seq;
      return place === undefined ? [] : older.all({ before: place, limit }).flatMap((row) => toTask(row) ?? []);
    },
    due: (limit: number): readonly StoredTask[] => due.all({ limit }).flatMap((row) => toTask(row) ?? []),
    asked: (after: number, limit: number): readonly PlacedTaskEntry[] => asked.all({ after, limit }),
    told: (task: string, after: number, limit: number): readonly PlacedTaskEntry[] => told.all({ task, after, limit }),
    latest: (task: string, limit: number): readonly PlacedTaskEntry[] => latest.all({ task, limit }).reverse(),
    /** Drops tasks that nothing happened to since, with their entries; answers with how many rows that were. */
    prune(before: number): number {
      const entries = dropEntries.run({ before }).changes;
      return entries + dropTasks.run({ before }).changes;
    },
  };
}

function toTask(row: typeof tasks.$inferSelect | undefined): StoredTask | undefined {
  if (row === undefined) return undefined;
  const { seq: _, dueAt, ...task } = row;
  return { ...task, ...(dueAt !== null && { dueAt }) };
}
