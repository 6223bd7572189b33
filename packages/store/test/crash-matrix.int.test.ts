import { playWithCrash } from '@threadbridge/core/testing';
import { describe, expect, it } from 'vitest';
import { complaints, conversation } from './conversation.ts';
import { crashDisks } from './crash-disks.ts';
import { heldWords, keptComplaints, parkedWords } from './kept-words.ts';
import { madeComplaints, madeFiles } from './made-files.ts';

const platforms = [
  ['a keyed platform', { isKeyed: true }],
  ['a platform without keys', { isKeyed: false }],
  ['a platform with live views', { isKeyed: true, hasLive: true }],
] as const;

describe.each(crashDisks)('killed at every durable write on %s', (_driver, openDisk) => {
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
