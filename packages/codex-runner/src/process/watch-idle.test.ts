import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { watchIdle } from './watch-idle.ts';

const path = join(tmpdir(), 'threadbridge-nobody-listens-here.sock');

it.skipIf(process.platform === 'win32')('a server that has no socket is ended', async () => {
  const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  const clock = createManualClock();
  const watching = watchIdle({ path, pid: server.pid as number, idleTimeoutMs: 300, clock });
  for (const giveUpAt = clock.now() + 20_000; clock.now() <= giveUpAt; ) {
    await expect.poll(() => clock.sleeping).toBe(1);
    await clock.advance(50);
  }
  expect((await ended)[1]).toBe('SIGTERM');
  await clock.advance(50);
  await watching;
});

it('the watch of a server that is gone is over', async () => {
  const server = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(server, 'exit');
  await watchIdle({ path, pid: server.pid as number, idleTimeoutMs: 300, clock: createManualClock() });
});
