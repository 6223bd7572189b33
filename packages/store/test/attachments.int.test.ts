import { type CrashScenario, playWithCrash } from '@threadbridge/core/testing';
import { expect, it } from 'vitest';
import { createMemoryDisk, createMemoryStore } from '../src/memory/index.ts';

const one = [{ name: 'a.txt', bytes: Buffer.from('alpha') }];

/** Somebody sends words with a file, and waits for the answer. */
function scenario(files = one): CrashScenario {
  let hasSaid = false;
  return {
    platform: { isKeyed: true },
    script: () => [{ say: 'Read.' }],
    person({ platform }) {
      if (!hasSaid) platform.say('read this', { files });
      hasSaid = true;
      return platform.shown.some(({ message }) => /Read\.|cut off|did not reach/.test(message.markdown));
    },
  };
}

async function play(crash: Parameters<typeof playWithCrash>[2]) {
  const disk = createMemoryDisk();
  return playWithCrash({ open: async () => createMemoryStore({ disk }), close: async () => {} }, scenario(), crash);
}

it('a file is fetched, waited for and named to the agent once, wherever the process is killed', async () => {
  const calm = await play(undefined);
  expect(calm.world.agent.turns.map((turn) => turn.prompt)).toEqual([expect.stringMatching(/Read it at \/media\/\S+\/alpha/)]);
  for (let write = 1; write <= calm.writes; write += 1) {
    for (const when of ['before', 'after'] as const) {
      const { world } = await play({ write, when });
      const prompts = world.agent.turns.map((turn) => turn.prompt);
      expect(prompts.length, `${when} write ${write}`).toBeLessThanOrEqual(1);
      for (const prompt of prompts)
        expect(prompt, `${when} write ${write}`).toMatch(/Read it at \/media\/\S+\/alpha[\s\S]*read this/);
    }
  }
});

it('of a hundred files as many are taken as the profile allows, and people read of each of the others', async () => {
  const files = Array.from({ length: 100 }, (_, index) => ({ name: `f${index}.txt`, bytes: Buffer.from(`content ${index}`) }));
  const disk = createMemoryDisk();
  const { world } = await playWithCrash(
    { open: async () => createMemoryStore({ disk }), close: async () => {} },
    scenario(files),
    undefined,
  );
  const prompt = world.agent.turns[0]?.prompt ?? '';
  expect(prompt.match(/Read it at/g)).toHaveLength(10);
  expect(prompt.match(/Not taken by the chat program \(count\)/g)).toHaveLength(90);
  const told = world.platform.shown.map(({ message }) => message.markdown).join('');
  for (const { name } of files.slice(10)) expect(told).toContain(`“${name}”`);
});
