import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * Ends sandboxed commands of this Codex program that nobody waits for any more. They die with their app-server, except for one killed in the very
 * moment in which it starts a command: the sandbox's processes then never learn of it and wait for ever, some with a session of their own. Linux only.
 */
export function sweepOrphans(bin: string): void {
  if (process.platform !== 'linux') return;
  const program = attempt(() => realpathSync(bin));
  if (program === undefined) return;
  const helpers = new Map(
    readdirSync('/proc').flatMap((name) => {
      const parent = /^\d+$/.test(name) && isHelper(name, program) ? parentOf(name) : undefined;
      return parent === undefined ? [] : [[name, parent]];
    }),
  );
  for (const pid of helpers.keys()) {
    if (!isOrphan(pid, helpers)) continue;
    // One with a session of its own takes its command along.
    attempt(() => process.kill(-Number(pid), 'SIGKILL'));
    attempt(() => process.kill(Number(pid), 'SIGKILL'));
  }
}

/** Codex inside its sandbox, or bubblewrap on the way to it: that is told to start this very program. */
function isHelper(pid: string, program: string): boolean {
  const [argument0 = '', ...rest] = (attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '').split('\0');
  const name = basename(argument0);
  if (name === 'bwrap') return rest.includes(program);
  return name === 'codex-linux-sandbox' && attempt(() => readlinkSync(`/proc/${pid}/exe`)) === program;
}

function parentOf(pid: string): string | undefined {
  return attempt(() => /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** The app-server of the uppermost of these processes is gone: they were handed to the first process. */
function isOrphan(pid: string, helpers: ReadonlyMap<string, string>): boolean {
  const parent = helpers.get(pid);
  return parent !== undefined && (parent === '1' || isOrphan(parent, helpers));
}

/** What cannot be read is gone, or somebody else's. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
