import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sweepOrphans } from './sweep-orphans.ts';

const helper = `setInterval(() => {}, 1000); console.log(process.pid)`;
/** The two that Codex's sandbox leaves: Codex itself inside, with a session of its own, and bubblewrap, told to start it, with none. */
const kinds = {
  'codex-linux-sandbox': `{ argv0: 'codex-linux-sandbox', detached: true`,
  bwrap: `{ argv0: 'bwrap'`,
};

/** A parent with a child that calls itself as a process of Codex's sandbox does. */
async function family(kind: keyof typeof kinds) {
  const call = `spawn(process.execPath, ['-e', ${JSON.stringify(helper)}, process.execPath], ${kinds[kind]}, stdio: ['ignore', 'inherit', 'ignore'] })`;
  const parent = spawn(process.execPath, ['-e', `require('node:child_process').${call}; setInterval(() => {}, 1000)`], {
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

it.runIf(process.platform === 'linux').each(['codex-linux-sandbox', 'bwrap'] as const)(
  'ends a %s whose app-server is gone, and none that still has one',
  async (kind) => {
    const [dead, alive] = [await family(kind), await family(kind)];
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
          process.kill(pid, 'SIGKILL');
        } catch {}
      }
      alive.parent.kill('SIGKILL');
    }
  },
);
