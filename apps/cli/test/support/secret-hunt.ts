import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Secrets that are looked for wherever something was seen. */
export interface SecretHunt {
  /** From now on this one is looked for, but not in a place of that name, where it belongs. */
  plant(name: string, secret: string, home?: string): void;
  /** Keeps what was seen; answers with it. */
  see<Seen extends string | Uint8Array>(where: string, seen: Seen): Seen;
  /** Every secret that was seen, with where and in which shape. */
  found(): readonly string[];
  /** How much was looked at, in bytes. */
  readonly sizeBytes: number;
}

export function createSecretHunt(): SecretHunt {
  const planted = new Map<string, { readonly secret: string; readonly home: string | undefined }>();
  const places: { readonly where: string; readonly bytes: Buffer }[] = [];
  return {
    plant(name, secret, home) {
      if (secret.length < 12) throw new Error(`${name} is too short to be looked for.`);
      planted.set(name, { secret, home });
    },
    see(where, seen) {
      places.push({ where, bytes: Buffer.from(seen as string) });
      return seen;
    },
    found() {
      const leaks: string[] = [];
      for (const [name, { secret, home }] of planted) {
        for (const [shape, text] of shapesOf(secret)) {
          for (const { where, bytes } of places)
            if (!(home !== undefined && where.includes(home)) && bytes.includes(text))
              leaks.push(`${name} (${shape}) in ${where}`);
        }
      }
      return leaks;
    },
    get sizeBytes() {
      return places.reduce((sum, { bytes }) => sum + bytes.length, 0);
    },
  };
}

/** A secret as it may hide: as it is, written for JSON or an address, or in the letters of base64 at each of the three places it can begin. */
function shapesOf(secret: string): readonly (readonly [shape: string, text: string])[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // Letters at either end depend on what stands beside it.
    const own = whole.slice(Math.ceil((before * 4) / 3), -4);
    return [
      [`base64 at ${before}`, own],
      [`base64url at ${before}`, own.replaceAll('+', '-').replaceAll('/', '_')],
    ] as const;
  });
  return [
    ['plain', secret],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['JSON in JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['address', encodeURIComponent(secret)],
    ['hex', bytes.toString('hex')],
    ...base64,
  ];
}

/** Everything below a directory, by path; packed files also unpacked. `without`: names that are left out. */
export async function filesBelow(directory: string, without: readonly string[]): Promise<readonly (readonly [string, Buffer])[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const wanted = paths.filter((path) => !without.some((name) => path.slice(directory.length).split('/').includes(name)));
  const contents = await Promise.all(wanted.map(async (path) => [path, await readFile(path)] as const));
  return contents.flatMap(([path, bytes]) =>
    path.endsWith('.gz')
      ? [
          [path, bytes],
          [`${path} unpacked`, gunzipSync(bytes)],
        ]
      : [[path, bytes]],
  );
}

/** Arguments of a process and of all that it began, and the variables of these: what others on the computer can read. Linux alone. */
export async function processesBelow(root: number): Promise<readonly (readonly [string, Buffer])[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && parent > 1 && (parent === root || isBelow(parent));
  };
  const seen: (readonly [string, Buffer])[] = [];
  for (const pid of [root, ...pids.filter(isBelow)]) {
    const name = await readlink(`/proc/${pid}/exe`).catch(() => 'gone');
    const read = (file: string) => readFile(`/proc/${pid}/${file}`).catch(() => Buffer.alloc(0));
    seen.push([`arguments of ${name}`, await read('cmdline')]);
    // The gateway's own variables are where its owner put them.
    if (pid !== root) seen.push([`variables of ${name}`, await read('environ')]);
  }
  return seen;
}
