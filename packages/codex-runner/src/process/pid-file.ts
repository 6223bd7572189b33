import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { count, maybe, seen } from '../convert/seen.ts';

/** What stands beside the socket of a shared server. */
export interface PidFile {
  readonly pid: number;
  /** The process that sees to it that an idle server is ended. */
  readonly watcher?: number;
}

/** What is known of the server that was started on this socket; it may be gone. */
export async function readPidFile(path: string): Promise<PidFile | undefined> {
  try {
    const { pid, watcher } = seen<PidFile>(JSON.parse(await readFile(`${path}.pid`, 'utf8')));
    const known = count(pid);
    return known === undefined ? undefined : { pid: known, ...maybe('watcher', count(watcher)) };
  } catch {
    return undefined;
  }
}

export async function writePidFile(path: string, file: PidFile): Promise<void> {
  await writeFile(`${path}.pid`, `${JSON.stringify(file)}\n`, { mode: 0o600 });
}

export async function removePidFile(path: string): Promise<void> {
  await rm(`${path}.pid`, { force: true });
}

/** Whether there is such a process. One that has ended and is not reaped, since the first process of its container does not, is none. */
export function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0) && !isUnreaped(pid);
  } catch {
    return false;
  }
}

function isUnreaped(pid: number): boolean {
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the program's name, which may hold anything, stands in parentheses.
  return process.platform === 'linux' && /\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
