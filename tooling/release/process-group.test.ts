import { expect, it } from 'vitest';
import { startGroup } from './process-group.ts';
import { processesOf } from './trial/left-over.ts';

const environment = { PATH: process.env.PATH };
let count = 0;

/** A shell, with a mark that its whole group carries. */
function shell(script: string, signal = new AbortController().signal) {
  const mark = `process-group-test-${process.pid}-${count++}`;
  return { mark, group: startGroup('sh', ['-c', script], { cwd: '/', environment: { ...environment, MARK: mark }, signal }) };
}

it('tells what was printed, and how it ended', async () => {
  await using group = shell('echo to one; echo to other >&2; exit 3').group;
  expect(await group.ended).toBe(3);
  expect(group.stdout).toBe('to one\n');
  expect(group.said).toContain('to other\n');
});

it('gives the command no other variable than those named', async () => {
  await using group = startGroup('/usr/bin/env', [], {
    cwd: '/',
    environment: { ONLY: 'this' },
    signal: new AbortController().signal,
  });
  await group.ended;
  expect(group.stdout).toBe('ONLY=this\n');
});

it('waits for words, and says so where they never come', async () => {
  await using talking = shell('echo ready 7; exec sleep 1000').group;
  expect((await talking.shows(/ready (\d)/))[1]).toBe('7');
  await using silent = shell('echo nothing of it').group;
  await expect(silent.shows(/ready/)).rejects.toThrow('nothing of it');
});

it('ends the whole group at the signal, also what does not listen', async () => {
  const over = new AbortController();
  const { mark, group } = shell('sh -c "trap : TERM; echo up; while :; do sleep 1; done" & wait', over.signal);
  await group.shows(/up/);
  expect((await processesOf(mark)).length).toBeGreaterThan(1);
  over.abort();
  expect(await group.ended).toBeNull();
  await expect.poll(() => processesOf(mark), { timeout: 30_000 }).toEqual([]);
});

it('ends what goes on behind a command that has ended', async () => {
  const { mark, group } = shell('sleep 1000 > /dev/null 2>&1 & exit 0');
  expect(await group.ended).toBe(0);
  expect(await processesOf(mark)).toHaveLength(1);
  await group[Symbol.asyncDispose]();
  await expect.poll(() => processesOf(mark), { timeout: 30_000 }).toEqual([]);
});

it('tells a command that is not there', async () => {
  await using group = startGroup('/no/such/command', [], { cwd: '/', environment, signal: new AbortController().signal });
  expect(await group.ended).toBeNull();
  expect(group.said).toContain('ENOENT');
});
