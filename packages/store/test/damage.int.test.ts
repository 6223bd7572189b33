import { chmod, mkdir, open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSqliteStore } from '../src/index.ts';
import { causes } from './causes.ts';
import { canRunSqlite, placeOfEachTest } from './sqlite-place.ts';

const isRoot = process.getuid?.() === 0;
const hasModes = process.platform !== 'win32';

async function overwrite(path: string, from: number, bytes: number): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  await file.close();
}

describe.skipIf(!canRunSqlite)('what the disk may look like', () => {
  const place = placeOfEachTest();
  const write = async (messages: number) => {
    await using store = await createSqliteStore({ path: place.path });
    await store.accept({ inputs: Array.from({ length: messages }, (_, n) => causes(n).input) });
  };

  it.each([
    ['text', () => writeFile(place.path, 'These are notes, not a database. '.repeat(200))],
    ['a file cut short', () => write(200).then(() => truncate(place.path, 6_000))],
    ['a database whose first page was overwritten', () => write(3).then(() => overwrite(place.path, 100, 3_900))],
  ])('refuses %s and leaves it as it is', async (_, prepare) => {
    await prepare();
    const before = await readFile(place.path);
    await expect(createSqliteStore({ path: place.path })).rejects.toMatchObject({
      code: 'store.corrupt',
      message: expect.stringContaining(place.path),
      remedy: expect.stringContaining('backup'),
    });
    expect((await readFile(place.path)).equals(before)).toBe(true);
  });

  it('finds damage in the middle of a file that still opens', async () => {
    await write(500);
    await overwrite(place.path, Math.floor((await stat(place.path)).size / 2), 4_096);
    await using store = await createSqliteStore({ path: place.path });
    expect(await store.checkIntegrity()).not.toEqual([]);
  });

  it('finds nothing wrong with a sound file', async () => {
    await write(500);
    await using store = await createSqliteStore({ path: place.path });
    expect(await store.checkIntegrity()).toEqual([]);
  });

  it('refuses a place below something that is no directory', async () => {
    await writeFile(join(place.directory, 'file'), '');
    await expect(createSqliteStore({ path: join(place.directory, 'file', 'store.db') })).rejects.toMatchObject({
      code: 'store.unwritable',
      certain: true,
    });
  });

  it.skipIf(isRoot || !hasModes)('refuses a directory it may not write to', async () => {
    await mkdir(join(place.directory, 'locked'));
    await chmod(join(place.directory, 'locked'), 0o500);
    await expect(createSqliteStore({ path: join(place.directory, 'locked', 'store.db') })).rejects.toMatchObject({
      code: 'store.unwritable',
      remedy: expect.stringContaining('write'),
      certain: true,
    });
  });

  it.skipIf(isRoot || !hasModes)('refuses a file it may only read, and leaves it as it is', async () => {
    await write(1);
    const before = await readFile(place.path);
    await chmod(place.path, 0o400);
    await expect(createSqliteStore({ path: place.path })).rejects.toMatchObject({ code: 'store.unwritable' });
    expect((await readFile(place.path)).equals(before)).toBe(true);
  });

  it.each(['', ':memory:', ' store.db', 'store.db '])('refuses %j as a path', async (wrong) => {
    await expect(createSqliteStore({ path: wrong })).rejects.toMatchObject({ code: 'config.invalid' });
  });

  it.skipIf(!hasModes)('makes the directory and the files for their owner alone', async () => {
    const inner = join(place.directory, 'profiles', 'work');
    await using _store = await createSqliteStore({ path: join(inner, 'store.db') });
    const modes = ['', 'store.db', 'store.db-wal', 'store.db-shm'].map(
      async (name) => (await stat(join(inner, name))).mode & 0o777,
    );
    expect(await Promise.all(modes)).toEqual([0o700, 0o600, 0o600, 0o600]);
  });

  it('leaves one file behind when it is closed', async () => {
    await write(3);
    await expect(stat(`${place.path}-wal`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
