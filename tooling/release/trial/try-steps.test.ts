import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Home, openHome } from './home.ts';
import { filesIn, leftIn, processesOf } from './left-over.ts';
import type { Step } from './step.ts';
import { trySteps } from './try-steps.ts';

let directory: string;
let home: Home;
let said: string[];
const attempt = (...steps: readonly Step[]) => trySteps(steps, home, (line) => said.push(line));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'try-steps-'));
  const npm = { userconfig: '', globalconfig: '', cache: '' };
  home = openHome({ directory, node: process.execPath, registry: 'http://127.0.0.1:9', npm });
  said = [];
});
afterEach(async () => {
  await home[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

const fine: Step = { name: 'fine', timeoutMs: 60_000, try: async () => 'all was well' };

it('tells each step in a line', async () => {
  expect(await attempt(fine, { ...fine, name: 'finer' })).toEqual([]);
  expect(said).toEqual([expect.stringMatching(/^✓ fine .+ s {2}all was well$/), expect.stringMatching(/^✓ finer /)]);
});

it('stops at the first that fails, and names what was not tried', async () => {
  const broken: Step = { name: 'broken', timeoutMs: 60_000, try: () => Promise.reject(new Error('it hurts\nhere')) };
  expect(await attempt(broken, fine)).toEqual(['broken: it hurts\nhere']);
  expect(said).toEqual([expect.stringMatching(/^✗ broken .+ s {2}it hurts$/), '  not tried: fine']);
});

it('ends a step that takes too long with all that it started, and says what it waited for', async () => {
  const slow: Step = {
    name: 'slow',
    timeoutMs: 300,
    async try({ start, until }) {
      start('sleeper', 'sh', ['-c', 'sleep 1000 & sleep 1000']);
      return until<string>('a miracle', async () => undefined);
    },
  };
  expect(await attempt(slow)).toEqual([expect.stringContaining('took more than 0.3 s: Error: waited in vain for a miracle')]);
  await expect.poll(() => processesOf(directory), { timeout: 30_000 }).toEqual([]);
});

it('lets go on what a step that succeeded left running, until the trial ends', async () => {
  const starts: Step = {
    ...fine,
    async try({ start }) {
      await start('talker', 'sh', ['-c', 'echo up; exec sleep 1000']).shows(/up/);
      return 'it runs';
    },
  };
  const uses: Step = { ...fine, try: async ({ running }) => running('talker').stdout.trim() };
  expect(await attempt(starts, uses)).toEqual([]);
  expect(said[1]).toContain('up');
  expect(await processesOf(directory)).toHaveLength(1);
  await home[Symbol.asyncDispose]();
  await expect.poll(() => processesOf(directory), { timeout: 30_000 }).toEqual([]);
});

it('gives commands a home of their own, and nothing of this one', async () => {
  const looks: Step = {
    ...fine,
    async try({ start }) {
      const group = start('env', 'env', []);
      await group.ended;
      return group.stdout;
    },
  };
  await attempt(looks);
  const names = (said[0]?.match(/^(?:.*s {2})?(\w+)=/gm) ?? []).map((line) => line.replace(/^.*s {2}|=$/g, ''));
  expect(names.sort()).toEqual(['HOME', 'LANG', 'PATH', 'TERM', 'TMPDIR']);
  expect(said[0]).toContain(`HOME=${home.home}`);
});

it('sees what is left, but for the locks of the sandbox', () => {
  expect(filesIn(home.home)).toEqual([]);
  writeFileSync(join(home.workspace, 'a.txt'), '');
  expect(filesIn(home.home)).toEqual(['code/app/a.txt']);
  writeFileSync(join(home.temporary, 'codex-bwrap-x'), '');
  writeFileSync(join(home.temporary, 'threadbridge-demo'), '');
  expect(leftIn(home.temporary)).toEqual(['threadbridge-demo']);
});
