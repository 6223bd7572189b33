import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { onDisk } from '../on-disk.ts';
import { runDirectory } from '../run-directory.ts';

const entrySchema = z.object({
  kind: z.enum(['gateway', 'native-api']),
  profile: z.string(),
  pid: z.int(),
  startedAt: z.int(),
});

/** A process of this program that serves a profile. `startedAt` in epoch ms. */
export type RunningProcess = z.output<typeof entrySchema>;

/** Writes down that this process runs; disposing takes it back. Rejects with `store.unwritable`. */
export async function announceProcess(home: string, entry: Omit<RunningProcess, 'pid'>): Promise<AsyncDisposable> {
  const directory = runDirectory(home);
  const file = join(directory, `${entry.kind}-${entry.profile}-${process.pid}.json`);
  await onDisk(file, async () => {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await writeFile(file, JSON.stringify({ ...entry, pid: process.pid }), { mode: 0o600 });
  });
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
}

/** The processes of this program that run below a state directory, longest first. Entries of dead ones are removed. */
export async function listProcesses(home: string): Promise<readonly RunningProcess[]> {
  const directory = runDirectory(home);
  const names = await readdir(directory).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (name) => {
        const entry = await readEntry(join(directory, name));
        if (entry !== undefined && isAlive(entry.pid)) return entry;
        await rm(join(directory, name), { force: true });
        return undefined;
      }),
  );
  return found.filter((entry) => entry !== undefined).sort((a, b) => a.startedAt - b.startedAt);
}

async function readEntry(file: string): Promise<RunningProcess | undefined> {
  try {
    return entrySchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
