import type { Cursor } from '@threadbridge/contract';
import type { EffectRow, Fact, Input, ScopeState } from '@threadbridge/core';
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Holder } from './holder.ts';

// Moments are epoch ms. Bodies are JSON, which also carries what UTF-8 columns cannot (half surrogate pairs).
// Partial indexes name columns bare: SQLite refuses `table.column` there.

/** Facts taken in. A handled one keeps its row: its id is how a redelivery is recognised. */
export const inbox = sqliteTable(
  'inbox',
  {
    seq: integer().primaryKey(),
    id: text().notNull().unique(),
    scope: text().notNull(),
    input: text({ mode: 'json' }).$type<Input>().notNull(),
    acceptedAt: integer('accepted_at').notNull(),
    handledAt: integer('handled_at'),
  },
  (table) => [index('inbox_waiting').on(table.seq).where(sql`handled_at is null`)],
);

/** How far each channel's feed was taken in. */
export const cursors = sqliteTable('cursors', {
  channel: text().primaryKey(),
  cursor: text({ mode: 'json' }).$type<Cursor>().notNull(),
  updatedAt: integer('updated_at').notNull(),
});

export const scopes = sqliteTable('scopes', {
  id: text().primaryKey(),
  state: text({ mode: 'json' }).$type<ScopeState>().notNull(),
  updatedAt: integer('updated_at').notNull(),
});

/** The outbox. `settled_at` is set exactly when `status` is done, failed or unknown. */
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
  },
  (table) => [index('effects_open').on(table.seq).where(sql`settled_at is null`)],
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

/** One row. Read before any migration, so these columns keep their meaning in every version. */
export const lease = sqliteTable('lease', {
  id: integer().primaryKey(),
  /** Grows with every opener; a write by an earlier one is refused. */
  epoch: integer().notNull(),
  /** Null after an orderly close. */
  holder: text({ mode: 'json' }).$type<Holder>(),
  heartbeatAt: integer('heartbeat_at').notNull(),
});
