import type { Client } from './driver.ts';

/** What SQLite finds wrong in the whole file; empty when nothing is. */
export function findDamage(client: Client): readonly string[] {
  try {
    const found = client.pragma('integrity_check') as readonly { readonly integrity_check: string }[];
    const loose = client.pragma('foreign_key_check') as readonly { readonly table: string; readonly parent: string }[];
    return [
      ...found.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
      ...loose.map((row) => `a row of ${row.table} refers to a missing row of ${row.parent}`),
    ];
  } catch (error) {
    // Where the damage is heavy the check itself fails.
    if (error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code))) return [error.message];
    throw error;
  }
}
