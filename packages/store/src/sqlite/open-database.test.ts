import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadDriver } from './driver.ts';
import { openDatabase } from './open-database.ts';

it.skipIf(!(Number(process.versions.napi) >= 10)).each([
  ['normal', 1],
  ['full', 2],
] as const)(
  'sets up the connection: write-ahead log, %s synchronisation, a bounded wait for locks',
  async (synchronous, level) => {
    const directory = mkdtempSync(join(tmpdir(), 'threadbridge-store-'));
    try {
      const driver = await loadDriver({ ...process.versions, version: process.version });
      const path = join(directory, 'store.db');
      const { client } = openDatabase(driver, { path, now: 0, holder: 'test', synchronous, staleAfterMs: 1, busyTimeoutMs: 123 });
      const pragma = (name: string) => client.pragma(name, { simple: true });
      const found = ['journal_mode', 'synchronous', 'busy_timeout', 'foreign_keys'].map(pragma);
      client.close();
      expect(found).toEqual(['wal', level, 123, 1]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);
