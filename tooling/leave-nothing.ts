import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** What was told to end may take its time. */
const endMs = 20_000;

/**
 * A run of tests leaves no process behind: it has a temporary folder of its own, and whatever still names that in its command, its variables or its
 * working directory at the end came from a test. It is ended, and the run fails. Linux alone tells all that.
 */
export function setup(): (() => Promise<void>) | undefined {
  if (process.platform !== 'linux') return undefined;
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), 'tb-'));
  process.env.TMPDIR = folder;
  return async () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    for (const giveUpAt = Date.now() + endMs; left(folder).length > 0 && Date.now() < giveUpAt; ) await delay(50);
    const found = left(folder);
    for (const { pid } of found) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    const told = found.map(({ pid, command }) => `${pid} ${shortened(command)}`);
    if (told.length > 0) throw new Error(`Tests left ${told.length} processes behind:\n${told.join('\n')}`);
  };
}

interface Left {
  readonly pid: number;
  readonly command: string;
}

/** Processes that name something in the folder. */
function left(folder: string): readonly Left[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    const command = look(() => readFileSync(`/proc/${name}/cmdline`, 'utf8'));
    const variables = look(() => readFileSync(`/proc/${name}/environ`, 'utf8'));
    const directory = look(() => readlinkSync(`/proc/${name}/cwd`));
    const isOurs = [command, variables, directory].some((text) => text.includes(`${folder}/`));
    return isOurs ? [{ pid, command: command.replaceAll('\0', ' ') }] : [];
  });
}

/** What a sandbox runs stands at the end of its command. */
function shortened(command: string): string {
  return command.length <= 600 ? command : `${command.slice(0, 300)} … ${command.slice(-300)}`;
}

/** What cannot be read is gone, or somebody else's. */
function look(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
