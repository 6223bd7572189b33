import type { Client } from './driver.ts';

/** How much a store holds, in numbers alone. */
export interface StoreFigures {
  readonly sizeBytes: number;
  /** Schema steps that were applied. */
  readonly schemaSteps: number;
  readonly conversations: number;
  readonly inputs: { readonly waiting: number; readonly handled: number };
  /** By kind and status. */
  readonly effects: readonly { readonly type: string; readonly status: string; readonly count: number }[];
  readonly tasks: number;
  readonly auditRecords: number;
}

/** Counts what is there; a table that an older version has not made yet counts as empty. */
export function countRows(client: Client): StoreFigures {
  const hasTable = client.prepare<[string]>("select 1 from sqlite_master where type = 'table' and name = ?");
  const count = (table: string, where = 'true'): number =>
    hasTable.get(table) === undefined
      ? 0
      : (client.prepare<[], number>(`select count(*) from ${table} where ${where}`).pluck().get() ?? 0);
  const byStatus = client.prepare<[], StoreFigures['effects'][number]>(
    'select type, status, count(*) as count from effects group by type, status order by type, status',
  );
  return {
    sizeBytes: Number(client.pragma('page_count', { simple: true })) * Number(client.pragma('page_size', { simple: true })),
    schemaSteps: count('__drizzle_migrations'),
    conversations: count('scopes'),
    inputs: { waiting: count('inbox', 'handled_at is null'), handled: count('inbox', 'handled_at is not null') },
    effects: byStatus.all(),
    tasks: count('tasks'),
    auditRecords: count('audit'),
  };
}
