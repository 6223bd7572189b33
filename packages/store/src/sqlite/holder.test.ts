import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { describeHolder, isGone, thisHolder } from './holder.ts';

describe('whether a holder is gone', () => {
  const own = thisHolder('the test', 0);

  it('never holds for this process', () => {
    expect(isGone(own)).toBe(false);
  });

  it('holds for a process that ended', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(child, 'close');
    expect(isGone({ ...own, pid: child.pid ?? 0 })).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('holds for a killed process that nobody has taken note of yet', async () => {
    // The shell turns into a program that never asks after its child.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [pid] = await once(parent.stdout, 'data');
    const { process: _, ...vague } = own;
    await expect.poll(() => isGone({ ...vague, pid: Number(pid) })).toBe(true);
    parent.kill();
    await once(parent, 'close');
  });

  it('cannot be said of another machine', () => {
    expect(isGone({ ...own, pid: 2 ** 30, machine: 'elsewhere' })).toBe(false);
  });

  it('cannot be said where only the process id is known and lives', () => {
    const { process: _, ...vague } = own;
    expect(isGone(vague)).toBe(false);
  });

  it('names process, host and time', () => {
    expect(describeHolder({ ...own, pid: 7, host: 'desk' })).toBe('the test (process 7 on desk, since 1970-01-01T00:00:00.000Z)');
  });
});
