import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, silentLogger, systemClock } from '@threadbridge/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findNativeBinary, readServer } from '../src/index.ts';
import { openSharedServer, type SharedServerOptions } from '../src/process/shared-server.ts';
import { watchIdle } from '../src/process/watch-idle.ts';
import { deferred } from '../src/rpc/deferred.ts';
import { baseEnvironment, isAlive, type SocketWorld, setUpSocket, untilGone } from './set-up.ts';

let world: SocketWorld;
beforeAll(async () => {
  world = await setUpSocket();
});
afterAll(() => world[Symbol.asyncDispose]());

const open = (path: string, own: Partial<SharedServerOptions> = {}) =>
  openSharedServer({
    ...{ path, bin: findNativeBinary(), args: [], idleTimeoutMs: 300 },
    ...{ env: { ...baseEnvironment(), CODEX_HOME: world.home }, clock: systemClock, logger: silentLogger },
    ...own,
  });

/** A program in place of Codex, which writes down its process id and then runs this. */
async function programOf(script: string, name: string) {
  const bin = join(world.workspace, name);
  await writeFile(bin, `#!/bin/sh\necho $$ >'${bin}.pid'\nexec ${script}\n`);
  await chmod(bin, 0o700);
  const readPid = async () => Number(await readFile(`${bin}.pid`, 'utf8').catch(() => ''));
  const pid = () => expect.poll(readPid, { timeout: 20_000 }).toBeGreaterThan(0).then(readPid);
  return { bin, pid };
}

/** Until this process, its parent, knows of its end. */
async function untilReaped(pid: number): Promise<void> {
  const isThere = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await expect.poll(isThere, { timeout: 20_000 }).toBe(false);
}

describe('a server of ours', () => {
  it('is joined by whoever tried to start one at the same time and was slower', async () => {
    const path = `${world.socket}7`;
    const knocking = deferred<Socket>();
    let asked = 0;
    // Has what the slower one asks for wait until its own server has ended and the other's listens. Codex itself looks in without a word.
    const holding = createServer((socket) =>
      socket.once('data', () => (++asked === 1 ? socket.destroy() : knocking.resolve(socket))),
    );
    await once(holding.listen(path), 'listening');
    const slower = await programOf(`'${findNativeBinary()}' "$@"`, 'slower');
    const opening = open(path, { bin: slower.bin });
    const [held, pid] = [await knocking.promise, await slower.pid()];
    await untilReaped(pid);
    holding.close();
    const faster = world.listen(path);
    await expect.poll(() => readServer(path), { timeout: 20_000 }).toBeDefined();
    held.destroy();
    const { transport } = await opening;
    expect(await readFile(`${path}.log`, 'utf8')).toContain(`already in use at ${path}`);
    await transport.close();
    faster.kill('SIGKILL');
    await untilGone(faster.pid as number);
  });

  it('is ended where its folder was removed while it is watched', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'socket-'));
    const path = join(folder, 's');
    const server = world.listen(path);
    const pid = server.pid as number;
    const looked = deferred<void>();
    const clock: Clock = {
      now: systemClock.now,
      sleep(ms, signal) {
        if (ms === 300 / 4) looked.resolve();
        return systemClock.sleep(ms, signal);
      },
    };
    const watching = watchIdle({ path, pid, idleTimeoutMs: 300, clock });
    await looked.promise;
    await rm(folder, { recursive: true });
    await watching;
    expect(isAlive(pid)).toBe(false);
  });

  it('ends by itself where its starter was killed before it had a word with it', async () => {
    const path = `${world.socket}6`;
    const { transport, started } = await open(path);
    await transport.close();
    expect(existsSync(`${path}.pid`)).toBe(false);
    await untilGone(started?.pid as number);
    await untilGone(started?.watcher as number);
  });

  it('tells why it does not start', async () => {
    const runner = world.another({
      // However long the time may be in which it should answer.
      clock: { now: () => 0, sleep: systemClock.sleep },
      transport: { type: 'socket', path: `${world.socket}3`, server: 'ours' },
      codexHome: '/nowhere/home',
    });
    const [problem] = (await runner.check()).problems;
    expect(problem?.message).toContain('/nowhere/home');
    const missing = world.another({
      transport: { type: 'socket', path: `${world.socket}4`, server: 'ours' },
      bin: '/nowhere/codex',
    });
    expect((await missing.check()).problems).toMatchObject([{ code: 'runner.missing' }]);
  });

  it('is given up where it does not answer, also where the clock is put back meanwhile', async () => {
    const silent = await programOf('sleep 600', 'silent');
    let passedMs = 0;
    const clock: Clock = {
      now: () => (passedMs < 10_000 ? passedMs : passedMs - 3_600_000),
      async sleep(ms) {
        passedMs += ms;
      },
    };
    const opening = open(`${world.socket}8`, { bin: silent.bin, clock });
    await expect(opening).rejects.toMatchObject({ code: 'runner.lost', message: expect.stringContaining('does not answer') });
    expect(passedMs).toBeLessThanOrEqual(40_000);
    const pid = await silent.pid();
    process.kill(pid, 'SIGKILL');
    await untilGone(pid);
  });
});
