import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * Ends sandboxed commands of this Codex program that nobody waits for any more. They die with their app-server, except for one killed in the very
 * moment in which it starts a command: Codex's sandbox helper then never learns of it and waits for ever, with a session of its own. Linux only.
 */
export function sweepOrphans(bin: string): void {
  if (process.platform !== 'linux') return;
  const program = attempt(() => realpathSync(bin));
  if (program === undefined) return;
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && isOrphan(name, program)) attempt(() => process.kill(-Number(name), 'SIGKILL'));
  }
}

/** A sandbox helper of this program whose parent is gone: it was handed to the first process. */
function isOrphan(pid: string, program: string): boolean {
  const argument0 = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 1)[0]) ?? '';
  if (basename(argument0) !== 'codex-linux-sandbox') return false;
  const parent = attempt(() => /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return parent === '1' && attempt(() => readlinkSync(`/proc/${pid}/exe`)) === program;
}

/** What cannot be read is gone, or somebody else's. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
