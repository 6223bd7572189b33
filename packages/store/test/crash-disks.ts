import type { Clock } from '@threadbridge/contract';
import type { CrashDisk } from '@threadbridge/core/testing';
import Database from 'better-sqlite3';
import { createSqliteStore } from '../src/index.ts';
import { createMemoryDisk, createMemoryStore } from '../src/memory/index.ts';
import { openPlace } from './sqlite-place.ts';

/** Data in memory that outlives the process. */
export async function openMemory(): Promise<CrashDisk> {
  const disk = createMemoryDisk();
  return { open: async () => createMemoryStore({ disk }), close: async () => {} };
}

/** The crashed opener is still in this process, so its lease would look alive: its last sign of life is wiped, as time would do it. */
async function sqlite(): Promise<CrashDisk> {
  const { path, [Symbol.asyncDispose]: close } = await openPlace();
  let isOpened = false;
  return {
    async open(clock: Clock) {
      if (isOpened) {
        const raw = new Database(path);
        raw.prepare('update lease set heartbeat_at = 0').run();
        raw.close();
      }
      isOpened = true;
      return createSqliteStore({ path, clock });
    },
    close: async () => close(),
  };
}

/** Both drivers, each on data that outlives the process. */
export const crashDisks = [
  ['memory', openMemory],
  ['SQLite', sqlite],
] as const;
