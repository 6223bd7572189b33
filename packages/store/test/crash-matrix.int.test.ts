import { describe, expect, it } from 'vitest';
import { complaints, conversation } from './conversation.ts';
import { crashDisks } from './crash-disks.ts';
import { crashEverywhere } from './crash-everywhere.ts';
import { heldWords, keptComplaints, parkedWords } from './kept-words.ts';
import { madeComplaints, madeFiles } from './made-files.ts';

const platforms = [
  ['a keyed platform', { isKeyed: true }],
  ['a platform without keys', { isKeyed: false }],
  ['a platform with live views', { isKeyed: true, hasLive: true }],
] as const;

describe.each(crashDisks)('killed at every durable write on %s', (_driver, openDisk) => {
  it.each(platforms)('over %s: nothing lost, nothing twice', async (_name, platform) => {
    const played = await crashEverywhere(
      openDisk,
      () => conversation(platform),
      (outcome) => complaints(outcome, platform),
    );
    expect(played.complaints).toEqual([]);
    expect(played.calm.world.agent.turns.map((turn) => turn.status)).toEqual(['completed', 'interrupted']);
    expect(played.calm.writes).toBeGreaterThan(30);
  });

  it.each([
    ['a limit', parkedWords],
    ['another program', heldWords],
  ] as const)('what is kept because of %s runs once, or people know', async (_name, scenario) => {
    const played = await crashEverywhere(openDisk, () => scenario({ isKeyed: true }), keptComplaints);
    expect(played.complaints).toEqual([]);
    expect(played.calm.world.platform.shown.map(({ message }) => message.markdown)).toContain('Summed up.');
  });

  it.each([true, false])('a file that a run made goes out once, or people know (keyed: %s)', async (isKeyed) => {
    const played = await crashEverywhere(
      openDisk,
      () => madeFiles({ isKeyed }),
      (outcome) => madeComplaints(outcome, isKeyed),
    );
    expect(played.complaints).toEqual([]);
    const sent = played.calm.world.platform.shown.flatMap(({ message }) => message.files ?? []);
    expect(sent).toMatchObject([{ path: '/media/out/report.txt' }]);
  });
});
