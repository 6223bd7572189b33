import { join } from 'node:path';
import type { Clock } from '@threadbridge/contract';
import { type CrashDisk, playWithCrash } from '@threadbridge/core/testing';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createSqliteStore } from '../src/index.ts';
import { createMemoryDisk, createMemoryStore } from '../src/memory/index.ts';
import { complaints, conversation } from './conversation.ts';
import { heldWords, keptComplaints, parkedWords } from './kept-words.ts';
import { madeComplaints, madeFiles } from './made-files.ts';
import { temporaryDirectory } from './sqlite-place.ts';

async function memory(): Promise<CrashDisk> {
  const disk = createMemoryDisk();
  return { open: async () => createMemoryStore({ disk }), close: async () => {} };
}

/** The crashed opener is still in this process, so its lease would look alive: its last sign of life is wiped, as time would do it. */
async function sqlite(): Promise<CrashDisk> {
  const directory = await temporaryDirectory();
  const path = join(directory.path, 'store.db');
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
    close: () => directory.remove(),
  };
}

const platforms = [
  ['a keyed platform', { isKeyed: true }],
  ['a platform without keys', { isKeyed: false }],
  ['a platform with live views', { isKeyed: true, hasLive: true }],
] as const;

describe.each([
  ['memory', memory],
  ['SQLite', sqlite],
] as const)('killed at every durable write on %s', (_driver, openDisk) => {
  it.each(platforms)('over %s: nothing lost, nothing twice', async (_name, platform) => {
    const play = async (crash: Parameters<typeof playWithCrash>[2]) => {
      const disk = await openDisk();
      try {
        return await playWithCrash(disk, conversation(platform), crash);
      } finally {
        await disk.close();
      }
    };
    const calm = await play(undefined);
    expect(complaints(calm, platform)).toEqual([]);
    expect(calm.world.agent.turns.map((turn) => turn.status)).toEqual(['completed', 'interrupted']);
    expect(calm.writes).toBeGreaterThan(30);
    const found: string[] = [];
    for (let write = 1; write <= calm.writes; write += 1) {
      for (const when of ['before', 'after'] as const) {
        const outcome = await play({ write, when });
        expect(outcome.hasCrashed).toBe(true);
        found.push(...complaints(outcome, platform).map((complaint) => `${when} write ${write}: ${complaint}`));
      }
    }
    expect(found).toEqual([]);
  });

  it.each([
    ['a limit', parkedWords],
    ['another program', heldWords],
  ] as const)('what is kept because of %s runs once, or people know', async (_name, scenario) => {
    const play = async (crash: Parameters<typeof playWithCrash>[2]) => {
      const disk = await openDisk();
      try {
        return await playWithCrash(disk, scenario({ isKeyed: true }), crash);
      } finally {
        await disk.close();
      }
    };
    const calm = await play(undefined);
    expect(keptComplaints(calm)).toEqual([]);
    expect(calm.world.platform.shown.at(-1)?.message.markdown).toBe('Summed up.');
    const found: string[] = [];
    for (let write = 1; write <= calm.writes; write += 1) {
      for (const when of ['before', 'after'] as const)
        found.push(...keptComplaints(await play({ write, when })).map((complaint) => `${when} write ${write}: ${complaint}`));
    }
    expect(found).toEqual([]);
  });

  it.each([true, false])('a file that a run made goes out once, or people know (keyed: %s)', async (isKeyed) => {
    const play = async (crash: Parameters<typeof playWithCrash>[2]) => {
      const disk = await openDisk();
      try {
        return await playWithCrash(disk, madeFiles({ isKeyed }), crash);
      } finally {
        await disk.close();
      }
    };
    const calm = await play(undefined);
    expect(madeComplaints(calm, isKeyed)).toEqual([]);
    expect(calm.world.platform.shown.at(-1)?.message.files).toMatchObject([{ path: '/media/out/report.txt' }]);
    const found: string[] = [];
    for (let write = 1; write <= calm.writes; write += 1) {
      for (const when of ['before', 'after'] as const)
        found.push(
          ...madeComplaints(await play({ write, when }), isKeyed).map((complaint) => `${when} write ${write}: ${complaint}`),
        );
    }
    expect(found).toEqual([]);
  });
});
