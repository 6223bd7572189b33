import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock } from '@threadbridge/contract/testing';
import { expect, it, vi } from 'vitest';
import { watchIdle } from './watch-idle.ts';

const path = join(tmpdir(), 'threadbridge-nobody-listens-here.sock');

it.skipIf(process.platform === 'win32').each([
  ['', 0],
  [', also where the clock was put back meanwhile', 3_600_000],
])('a server that has no socket is ended%s', async (_, putBackMs) => {
  const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  const clock = createManualClock();
  const startedAt = clock.now();
  let shiftMs = 0;
  const shifted = { now: () => clock.now() - shiftMs, sleep: clock.sleep };
  let isOver = false;
  const watching = watchIdle({ path, pid: server.pid as number, idleTimeoutMs: 300, clock: shifted }).finally(() => {
    isOver = true;
  });
  const pass = async () => {
    await vi.waitUntil(() => isOver || clock.sleeping === 1, { timeout: 10_000, interval: 1 });
    await clock.advance(50);
  };
  const passUntil = async (at: number) => {
    while (clock.now() < at) await pass();
  };
  await passUntil(startedAt + 10_000);
  expect(server.exitCode ?? server.signalCode).toBeNull();
  shiftMs = putBackMs;
  await passUntil(startedAt + (putBackMs === 0 ? 20_000 : 30_050));
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
