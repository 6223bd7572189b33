import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A small disk that can be filled and made slow. */
export interface SmallDisk {
  /** Leaves not one byte free for a while. False: something is wrong with it already. */
  fill(ms: number): Promise<boolean>;
  /** Every write waits, again and again, for a while. False: something is wrong with it already. */
  slow(ms: number): Promise<boolean>;
  /** Resolves once nothing is wrong with it. */
  isWell(): Promise<void>;
  close(): void;
}

const diskBytes = 128 * 2 ** 20;
/** How long a write stands still at most, and the breath between. */
const [stallMs, breathMs] = [120, 30] as const;

/** Mounts a disk of its own at this folder. Undefined where this process may not. */
export function openDisk(image: string, at: string): SmallDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const run = (command: string, ...args: readonly string[]) => execFileSync(command, args, { stdio: 'ignore' });
  try {
    writeFileSync(image, '');
    truncateSync(image, diskBytes);
    run('mkfs.ext4', '-q', '-m', '0', image);
    run('mount', '-o', 'loop', image, at);
  } catch {
    rmSync(image, { force: true });
    return undefined;
  }
  let trouble: Promise<unknown> | undefined;
  async function under(make: () => Promise<void>): Promise<boolean> {
    if (trouble !== undefined) return false;
    trouble = make().finally(() => {
      trouble = undefined;
    });
    await trouble;
    return true;
  }
  return {
    fill: (ms) =>
      under(async () => {
        const ballast = join(at, 'ballast');
        fillUp(ballast);
        await delay(ms);
        await rm(ballast, { force: true });
      }),
    slow: (ms) =>
      under(async () => {
        for (const until = Date.now() + ms; Date.now() < until; ) {
          run('fsfreeze', '--freeze', at);
          try {
            await delay(stallMs);
          } finally {
            run('fsfreeze', '--unfreeze', at);
          }
          await delay(breathMs);
        }
      }),
    async isWell() {
      await trouble;
    },
    close: () => run('umount', '-l', at),
  };
}

/** In smaller and smaller pieces, until not one more byte is taken. */
function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const size of [2 ** 20, 4_096, 1]) writeWhileTaken(file, Buffer.alloc(size));
  } finally {
    closeSync(file);
  }
}

function writeWhileTaken(file: number, piece: Buffer): void {
  try {
    for (;;) writeSync(file, piece);
  } catch {
    // Full, as wished.
  }
}
