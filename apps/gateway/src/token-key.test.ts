import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeDirectories, type ProfilePaths, profilePaths } from './config/home.ts';
import { readTokenKeys, rotateTokenKeys } from './token-key.ts';

let directory: string;
let path: string;
let paths: ProfilePaths;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'threadbridge-key-'));
  paths = profilePaths(directory, 'p');
  await makeDirectories(paths);
  path = paths.tokenKey;
});
afterEach(() => rm(directory, { recursive: true }));

it('is made once, of 32 bytes, for its owner alone', async () => {
  const { tokenKey: key } = await readTokenKeys(path);
  expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  expect(await readTokenKeys(path)).toEqual({ tokenKey: key, formerTokenKeys: [] });
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await readdir(dirname(path))).filter((name) => name.startsWith('token-key'))).toEqual(['token-key']);
});

it('is the same for all who ask at the same time', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => readTokenKeys(path)));
  expect(new Set(keys.map(({ tokenKey }) => tokenKey)).size).toBe(1);
});

it('is not made up where the file holds something else', async () => {
  await writeFile(path, 'short');
  await expect(readTokenKeys(path)).rejects.toMatchObject({
    code: 'config.invalid',
    remedy: expect.stringContaining('Remove the file'),
  });
});

it('is replaced, and the ones before it are kept for a while', async () => {
  const { tokenKey: first } = await readTokenKeys(path);
  const second = await rotateTokenKeys(paths);
  expect(second).toEqual({ tokenKey: expect.not.stringContaining(first), formerTokenKeys: [first] });
  expect(await readTokenKeys(path)).toEqual(second);
  await rotateTokenKeys(paths);
  const { formerTokenKeys } = await rotateTokenKeys(paths);
  expect(formerTokenKeys).toHaveLength(2);
  expect(formerTokenKeys).not.toContain(first);
  expect((await rotateTokenKeys(paths, { revokes: true })).formerTokenKeys).toEqual([]);
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await readdir(dirname(path))).filter((name) => name.startsWith('token-key'))).toEqual(['token-key']);
});
