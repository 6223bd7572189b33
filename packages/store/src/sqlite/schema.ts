import type { Continuation, Cursor, JsonObject } from '@threadbridge/contract';
import type { EffectRow, Fact, Input, ScopeState } from '@threadbridge/core';
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Holder } from './holder.ts';

// Moments are epoch ms. Bodies are JSON, which also carries what UTF-8 columns cannot (half surrogate pairs).
// Partial indexes name columns bare: SQLite refuses `table.column` there.

// Of `*_waiting` (`*_open`), `*_bodies` and `*_ids` a row is in exactly one, so that retention costs a step one index entry.

/** Facts taken in. A handled one keeps its row for its id, which is how a redelivery is recognised; after `pruned_at` its body is `null`. */
export const inbox = sqliteTable(
  'inbox',
  {
    seq: integer().primaryKey(),
    id: text().notNull().unique(),
    scope: text().notNull(),
    input: text({ mode: 'json' }).$type<Input>().notNull(),
    acceptedAt: integer('accepted_at').notNull(),
    handledAt: integer('handled_at'),
    prunedAt: integer('pruned_at'),
  },
  (table) => [
    index('inbox_waiting').on(table.seq).where(sql`handled_at is null`),
    index('inbox_bodies').on(table.handledAt).where(sql`handled_at is not null and pruned_at is null`),
    index('inbox_ids').on(table.handledAt).where(sql`pruned_at is not null`),
  ],
);

/** How far each channel's feed was taken in. */
export const cursors = sqliteTable('cursors', {
  channel: text().primaryKey(),
  cursor: text({ mode: 'json' }).$type<Cursor>().notNull(),
  updatedAt: integer('updated_at').notNull(),
});

export const scopes = sqliteTable(
  'scopes',
  {
    id: text().primaryKey(),
    state: text({ mode: 'json' }).$type<ScopeState>().notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [index('scopes_latest').on(table.updatedAt)],
);

/** The outbox. `settled_at` is set exactly when `status` is done, failed or unknown. After `pruned_at` the body is `null`. */
export const effects = sqliteTable(
  'effects',
  {
    seq: integer().primaryKey(),
    key: text().notNull().unique(),
    scope: text().notNull(),
    type: text().notNull(),
    body: text({ mode: 'json' }).$type<EffectRow>().notNull(),
    status: text({ enum: ['open', 'started', 'done', 'failed', 'unknown'] }).notNull(),
    attempts: integer().notNull(),
    notBefore: integer('not_before'),
    /** Why it failed or was put off last. */
    code: text(),
    committedAt: integer('committed_at').notNull(),
    startedAt: integer('started_at'),
    settledAt: integer('settled_at'),
    prunedAt: integer('pruned_at'),
  },
  (table) => [
    index('effects_open').on(table.seq).where(sql`settled_at is null`),
    index('effects_bodies').on(table.settledAt).where(sql`settled_at is not null and pruned_at is null`),
    index('effects_ids').on(table.settledAt).where(sql`pruned_at is not null`),
  ],
);

export const facts = sqliteTable(
  'facts',
  {
    kind: text().notNull(),
    name: text().notNull(),
    body: text({ mode: 'json' }).$type<Fact>().notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.name] })],
);

/**
 * Only ever added to. `scope`, `actor`, `outcome` and `detail` are JSON text, read as it stands: a record that somebody made
 * unreadable must still be shown and found.
 */
export const audit = sqliteTable('audit', {
  seq: integer().primaryKey(),
  at: integer().notNull(),
  kind: text().notNull(),
  scope: text(),
  actor: text(),
  outcome: text().notNull(),
  detail: text().notNull(),
  hash: text().notNull(),
});

/** One row: the last audit record, said once more where dropping that record leaves it. */
export const auditHead = sqliteTable('audit_head', {
  id: integer().primaryKey(),
  seq: integer().notNull(),
  hash: text().notNull(),
});

/**
 * Answers of the native API. `seq` is the order of use: it grows with each. After `expires_at` the row stays without its body until
 * `forget_at`, so that an expired id is told from one that never was.
 */
export const continuations = sqliteTable(
  'continuations',
  {
    seq: integer().primaryKey(),
    id: text().notNull().unique(),
    body: text({ mode: 'json' }).$type<Continuation>(),
    /** Ids of the items it answered with. */
    outputs: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    expiresAt: integer('expires_at').notNull(),
    forgetAt: integer('forget_at').notNull(),
  },
  (table) => [
    index('continuations_live').on(table.expiresAt, table.sizeBytes).where(sql`body is not null`),
    index('continuations_gone').on(table.forgetAt).where(sql`body is null`),
  ],
);

/** Tasks of other programs. `due_at`: something of it is to be done then. */
export const tasks = sqliteTable(
  'tasks',
  {
    seq: integer().primaryKey(),
    id: text().notNull().unique(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    dueAt: integer('due_at'),
    body: text({ mode: 'json' }).$type<JsonObject>().notNull(),
  },
  (table) => [
    index('tasks_due').on(table.dueAt).where(sql`due_at is not null`),
    index('tasks_done').on(table.updatedAt).where(sql`due_at is null`),
  ],
);

/** What was asked of tasks and told about them. Only ever added to, until the task goes. */
export const taskEntries = sqliteTable(
  'task_entries',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    task: text().notNull(),
    key: text().notNull().unique(),
    at: integer().notNull(),
    kind: text({ enum: ['asked', 'told'] }).notNull(),
    body: text({ mode: 'json' }).$type<JsonObject>().notNull(),
  },
  (table) => [
    index('task_entries_task').on(table.task, table.kind, table.seq),
    index('task_entries_kind').on(table.kind, table.seq),
  ],
);

/** One row. Read before any migration, so these columns keep their meaning in every version. */
export const lease = sqliteTable('lease', {
  id: integer().primaryKey(),
  /** Grows with every opener; a write by an earlier one is refused. */
  epoch: integer().notNull(),
  /** Null after an orderly close. */
  holder: text({ mode: 'json' }).$type<Holder>(),
  heartbeatAt: integer('heartbeat_at').notNull(),
});
