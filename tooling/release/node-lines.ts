import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';

/** The lines of Node that users have. The oldest of each kind of package stands in its `engines`. */
const lines = ['20', '22', '24', '26'] as const;

export interface NodeLine {
  readonly major: number;
  readonly version: string;
  readonly path: string;
}

/** Fetches one Node of every line from the npm registry, once. */
export async function fetchNodeLines(cache: string): Promise<readonly NodeLine[]> {
  const found: NodeLine[] = [];
  for (const line of lines) {
    const directory = join(cache, `node-${line}`);
    const platform = process.platform === 'win32' ? 'win' : process.platform;
    const name = `node-${platform}-${process.arch}`;
    const path = join(directory, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (!existsSync(path)) {
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
      await run('npm', ['install', '--no-audit', '--no-fund', `${name}@${line}`], { cwd: directory });
    }
    const version = (await run(path, ['--version'], { cwd: directory })).trim().slice(1);
    found.push({ major: Number(line), version, path });
  }
  return found;
}

/** The lines that a package promises to run on. `range` is of the form `>=20.19`. */
export function linesWithin(range: string, all: readonly NodeLine[]): readonly NodeLine[] {
  const [major = 0, minor = 0] = range.replace('>=', '').split('.').map(Number);
  return all.filter((line) => line.major > major || (line.major === major && Number(line.version.split('.')[1]) >= minor));
}
