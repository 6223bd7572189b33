import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { baseEnvironment, setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp();
});
afterAll(() => world[Symbol.asyncDispose]());

interface Line {
  readonly index?: number;
  readonly turn?: number;
  readonly thread?: string;
  readonly text?: string;
  readonly ends?: number;
  readonly quarter?: number;
  readonly heapUsed?: number;
  readonly rss?: number;
}

const mebibyte = 1024 * 1024;

it('50 threads take 200 turns, 8 at a time: each is answered once, in order, and the client holds no more memory at the end', async () => {
  const client = spawn(process.execPath, ['--expose-gc', join(import.meta.dirname, 'fixtures', 'many-turns.mjs')], {
    env: {
      ...baseEnvironment(),
      TEST_HOME: world.home,
      TEST_WORKSPACE: world.workspace,
      TEST_CONFIG: JSON.stringify(world.model.codexConfig()),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(client, 'exit');
  const lines: Line[] = [];
  for await (const line of createInterface({ input: client.stdout })) lines.push(JSON.parse(line) as Line);
  expect((await gone)[0]).toBe(0);

  const turns = lines.filter((line) => line.index !== undefined);
  expect(turns).toHaveLength(200);
  for (const { index, turn, text, ends } of turns) expect({ text, ends }).toEqual({ text: `${index}/${turn}`, ends: 1 });
  const threads = new Map(turns.map(({ index, thread }) => [index, thread]));
  expect(new Set(threads.values()).size).toBe(50);

  // What the model was told last on each thread names all its prompts in their order.
  expect(world.model.requests).toHaveLength(200);
  for (let index = 0; index < 50; index++) {
    const prompts = [0, 1, 2, 3].map((turn) => `[[say: ${index}/${turn}]]`);
    const last = world.model.requests.findLast(({ userTexts }) => userTexts.includes(prompts[3] as string));
    expect(last?.userTexts.filter((text) => text.startsWith('[[say:'))).toEqual(prompts);
  }
  expect(world.model.problems).toEqual([]);

  const [, second, , fourth] = lines.filter((line) => line.quarter !== undefined);
  expect((fourth?.heapUsed ?? 0) - (second?.heapUsed ?? 0)).toBeLessThan(2 * mebibyte);
  expect((fourth?.rss ?? 0) - (second?.rss ?? 0)).toBeLessThan(24 * mebibyte);
});
