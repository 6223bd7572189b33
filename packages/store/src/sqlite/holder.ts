import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who has a store open. */
export interface Holder {
  /** What the opener calls itself, for people. */
  readonly name: string;
  readonly pid: number;
  /** For people. */
  readonly host: string;
  /** Where `pid` means something: one boot of one machine and one process namespace. */
  readonly machine: string;
  /** Tells two processes apart that had the same pid; absent where it cannot be known cheaply. */
  readonly process?: string;
  /** Epoch ms. */
  readonly since: number;
}

export function thisHolder(name: string, since: number): Holder {
  const own = lookAt(process.pid);
  const holder = { name, pid: process.pid, host: hostname(), machine: thisMachine(), since };
  return typeof own === 'string' ? { ...holder, process: own } : holder;
}

/** True where the holder surely runs no more. False also when nobody can tell from here. */
export function isGone(holder: Holder): boolean {
  if (holder.machine !== thisMachine()) return false;
  const found = lookAt(holder.pid);
  return found === 'none' || (found !== 'unknown' && holder.process !== undefined && found !== holder.process);
}

/** The holder in words. */
export function describeHolder(holder: Holder): string {
  return `${holder.name} (process ${holder.pid} on ${holder.host}, since ${new Date(holder.since).toISOString()})`;
}

/** The start of a living process in ticks since boot, `none` if there is no such process, `unknown` if only that it lives. */
function lookAt(pid: number): `ticks ${string}` | 'none' | 'unknown' {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'none';
  }
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === undefined) return 'unknown';
  // man 5 proc_pid_stat: the name (2) is in brackets and may hold anything; 3 is the state, 22 the start time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  // A zombie was killed and waits for its parent to notice.
  if (state === 'Z' || state === 'X') return 'none';
  return ticks === undefined ? 'unknown' : `ticks ${ticks}`;
}

function thisMachine(): string {
  const boot = readIfThere('/proc/sys/kernel/random/boot_id')?.trim();
  if (boot === undefined) return hostname();
  try {
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return boot;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
