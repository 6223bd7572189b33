import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { lockApp } from './app-lock.ts';

const options = (holder: string, app: string) => ({ app, title: 'The app cli_1', holder });

describe('the lock of an app', () => {
  it('refuses the second and names the first, and is free again when the first lets go', async () => {
    const app = randomUUID();
    const first = await lockApp(options('profile work', app));
    await expect(lockApp(options('profile play', app))).rejects.toMatchObject({
      code: 'channel.held',
      message: expect.stringContaining(`The app cli_1 is in use by profile work, process ${process.pid}`),
    });
    await using other = await lockApp(options('profile play', randomUUID()));
    expect(other).toBeDefined();
    await first[Symbol.asyncDispose]();
    await using second = await lockApp(options('profile play', app));
    expect(second).toBeDefined();
  });

  it('does not outlive a process that was killed', async () => {
    const app = randomUUID();
    const module = new URL('./app-lock.ts', import.meta.url).href;
    const program = `
      const { lockApp } = await import(${JSON.stringify(module)});
      await lockApp({ app: ${JSON.stringify(app)}, title: 'x', holder: 'a dead one' });
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => setInterval(() => {}, 1000));
    `;
    const killed = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    await expect(killed).rejects.toMatchObject({ signal: 'SIGKILL' });
    const both = await Promise.allSettled([lockApp(options('one', app)), lockApp(options('two', app))]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const one of both) if (one.status === 'fulfilled') await one.value[Symbol.asyncDispose]();
  });
});
