import { describe, expect, it } from 'vitest';
import { crashDisks } from './crash-disks.ts';
import { crashEverywhere } from './crash-everywhere.ts';
import { longComplaints } from './judge-long-conversation.ts';
import { longConversation } from './long-conversation.ts';

describe.each(crashDisks)('a long conversation on two channels, killed at every durable write on %s', (_driver, openDisk) => {
  it('loses nothing, doubles nothing, and tells every doubt by name where it belongs', { timeout: 300_000 }, async () => {
    const { calm, complaints } = await crashEverywhere(openDisk, longConversation, longComplaints);
    expect(complaints).toEqual([]);
    expect(calm.world.agent.turns.map(({ status }) => status)).toEqual([
      ...['completed', 'completed', 'failed', 'completed', 'completed', 'completed', 'interrupted'],
    ]);
    expect(calm.world.agent.turns[1]?.steers).toEqual(['faster']);
    expect(calm.world.agent.turns[5]?.thread).toBe(calm.world.agent.turns[0]?.thread);
    expect(calm.writes).toBeGreaterThan(100);
  });
});
