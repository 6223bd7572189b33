import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { run } from '../run.ts';

/** Processes that were started with `mark` in their words or variables, by id and program; their variables are not told. */
export async function processesOf(mark: string): Promise<readonly string[]> {
  const table = await run('ps', ['axeww', '-o', 'pid=,command='], { cwd: '/' });
  const pids = table
    .split('\n')
    .filter((line) => line.includes(mark))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid !== process.pid);
  const names = await run('ps', ['ax', '-o', 'pid=,comm='], { cwd: '/' });
  return names
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => pids.includes(Number.parseInt(line, 10)));
}

/** Everything below a directory that is no directory itself, by its path there. */
export function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** What is left in a directory for temporary files, but for the locks of Codex's sandbox, which Codex keeps there for the next time. */
export function leftIn(temporary: string): readonly string[] {
  return filesIn(temporary).filter((path) => !/^codex-(?:bwrap|daemon)-/.test(path));
}
