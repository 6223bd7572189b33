import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, realpath, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { asId, type ScopeId } from '@threadbridge/contract';
import type { Incoming } from '@threadbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectMedia } from './collect-media.ts';
import { takeIn } from './take-in.ts';

let media: string;
beforeEach(async () => {
  media = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-media-')));
});
afterEach(() => rm(media, { recursive: true }));

const scope = asId<ScopeId>('wechat:owner');
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const take = (content: string | Uint8Array, change: Partial<Incoming> = {}) =>
  takeIn(media, {
    ...{ scope, name: 'note.txt', maxBytes: 1_000, types: ['image/*', 'text/*', 'application/zip'] },
    ...{ signal: new AbortController().signal, stream: new Blob([content as Uint8Array<ArrayBuffer>]).stream(), ...change },
  });
const files = async () => {
  const entries = await readdir(media, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(media, join(entry.parentPath, entry.name)));
};

describe('a file on its way in', () => {
  it('is kept under the hash of its content, for its owner alone', async () => {
    const taken = await take('hello');
    const sha256 = createHash('sha256').update('hello').digest('hex');
    expect(taken).toMatchObject({ isTaken: true, file: { name: 'note.txt', sizeBytes: 5, mediaType: 'text/plain', sha256 } });
    if (!taken.isTaken) return;
    expect(taken.file.path).toBe(join(taken.folder, sha256, 'note.txt'));
    expect(await readFile(taken.file.path, 'utf8')).toBe('hello');
    expect((await stat(taken.file.path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(taken.folder, sha256))).mode & 0o777).toBe(0o700);
    expect(await take('hello')).toEqual(taken);
    expect(await files()).toHaveLength(1);
  });

  it('is apart from the files of other conversations', async () => {
    const mine = await take('hello');
    const theirs = await take('hello', { scope: asId<ScopeId>('wechat:guest') });
    if (!mine.isTaken || !theirs.isTaken) throw new Error('not taken');
    expect(theirs.folder).not.toBe(mine.folder);
    expect(await readdir(join(mine.folder, '..'))).toEqual(['files']);
  });

  it('is read no further than it may be long, whatever it said of itself', async () => {
    let pulled = 0;
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(100).fill(65));
      },
      cancel() {
        isCancelled = true;
      },
    });
    expect(await take('', { stream: endless })).toEqual({ isTaken: false, reason: 'size' });
    expect(pulled).toBeLessThan(20);
    expect(isCancelled).toBe(true);
    expect(await files()).toEqual([]);
  });

  it.each(['../../escaped.txt', '/etc/cron.d/evil.txt', 'C:\\evil.txt', 'a\0/../b.txt', `${'n'.repeat(300)}.txt`])(
    'stays in its place when it is called %j',
    async (name) => {
      const taken = await take('hello', { name });
      if (!taken.isTaken) throw new Error('not taken');
      expect(await realpath(taken.file.path)).toBe(taken.file.path);
      expect(taken.file.path.startsWith(`${taken.folder}/${taken.file.sha256}/`)).toBe(true);
    },
  );

  it('is what its content says and not what it is called', async () => {
    expect(await take(png, { name: 'report.txt' })).toMatchObject({
      isTaken: true,
      file: { mediaType: 'image/png', name: 'report.txt.png' },
    });
    const program = Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(60)]);
    expect(await take(program, { name: 'photo.png' })).toMatchObject({ isTaken: false, reason: 'type' });
    expect(await take(Buffer.from([0, 1, 2, 3]), { name: 'photo.png' })).toEqual({
      ...{ isTaken: false, reason: 'type', mediaType: 'application/octet-stream' },
    });
    expect(await take('PK\u0003\u0004 a bomb is bytes like any other')).toMatchObject({
      ...{ isTaken: true, file: { mediaType: 'application/zip' } },
    });
    expect(await files()).toHaveLength(2);
  });

  it('is not taken when it is empty', async () => {
    expect(await take('')).toEqual({ isTaken: false, reason: 'empty' });
  });

  it('leaves nothing behind when its stream breaks or hangs', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('ECONNRESET'));
      },
    });
    await expect(take('', { stream: broken })).rejects.toThrow('ECONNRESET');
    const stop = new AbortController();
    const hanging = take('', { stream: new ReadableStream({}), signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(hanging).rejects.toThrow('enough');
    expect(await files()).toEqual([]);
  });
});

it('what nobody touched for long is removed, links are not followed', async () => {
  const [old, fresh] = [await take('old'), await take('fresh')];
  if (!old.isTaken || !fresh.isTaken) throw new Error('not taken');
  const outside = join(media, '..', `${scope.slice(0, 6)}-outside-${process.pid}`);
  await writeFile(outside, 'mine');
  try {
    await symlink(outside, join(fresh.folder, 'link'));
    await utimes(old.file.path, 1, 1);
    await utimes(outside, 1, 1);
    expect(await collectMedia(media, Date.now() - 60_000)).toBe(1);
    expect(await readFile(outside, 'utf8')).toBe('mine');
    expect(await files()).toEqual([relative(media, fresh.file.path)]);
    expect((await readdir(fresh.folder)).sort()).toEqual([fresh.file.sha256, 'link'].sort());
    await take('old');
    expect(await files()).toHaveLength(2);
  } finally {
    await rm(outside);
  }
});
