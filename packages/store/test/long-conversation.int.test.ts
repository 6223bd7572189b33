import { playWithCrash } from '@threadbridge/core/testing';
import { describe, expect, it } from 'vitest';
import { crashDisks } from './crash-disks.ts';
import { longComplaints, longConversation } from './long-conversation.ts';

describe.each(crashDisks)('a long conversation on two channels, killed at every durable write on %s', (_driver, openDisk) => {
  it('loses nothing, doubles nothing, and tells every doubt', { timeout: 120_000 }, async () => {
    const play = async (crash: Parameters<typeof playWithCrash>[2]) => {
      const disk = await openDisk();
      try {
        return await playWithCrash(disk, longConversation(), crash);
      } finally {
        await disk.close();
      }
    };
    const calm = await play(undefined);
    expect(longComplaints(calm)).toEqual([]);
    expect(calm.world.agent.turns.map(({ status }) => status)).toEqual([
      ...['completed', 'completed', 'failed', 'completed', 'completed', 'completed', 'interrupted'],
    ]);
    expect(calm.world.agent.turns[1]?.steers).toEqual(['faster']);
    expect(calm.world.agent.turns[5]?.thread).toBe(calm.world.agent.turns[0]?.thread);
    expect(calm.writes).toBeGreaterThan(100);
    const found: string[] = [];
    for (let write = 1; write <= calm.writes; write += 1) {
      for (const when of ['before', 'after'] as const)
        found.push(...longComplaints(await play({ write, when })).map((complaint) => `${when} write ${write}: ${complaint}`));
    }
    expect(found).toEqual([]);
  });
});
