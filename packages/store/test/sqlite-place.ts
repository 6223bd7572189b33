import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@threadbridge/contract';
import { afterEach, beforeEach } from 'vitest';

/** An empty directory, and the file in it that is to be the store. */
export interface SqlitePlace {
  readonly directory: string;
  readonly path: string;
}

/** A place of its own, gone when it is disposed of. */
export async function openPlace(): Promise<SqlitePlace & AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), 'threadbridge-store-'));
  return {
    directory,
    path: join(directory, 'store.db'),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A new place for each test of a suite; said first, it goes after all that the suite opens in it. */
export function placeOfEachTest(): SqlitePlace {
  let place: Awaited<ReturnType<typeof openPlace>>;
  beforeEach(async () => {
    place = await openPlace();
  });
  afterEach(() => place[Symbol.asyncDispose]());
  return {
    get directory() {
      return place.directory;
    },
    get path() {
      return place.path;
    },
  };
}

/** The system's clock of a computer on which it is later. */
export function clockAhead(ms: number) {
  return { ...systemClock, now: () => Date.now() + ms };
}

/** Whether better-sqlite3 can run here; the package itself runs on an older Node and says so. */
export const canRunSqlite = Number(process.versions.napi) >= 10;
