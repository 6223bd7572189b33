import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Something that takes the place of what is there; without `from` what is there only goes. */
export interface Placing {
  readonly from?: string;
  readonly to: string;
}

/** Moves what is there into a directory of its own, and the new in its place, by renaming alone. Where a step fails everything goes back. */
export async function putInPlace(placings: readonly Placing[], aside: string): Promise<void> {
  const done: (readonly [from: string, to: string])[] = [];
  const move = async (from: string, to: string) => {
    await rename(from, to);
    done.push([from, to]);
  };
  const old = placings.filter(({ to }) => existsSync(to));
  try {
    if (old.length > 0) await mkdir(aside, { recursive: true, mode: 0o700 });
    for (const { to } of old) await move(to, join(aside, basename(to)));
    for (const { from, to } of placings) {
      if (from === undefined || !existsSync(from)) continue;
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      await move(from, to);
    }
  } catch (error) {
    for (const [from, to] of done.toReversed()) await rename(to, from);
    throw error;
  }
}
