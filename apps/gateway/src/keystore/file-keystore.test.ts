import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileKeystore } from './file-keystore.ts';

let directory: string;
const paths = () => ({ keystore: join(directory, 'secrets.json.enc'), keystoreKey: join(directory, 'secrets.key') });
const open = () => createFileKeystore(paths());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'threadbridge-keystore-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('the key store file', () => {
  it('keeps secrets for the next process, readable by their owner alone', async () => {
    await open().set('wechat', '{"token":"open-sesame"}');
    await open().set('feishu', 'other');
    expect(await open().get('wechat')).toBe('{"token":"open-sesame"}');
    expect(await open().get('feishu')).toBe('other');
    for (const path of Object.values(paths())) {
      expect((await stat(path)).mode & 0o077).toBe(0);
      expect(await readFile(path, 'utf8')).not.toContain('sesame');
    }
    expect((await readdir(directory)).sort()).toEqual(['secrets.json.enc', 'secrets.key']);
  });

  it('has no entry that nobody stored, and makes no file for the question', async () => {
    for (const id of ['wechat', 'constructor', '__proto__']) expect(await open().get(id)).toBeUndefined();
    expect(await open().delete('wechat')).toBe(false);
    expect(await readdir(directory)).toEqual([]);
  });

  it('forgets what is deleted, and nothing else', async () => {
    const keystore = open();
    await Promise.all([keystore.set('a', '1'), keystore.set('b', '2'), keystore.set('c', '3')]);
    expect(await keystore.delete('b')).toBe(true);
    expect(await Promise.all(['a', 'b', 'c'].map((id) => open().get(id)))).toEqual(['1', undefined, '3']);
  });

  it('never writes the same bytes twice', async () => {
    await open().set('a', '1');
    const first = await readFile(paths().keystore, 'utf8');
    await open().set('a', '1');
    expect(await readFile(paths().keystore, 'utf8')).not.toBe(first);
  });

  it('refuses a file that was changed, and does not overwrite it', async () => {
    await open().set('a', '1');
    const sealed = JSON.parse(await readFile(paths().keystore, 'utf8'));
    const data = Buffer.from(sealed.data, 'base64');
    data[0] = (data[0] ?? 0) ^ 1;
    const changed = JSON.stringify({ ...sealed, data: data.toString('base64') });
    await writeFile(paths().keystore, changed);
    await expect(open().get('a')).rejects.toMatchObject({
      code: 'config.secret_missing',
      message: expect.stringContaining('damaged, or was written with another key'),
      remedy: expect.stringContaining('log in again'),
    });
    await expect(open().set('b', '2')).rejects.toMatchObject({ code: 'config.secret_missing' });
    expect(await readFile(paths().keystore, 'utf8')).toBe(changed);
  });

  it('refuses to go on without its key', async () => {
    await open().set('a', '1');
    await rm(paths().keystoreKey);
    await expect(open().get('a')).rejects.toMatchObject({ message: expect.stringContaining('secrets.key is not there') });
    await expect(open().set('b', '2')).rejects.toMatchObject({ code: 'config.secret_missing' });
    expect(await readdir(directory)).toEqual(['secrets.json.enc']);
  });

  it('takes rights on the key away from others', async () => {
    await open().set('a', '1');
    await chmod(paths().keystoreKey, 0o644);
    await open().get('a');
    expect((await stat(paths().keystoreKey)).mode & 0o077).toBe(0);
  });
});
