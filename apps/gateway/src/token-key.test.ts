import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readTokenKey } from './token-key.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'threadbridge-key-'));
  path = join(directory, 'token-key');
});
afterEach(() => rm(directory, { recursive: true }));

it('is made once, of 32 bytes, for its owner alone', async () => {
  const key = await readTokenKey(path);
  expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  expect(await readTokenKey(path)).toBe(key);
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(directory)).toEqual(['token-key']);
});

it('is the same for all who ask at the same time', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => readTokenKey(path)));
  expect(new Set(keys).size).toBe(1);
});

it('is not made up where the file holds something else', async () => {
  await writeFile(path, 'short');
  await expect(readTokenKey(path)).rejects.toMatchObject({
    code: 'config.invalid',
    remedy: expect.stringContaining('Remove the file'),
  });
});
