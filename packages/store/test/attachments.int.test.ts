import { type CrashOutcome, type CrashScenario, playWithCrash } from '@threadbridge/core/testing';
import { expect, it } from 'vitest';
import { openMemory } from './crash-disks.ts';
import { crashEverywhere } from './crash-everywhere.ts';

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

function judge({ world }: CrashOutcome): readonly string[] {
  const prompts = world.agent.turns.map((turn) => turn.prompt);
  const found = prompts.length > 1 ? [`it ran ${prompts.length} times`] : [];
  return prompts.every((prompt) => /Read it at \/media\/\S+\/alpha[\s\S]*read this/.test(prompt))
    ? found
    : [...found, 'the file is not named'];
}

it('a file is fetched, waited for and named to the agent once, wherever the process is killed', async () => {
  const { calm, complaints } = await crashEverywhere(openMemory, scenario, judge);
  expect(complaints).toEqual([]);
  expect(calm.world.agent.turns.map((turn) => turn.prompt)).toEqual([expect.stringMatching(/Read it at \/media\/\S+\/alpha/)]);
});

it('of a hundred files as many are taken as the profile allows, and people read of each of the others', async () => {
  const files = Array.from({ length: 100 }, (_, index) => ({ name: `f${index}.txt`, bytes: Buffer.from(`content ${index}`) }));
  const { world } = await playWithCrash(await openMemory(), scenario(files));
  const prompt = world.agent.turns[0]?.prompt ?? '';
  expect(prompt.match(/Read it at/g)).toHaveLength(10);
  expect(prompt.match(/Not taken by the chat program \(count\)/g)).toHaveLength(90);
  const told = world.platform.shown.map(({ message }) => message.markdown).join('');
  for (const { name } of files.slice(10)) expect(told).toContain(`“${name}”`);
});
