import { expect, it } from 'vitest';
import { canRunSqlite, openPlace } from '../../test/sqlite-place.ts';
import { loadDriver } from './driver.ts';
import { openDatabase } from './open-database.ts';

it.skipIf(!canRunSqlite).each([
  ['normal', 1],
  ['full', 2],
] as const)(
  'sets up the connection: write-ahead log, %s synchronisation, a bounded wait for locks',
  async (synchronous, level) => {
    await using place = await openPlace();
    const driver = await loadDriver({ ...process.versions, version: process.version });
    const { client } = openDatabase(driver, {
      path: place.path,
      now: 0,
      holder: 'test',
      synchronous,
      staleAfterMs: 1,
      busyTimeoutMs: 123,
    });
    const pragma = (name: string) => client.pragma(name, { simple: true });
    const found = ['journal_mode', 'synchronous', 'busy_timeout', 'foreign_keys', 'cache_size'].map(pragma);
    client.close();
    expect(found).toEqual(['wal', level, 123, 1, -4_096]);
  },
);
