import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { secretPaths } from './secret-paths.ts';

it('are real, outermost and there', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-secret-')));
  try {
    const [home, inner, other] = [join(folder, 'home'), join(folder, 'home', 'inner'), join(folder, 'home-too')];
    await mkdir(inner, { recursive: true });
    await mkdir(other);
    await symlink(other, join(folder, 'link'));
    expect(await secretPaths([inner, home, join(folder, 'link'), other, join(folder, 'gone')])).toEqual([home, other]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
