import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sweepOrphans } from './sweep-orphans.ts';

const helper = `setInterval(() => {}, 1000); console.log(process.pid)`;
const spawnHelper = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(helper)}], { argv0: 'codex-linux-sandbox', detached: true, stdio: ['ignore', 'inherit', 'ignore'] })`;

/** A parent with a child that calls itself as Codex's sandbox helper does. */
async function family() {
  const parent = spawn(process.execPath, ['-e', `${spawnHelper}; setInterval(() => {}, 1000)`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = await once(parent.stdout, 'data');
  return { parent, child: Number(String(said).trim()) };
}

function parentOf(pid: number): string | undefined {
  return /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
}

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it.runIf(process.platform === 'linux')(
  'ends a sandbox helper whose app-server is gone, and none that still has one',
  async () => {
    const [dead, alive] = [await family(), await family()];
    try {
      dead.parent.kill('SIGKILL');
      await once(dead.parent, 'exit');
      while (parentOf(dead.child) === String(dead.parent.pid)) await new Promise((resolve) => setImmediate(resolve));
      // Where another process than the first takes orphans in, they are not known for what they are.
      if (parentOf(dead.child) !== '1') return;
      sweepOrphans('/no/such/program');
      expect(() => process.kill(dead.child, 0)).not.toThrow();
      sweepOrphans(process.execPath);
      await untilGone(dead.child);
      expect(() => process.kill(alive.child, 0)).not.toThrow();
    } finally {
      for (const pid of [dead.child, alive.child]) {
        try {
          process.kill(-pid, 'SIGKILL');
        } catch {}
      }
      alive.parent.kill('SIGKILL');
    }
  },
);
