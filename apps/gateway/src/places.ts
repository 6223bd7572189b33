import { readdir, readFile, realpath } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname, join, sep } from 'node:path';
import type { Places } from '@threadbridge/core';

export interface PlacesOptions {
  /** Directories that are refused with everything below them: our own state, homes of Codex. */
  readonly own: readonly string[];
  /** Default: the person's. */
  readonly home?: string;
}

interface SystemPlaces {
  /** What the system owns, with everything below. Where a directory is absent, naming it does no harm. */
  readonly system: readonly string[];
  /** Directories that hold whatever anybody put there. */
  readonly broad: readonly string[];
  /** Directories each entry of which is a volume. */
  readonly volumes: readonly string[];
}

function systemPlaces(platform: NodeJS.Platform): SystemPlaces {
  const paths = (text: string) => text.split('|');
  switch (platform) {
    case 'win32':
      return {
        system: paths('C:\\Windows|C:\\Program Files|C:\\Program Files (x86)|C:\\ProgramData'),
        broad: paths('C:\\Users|C:\\Users\\Public|C:\\Temp'),
        volumes: [],
      };
    case 'darwin':
      return {
        system: paths(
          '/System|/Library|/Applications|/bin|/sbin|/usr|/private/etc|/private/var/db|/private/var/log|/dev|/cores|/opt/homebrew',
        ),
        broad: paths('/Users|/Users/Shared|/private/tmp|/private/var/tmp|/opt'),
        volumes: ['/Volumes'],
      };
    default:
      return {
        system: paths(
          '/bin|/sbin|/lib|/lib32|/lib64|/usr|/etc|/boot|/dev|/proc|/sys|/var/lib|/var/log|/var/cache|/var/spool|/nix|/snap',
        ),
        broad: paths('/home|/tmp|/var/tmp|/opt|/srv|/run'),
        volumes: ['/mnt', '/media', `/media/${userName()}`, `/run/media/${userName()}`],
      };
  }
}

/** Where things are on this computer now; volumes come and go, so this is asked each time. */
export async function findPlaces(options: PlacesOptions): Promise<Places> {
  const home = await real(options.home ?? homedir());
  const known = systemPlaces(process.platform);
  const volumes = await Promise.all(known.volumes.map(async (directory) => [directory, ...(await entries(directory))]));
  const broad = [
    dirname(home),
    tmpdir(),
    ...['Desktop', 'Downloads', 'Documents', 'OneDrive', join('OneDrive', 'Desktop')].map((name) => join(home, name)),
    ...(await userDirectories(home)),
    ...known.broad,
    ...volumes.flat(),
  ];
  return {
    separator: sep === '\\' ? '\\' : '/',
    home,
    tooBroad: await Promise.all(broad.map(real)),
    offLimits: await Promise.all([...options.own, ...known.system].map(real)),
  };
}

/** The real path, also of what does not exist yet: the part that exists is followed. */
async function real(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await real(parent), path.slice(parent.length));
  }
}

async function entries(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.map((name) => join(directory, name));
}

/** Desktop and downloads under the names of the person's language. https://www.freedesktop.org/wiki/Software/xdg-user-dirs/ */
async function userDirectories(home: string): Promise<readonly string[]> {
  const text = await readFile(join(home, '.config', 'user-dirs.dirs'), 'utf8').catch(() => '');
  return Array.from(text.matchAll(/^XDG_(?:DESKTOP|DOWNLOAD|DOCUMENTS)_DIR="(.+)"$/gm), ([, path]) =>
    (path ?? '').replace('$HOME', home),
  ).filter((path) => path.startsWith('/'));
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return String(process.getuid?.() ?? 'user');
  }
}
