import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findNativeBinary } from '../../src/process/native-binary.ts';
import { pinnedVersion } from '../../src/version.ts';

/** A Codex program of some version. */
export interface FetchedCodex {
  readonly bin: string;
  /** Frees the disk, some 400 MB; the pinned one stays. */
  remove(): Promise<void>;
}

export function defaultCache(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'threadbridge', 'codex');
}

/** The program of one released version: the pinned one as installed, any other from the npm registry, kept in `cache`. */
export async function fetchCodex(version: string, cache: string): Promise<FetchedCodex> {
  if (version === pinnedVersion) return { bin: findNativeBinary(), async remove() {} };
  const folder = join(cache, version);
  const remove = () => rm(folder, { recursive: true, force: true });
  const find = () =>
    findNativeBinary({
      resolve: (request, from) =>
        createRequire(request === '@openai/codex/package.json' ? join(folder, 'package.json') : from).resolve(request),
    });
  try {
    return { bin: find(), remove };
  } catch {
    // Not there yet, or not whole.
    await remove();
  }
  await mkdir(folder, { recursive: true });
  const flags = ['--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--include=optional'];
  await promisify(execFile)('npm', ['install', ...flags, `@openai/codex@${version}`], {
    cwd: folder,
    shell: process.platform === 'win32',
  });
  return { bin: find(), remove };
}
