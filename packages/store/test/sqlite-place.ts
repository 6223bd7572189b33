import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@threadbridge/contract';

/** An empty directory of the test's own. */
export async function temporaryDirectory(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'threadbridge-store-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The system's clock of a computer on which it is later. */
export function clockAhead(ms: number) {
  return { ...systemClock, now: () => Date.now() + ms };
}

/** Whether better-sqlite3 can run here; the package itself runs on an older Node and says so. */
export const canRunSqlite = Number(process.versions.napi) >= 10;
