import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChannelId } from '@threadbridge/contract';
import Client from 'better-sqlite3';
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api';
import { describe, expect, it } from 'vitest';
import { createSqliteStore, verifyAudit } from '../src/index.ts';
import * as schema from '../src/sqlite/schema.ts';
import { causes } from './causes.ts';
import { canRunSqlite, placeOfEachTest } from './sqlite-place.ts';

const savedVersion1 = fileURLToPath(new URL('./__fixtures__/version-1.db', import.meta.url));
const migrations = fileURLToPath(new URL('../drizzle/meta/', import.meta.url));

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Every row of every table, in the order in which it was written. */
function contents(path: string): Readonly<Record<string, Rows>> {
  const client = new Client(path, { readonly: true });
  try {
    const tables = client.prepare<[], string>(`select name from sqlite_master where type = 'table'`).pluck().all();
    const all = tables.map((table) => [table, client.prepare(`select * from "${table}" order by rowid`).all()] as const);
    return Object.fromEntries(all) as Readonly<Record<string, Rows>>;
  } finally {
    client.close();
  }
}

describe.skipIf(!canRunSqlite)('the schema over time', () => {
  const place = placeOfEachTest();

  it('has a migration for every table and column in schema.ts', async () => {
    const journal = JSON.parse(await readFile(join(migrations, '_journal.json'), 'utf8'));
    const last = String(journal.entries.at(-1).idx).padStart(4, '0');
    const written = JSON.parse(await readFile(join(migrations, `${last}_snapshot.json`), 'utf8'));
    const missing = await generateSQLiteMigration(written, await generateSQLiteDrizzleJson(schema, written.id));
    expect(missing).toEqual([]);
  });

  it('opens a store that version 1 wrote, with all it held', async () => {
    await copyFile(savedVersion1, place.path);
    await using store = await createSqliteStore({ path: place.path });
    expect(await store.checkIntegrity()).toEqual([]);
    expect(await store.loadCursor('chat' as ChannelId)).toBe('3');
    expect((await store.nextInput())?.id).toBe('event/chat:3');
    expect(await store.loadScope(causes(1).scope.id)).toMatchObject({ runs: 2, reply: { message: 'm2' } });
    expect(await store.loadFacts()).toEqual([expect.objectContaining({ kind: 'alias', name: 'code', thread: 't1' })]);
    expect(await store.openEffects()).toEqual([
      expect.objectContaining({ key: 'event/chat:1:1', isStarted: false, attempts: 1, notBefore: 1_700_000_009_000 }),
      expect.objectContaining({ key: 'event/chat:2:0', isStarted: true, attempts: 0 }),
    ]);
  });

  it("moves a store of version 1 to today's schema with every row and column as it was, and works on there", async () => {
    await copyFile(savedVersion1, place.path);
    const before = contents(place.path);
    await (await createSqliteStore({ path: place.path }))[Symbol.asyncDispose]();
    const after = contents(place.path);
    for (const [table, rows] of Object.entries(before)) {
      if (['lease', '__drizzle_migrations'].includes(table)) continue;
      expect(rows.length).toBeGreaterThan(0);
      const kept = after[table]?.map((row) => Object.fromEntries(Object.keys(rows[0] ?? {}).map((name) => [name, row[name]])));
      expect([table, kept]).toEqual([table, rows]);
    }
    const steps = JSON.parse(await readFile(join(migrations, '_journal.json'), 'utf8')).entries.length;
    expect(after.__drizzle_migrations).toHaveLength(steps);

    await using store = await createSqliteStore({ path: place.path });
    expect(await verifyAudit(store)).toMatchObject({ isWhole: true, count: 0 });
    const { input, scope, state, effect } = causes(3);
    const audit = [{ at: 1, kind: 'run', outcome: 'planned', detail: {} }] as const;
    await store.commit({ input: input.id, scope, state, effects: [effect], facts: [], inputs: [causes(4).input], audit });
    expect((await store.nextInput())?.id).toBe('event/chat:4');
    expect(await verifyAudit(store)).toMatchObject({ isWhole: true, count: 1 });
    // The first version's handled messages and settled effects are old enough to be dropped, like any others.
    expect((await store.prune({ bodiesBefore: Date.now() + 1_000, idsBefore: Date.now() + 1_000 })).ids).toBe(4);
    expect(await store.openEffects()).toHaveLength(3);
  });

  it('refuses a store of a newer version and leaves it as it is, byte for byte', async () => {
    await (await createSqliteStore({ path: place.path }))[Symbol.asyncDispose]();
    const later = new Client(place.path);
    later.exec('create table newer (seq integer primary key)');
    later.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run('later', Date.now() + 1e9);
    later.close();
    const before = await readFile(place.path);
    await expect(createSqliteStore({ path: place.path })).rejects.toMatchObject({
      code: 'store.newer_schema',
      message: expect.stringContaining(place.path),
      remedy: expect.stringContaining('Update Threadbridge'),
      certain: true,
    });
    expect((await readFile(place.path)).equals(before)).toBe(true);
  });

  it('refuses the database of another program and leaves it as it is', async () => {
    const other = new Client(place.path);
    other.exec('create table threads (id text)');
    other.close();
    const before = await readFile(place.path);
    await expect(createSqliteStore({ path: place.path })).rejects.toMatchObject({ code: 'config.invalid' });
    expect((await readFile(place.path)).equals(before)).toBe(true);
  });

  it('starts in an empty file, which is what a crash at the very first moment leaves', async () => {
    await writeFile(place.path, '');
    await using store = await createSqliteStore({ path: place.path });
    expect(await store.nextInput()).toBeUndefined();
  });
});
