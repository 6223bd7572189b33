import type { AuditRecord } from '@threadbridge/core';
import Client from 'better-sqlite3';

/** Edits the audit log in the file past the store, as somebody with a database browser can; the head stays as it is. */
export function rewriteAudit(path: string, edit: (records: readonly AuditRecord[]) => readonly AuditRecord[]): void {
  const client = new Client(path);
  try {
    const rows = client.prepare<[], Row>('select * from audit order by seq').all();
    const add = client.prepare('insert into audit values (@seq, @at, @kind, @scope, @actor, @outcome, @detail, @hash)');
    client.transaction(() => {
      client.exec('delete from audit');
      for (const record of edit(rows.map(toRecord))) add.run(toRow(record));
    })();
  } finally {
    client.close();
  }
}

type Row = Readonly<Record<'seq' | 'at' | 'kind' | 'scope' | 'actor' | 'outcome' | 'detail' | 'hash', string | number | null>>;

const jsonColumns = ['scope', 'actor', 'outcome', 'detail'];

function toRecord(row: Row): AuditRecord {
  const parts = Object.entries(row).filter(([, part]) => part !== null);
  const parsed = parts.map(([name, part]) => [name, jsonColumns.includes(name) ? JSON.parse(String(part)) : part]);
  return Object.fromEntries(parsed);
}

function toRow(record: AuditRecord): Row {
  const json = (part: unknown) => (part === undefined ? null : JSON.stringify(part));
  const { seq, at, kind, hash, scope, actor, outcome, detail } = record;
  return { seq, at, kind, hash, scope: json(scope), actor: json(actor), outcome: json(outcome), detail: json(detail) };
}
