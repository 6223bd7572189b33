import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqliteStore, type SqliteStore } from '../src/index.ts';
import { causes } from './causes.ts';
import { canRunSqlite, placeOfEachTest } from './sqlite-place.ts';

describe.skipIf(!canRunSqlite)('a backup', () => {
  const place = placeOfEachTest();
  let store: SqliteStore;
  let copy: string;
  beforeEach(async () => {
    copy = join(place.directory, 'copy.db');
    store = await createSqliteStore({ path: place.path });
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  it('holds everything written before, is one private file, and opens at once while the store works on', async () => {
    await store.accept({ inputs: [causes(1).input] });
    await store.backup(copy);
    await store.accept({ inputs: [causes(2).input] });
    expect((await readdir(place.directory)).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
    if (process.platform !== 'win32') expect((await stat(copy)).mode & 0o777).toBe(0o600);
    await using restored = await createSqliteStore({ path: copy });
    expect(await restored.checkIntegrity()).toEqual([]);
    expect((await restored.nextInput())?.id).toBe('event/chat:1');
    await restored.accept({ inputs: [causes(1).input, causes(9).input] });
    expect((await store.nextInput())?.id).toBe('event/chat:1');
  });

  it('is whole although the store is written to meanwhile', async () => {
    await store.accept({ inputs: Array.from({ length: 3_000 }, (_, n) => causes(n).input) });
    const done = store.backup(copy);
    for (let n = 3_000; n < 3_100; n += 1) {
      await store.accept({ inputs: [causes(n).input] });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await done;
    await using restored = await createSqliteStore({ path: copy });
    expect(await restored.checkIntegrity()).toEqual([]);
    expect((await restored.nextInput())?.id).toBe('event/chat:0');
  });

  it('never replaces what is there', async () => {
    await writeFile(copy, 'precious');
    await expect(store.backup(copy)).rejects.toMatchObject({ code: 'config.invalid' });
    expect((await stat(copy)).size).toBe('precious'.length);
  });

  it('says so when there is no place for it', async () => {
    await expect(store.backup(join(place.directory, 'nowhere', 'copy.db'))).rejects.toMatchObject({ code: 'store.unwritable' });
  });

  it('leaves nothing behind when the store is closed in the middle', async () => {
    await store.accept({ inputs: Array.from({ length: 3_000 }, (_, n) => causes(n).input) });
    const cut = expect(store.backup(copy)).rejects.toMatchObject({ code: 'store.closed' });
    await new Promise((resolve) => setImmediate(resolve));
    await store[Symbol.asyncDispose]();
    await cut;
    expect(await readdir(place.directory)).toEqual(['store.db']);
  });

  it('is refused by a closed store', async () => {
    await store[Symbol.asyncDispose]();
    await expect(store.backup(copy)).rejects.toMatchObject({ code: 'store.closed' });
  });
});
