import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock } from '@threadbridge/contract/testing';
import { expect, it, vi } from 'vitest';
import { watchIdle } from './watch-idle.ts';

const path = join(tmpdir(), 'threadbridge-nobody-listens-here.sock');

it.skipIf(process.platform === 'win32')('a server that has no socket is ended', async () => {
  const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  const clock = createManualClock();
  let isOver = false;
  const watching = watchIdle({ path, pid: server.pid as number, idleTimeoutMs: 300, clock }).finally(() => {
    isOver = true;
  });
  const pass = async () => {
    await vi.waitUntil(() => isOver || clock.sleeping === 1, { timeout: 10_000, interval: 1 });
    await clock.advance(50);
  };
  for (const giveUpAt = clock.now() + 20_000; clock.now() < giveUpAt; ) await pass();
  // No time passes until the signal has done its work: the next one would be a harder one.
  expect((await ended)[1]).toBe('SIGTERM');
  while (!isOver) await pass();
  await watching;
});

it('the watch of a server that is gone is over', async () => {
  const server = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(server, 'exit');
  await watchIdle({ path, pid: server.pid as number, idleTimeoutMs: 300, clock: createManualClock() });
});
