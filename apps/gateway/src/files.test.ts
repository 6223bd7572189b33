import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFiles } from './files.ts';
import { findPlaces } from './places.ts';

let root: string;
let home: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-files-')));
  home = join(root, 'users', 'me');
  for (const path of [
    'Desktop',
    'Downloads',
    'code/app',
    '.threadbridge/profiles/default',
    '.codex/sessions',
    '.config',
    'Arbeitsfläche/x',
  ])
    await mkdir(join(home, path), { recursive: true });
  await writeFile(join(home, '.config', 'user-dirs.dirs'), '# made\nXDG_DESKTOP_DIR="$HOME/Arbeitsfläche"\n');
});
afterEach(() => rm(root, { recursive: true }));

function files() {
  const own = [join(home, '.threadbridge'), join(home, '.codex'), join(home, '.codex-not-made-yet')];
  return createFiles({ offLimits: own, media: join(root, 'media'), places: () => findPlaces({ own, home }) });
}

async function reasonFor(path: string): Promise<string> {
  const verdict = await files().resolveWorkspace(path, 'en');
  return verdict.allowed ? 'allowed' : verdict.reason.replace(path, 'PATH');
}

describe('a workspace', () => {
  it('is the directory of a project, by its real path', async () => {
    await symlink(join(home, 'code', 'app'), join(root, 'shortcut'));
    expect(await files().resolveWorkspace(join(root, 'shortcut'), 'en')).toEqual({
      allowed: true,
      path: join(home, 'code', 'app'),
    });
    expect(await files().resolveWorkspace(join(home, 'Desktop', '..', 'code'), 'en')).toEqual({
      allowed: true,
      path: join(home, 'code'),
    });
  });

  it('may lie below what is too wide itself', async () => {
    await mkdir(join(home, 'Desktop', 'project'));
    expect(await reasonFor(join(home, 'Desktop', 'project'))).toBe('allowed');
    expect(await reasonFor(join(home, 'Arbeitsfläche', 'x'))).toBe('allowed');
  });

  it('is not the root of a file system', async () => {
    expect(await reasonFor('/')).toContain('is the root of a file system');
  });

  it('is not the directory of temporary files', async () => {
    const here = createFiles({
      offLimits: [],
      media: join(root, 'media'),
      places: () => findPlaces({ own: [], home: '/somewhere/me' }),
    });
    const verdict = await here.resolveWorkspace(tmpdir(), 'en');
    expect(verdict).toMatchObject({ allowed: false, reason: expect.stringContaining('holds too many different things') });
  });

  it.skipIf(process.platform === 'win32').each([['/etc'], ['/usr/bin'], ['/dev']])(
    'is not a directory of the system: %s',
    async (path) => {
      expect(await reasonFor(path)).toMatch(/belongs to the system/);
    },
  );

  it.each([
    ['', 'is the home directory'],
    ['..', 'contains the home directory'],
    ['../..', 'contains the home directory'],
    ['Desktop', 'holds too many different things'],
    ['Downloads', 'holds too many different things'],
    ['Arbeitsfläche', 'holds too many different things'],
    ['.threadbridge', 'belongs to'],
    ['.threadbridge/profiles/default', 'belongs to'],
    ['.codex/sessions', 'belongs to'],
    ['nowhere', 'does not exist'],
    ['.config/user-dirs.dirs', 'is not a directory'],
    ['.config/user-dirs.dirs/x', 'is not a directory'],
  ])('is not ~/%s', async (path, words) => {
    expect(await reasonFor(join(home, path))).toContain(`PATH\` ${words}`);
  });

  it('is not reached by a link into a place that is off limits', async () => {
    await symlink(join(home, '.codex'), join(home, 'code', 'innocent'));
    expect(await reasonFor(join(home, 'code', 'innocent', 'sessions'))).toContain('belongs to');
  });

  it('does not contain what is off limits', async () => {
    const own = [join(home, 'code', 'app', 'state')];
    const here = createFiles({
      offLimits: own,
      media: join(root, 'media'),
      places: () => findPlaces({ own, home }),
    });
    const verdict = await here.resolveWorkspace(join(home, 'code', 'app'), 'en');
    expect(verdict).toMatchObject({ allowed: false, reason: expect.stringContaining('contains directories') });
  });

  it.each([['code/app'], [''], ['./'], ['\0'], ['/tmp/\0x']])('is named from the root: %j', async (path) => {
    expect(await reasonFor(path)).toContain('is not an absolute path');
  });

  it('is refused in the language that is asked for', async () => {
    expect(await files().resolveWorkspace('/', 'zh')).toEqual({
      allowed: false,
      reason: '`/` 是文件系统的根目录，范围太大，不能作为工作目录。请给出一个项目的目录。',
    });
  });
});
