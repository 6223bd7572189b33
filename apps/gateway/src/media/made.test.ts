import { execFileSync } from 'node:child_process';
import { appendFile, link, mkdir, mkdtemp, readFile, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asId, type WorkspacePath } from '@threadbridge/contract';
import type { MadeFile } from '@threadbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMade } from './find-made.ts';
import { keepSent } from './keep-sent.ts';
import { takeOut } from './take-out.ts';

let root: string;
let workspace: WorkspacePath;
let outside: string;
let media: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-made-')));
  [workspace, outside, media] = [asId<WorkspacePath>(join(root, 'work')), join(root, 'outside'), join(root, 'media')];
  await Promise.all([workspace, outside, media].map((path) => mkdir(path)));
  await writeFile(join(outside, 'private.txt'), 'not for anybody');
});
afterEach(() => rm(root, { recursive: true }));

const find = (...paths: readonly string[]) => findMade({ paths, workspace, since: 0 });
async function reasonFor(path: string): Promise<string | undefined> {
  const [file] = await find(path);
  return file === undefined ? 'left out' : (file.blocked ?? 'may leave');
}
async function made(name: string, content = 'made'): Promise<MadeFile> {
  await writeFile(join(workspace, name), content);
  const [file] = await find(name);
  if (file === undefined) throw new Error('not found');
  return file;
}
const take = ({ path, sha256 }: MadeFile) => takeOut(media, { path, workspace, sha256 });

describe('a file that a run made', () => {
  it('is found by any of its names, once', async () => {
    await mkdir(join(workspace, 'out'));
    await writeFile(join(workspace, 'out', 'a.csv'), 'x,y');
    await symlink(join(workspace, 'out', 'a.csv'), join(workspace, 'latest.csv'));
    const found = await find(
      'out/a.csv',
      join(workspace, 'out/a.csv'),
      './out/../out/a.csv',
      'latest.csv',
      'out',
      'nothing.txt',
      '',
    );
    expect(found).toMatchObject([
      { path: join(workspace, 'out', 'a.csv'), name: 'out/a.csv', sizeBytes: 3, mediaType: 'text/csv' },
    ]);
    expect(found[0]?.blocked).toBeUndefined();
  });

  it('is left out when it was there before', async () => {
    await writeFile(join(workspace, 'old.txt'), 'old');
    expect(await findMade({ paths: ['old.txt'], workspace, since: Date.now() + 60_000 })).toEqual([]);
  });

  it('does not leave from elsewhere', async () => {
    await symlink(join(outside, 'private.txt'), join(workspace, 'innocent.txt'));
    await symlink(outside, join(workspace, 'folder'));
    for (const path of [join(outside, 'private.txt'), '../outside/private.txt', 'innocent.txt', 'folder/private.txt'])
      expect(await reasonFor(path), path).toBe('outside');
    expect(await reasonFor(`${workspace}-beside/x`)).toBe('left out');
    await link(join(outside, 'private.txt'), join(workspace, 'hard.txt'));
    expect(await reasonFor('hard.txt')).toBe('linked');
  });

  it('does not leave by its name or by what is in it', async () => {
    for (const name of ['.env', 'server.key', 'credentials.json']) {
      await writeFile(join(workspace, name), 'x');
      expect(await reasonFor(name), name).toBe('name');
    }
    const secrets = [
      `-----BEGIN ${'OPENSSH'} PRIVATE KEY-----\nb3Bl`,
      `key: ghp_${'16C7e42F292c6912E7710c838347Ae178B4a'}`,
      `sk-proj-${'abcdefghij'.repeat(5)}`,
      `password = "${'correct0horse0battery0staple'}"`,
    ];
    for (const secret of secrets) {
      await writeFile(join(workspace, 'notes.txt'), `some words\n${secret}\n`);
      expect(await reasonFor('notes.txt'), secret).toBe('content');
    }
    await writeFile(join(workspace, 'notes.txt'), 'The password is asked for at the door. const token = readToken();');
    expect(await reasonFor('notes.txt')).toBe('may leave');
  });

  it('is plain, not empty, and not too large', async () => {
    await writeFile(join(workspace, 'empty.txt'), '');
    expect(await reasonFor('empty.txt')).toBe('empty');
    await writeFile(join(workspace, 'large.bin'), Buffer.alloc(20 * 1_048_576 + 1));
    expect(await reasonFor('large.bin')).toBe('size');
    expect(await find('\0', 'a\0b', 'x'.repeat(5_000))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('is no pipe, no socket and no device', async () => {
    execFileSync('mkfifo', [join(workspace, 'pipe.txt')]);
    expect(await reasonFor('pipe.txt')).toBe('notRegular');
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(workspace, 'socket.txt'), done));
    expect(await reasonFor('socket.txt')).toBe('notRegular');
    await new Promise((done) => server.close(done));
    expect(await reasonFor('/dev/zero')).toBe('outside');
  });
});

describe('a file on its way out', () => {
  it('is a copy of what was looked at', async () => {
    const file = await made('report.md');
    const taken = await take(file);
    expect(taken).toMatchObject({ isTaken: true, file: { name: 'report.md', sha256: file.sha256, mediaType: 'text/markdown' } });
    await writeFile(file.path, 'changed afterwards');
    if (taken.isTaken) expect(await readFile(taken.file.path, 'utf8')).toBe('made');
    expect(await take(file)).toEqual({ isTaken: false, reason: 'changed' });
  });

  it('is not what was put in its place', async () => {
    const file = await made('report.md');
    await rm(file.path);
    expect(await take(file)).toEqual({ isTaken: false, reason: 'gone' });
    await symlink(join(outside, 'private.txt'), file.path);
    expect(await take(file)).toEqual({ isTaken: false, reason: 'outside' });
    await rm(file.path);
    await link(join(outside, 'private.txt'), file.path);
    expect(await take(file)).toEqual({ isTaken: false, reason: 'linked' });
  });

  it('is not reached through a directory that became a link', async () => {
    await mkdir(join(workspace, 'out'));
    const file = await made('out/private.txt', 'not for anybody');
    await rename(join(workspace, 'out'), join(workspace, 'was'));
    await symlink(outside, join(workspace, 'out'));
    expect(await take(file)).toEqual({ isTaken: false, reason: 'outside' });
  });
});

it('an answer is kept as it is, for us alone, and again as the same file', async () => {
  const content = Buffer.from(`答案 🐬\npassword = "${'correct0horse0battery0staple'}"\n`);
  const answer = { name: 'answer-1.md', mediaType: 'text/markdown', content };
  const kept = await keepSent(media, answer);
  if (!kept.isTaken) throw new Error(kept.reason);
  expect(await readFile(kept.file.path)).toEqual(content);
  if (process.platform !== 'win32') expect((await stat(kept.file.path)).mode & 0o777).toBe(0o600);
  expect(kept.file).toMatchObject({ name: 'answer-1.md', mediaType: 'text/markdown', sizeBytes: content.length });
  expect(await keepSent(media, answer)).toEqual(kept);
  expect(await keepSent(media, { ...answer, name: '../../answer.md' })).toMatchObject({ file: { name: 'answer.md' } });
  await rm(media, { recursive: true });
  await writeFile(media, 'no directory');
  expect(await keepSent(media, answer)).toEqual({ isTaken: false, reason: 'unreadable' });
});

it('a file that grows while it is read is sent as it was judged, or not at all', async () => {
  const file = await made('log.txt', 'first line\n');
  let isOver = false;
  const grows = (async () => {
    for (let line = 0; !isOver; line += 1) await appendFile(file.path, `${line}\n`);
  })();
  for (let turn = 0; turn < 20; turn += 1) {
    const taken = await take(file);
    if (taken.isTaken) expect(await readFile(taken.file.path, 'utf8')).toBe('first line\n');
    else expect(taken.reason).toBe('changed');
  }
  isOver = true;
  await grows;
  expect(await take(file)).toEqual({ isTaken: false, reason: 'changed' });
});
