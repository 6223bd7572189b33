import { execFileSync } from 'node:child_process';
import { appendFile, readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

/** One whole run, one line of `history.jsonl`. */
export interface Run {
  readonly at: string;
  readonly commit: string;
  /** What the figures depend on. */
  readonly machine: string;
  readonly node: string;
  /** How busy it was before the run: processes that wanted a processor, a minute's mean. Values say little where it is above the cores. */
  readonly load: number;
  /** By name: the value, and the ratio where there is one. */
  readonly figures: Readonly<Record<string, readonly [value: number, ratio?: number]>>;
}

const path = join(import.meta.dirname, 'history.jsonl');

/** The last whole run on such a machine. */
export async function lastRun(machine: string): Promise<Run | undefined> {
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Run).findLast((run) => run.machine === machine);
}

export async function keepRun(run: Run): Promise<void> {
  await appendFile(path, `${JSON.stringify(run)}\n`);
}

export function toRun(figures: readonly Figure[], now: { readonly at: Date; readonly load: number }): Run {
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  const isDirty = git('status', '--porcelain', '--', ':!history.jsonl') !== '';
  return {
    at: now.at.toISOString(),
    commit: `${git('rev-parse', '--short', 'HEAD')}${isDirty ? ' and changes' : ''}`,
    machine: machineNote(),
    node: process.version,
    load: now.load,
    figures: Object.fromEntries(
      figures.map(({ name, value, ratio }) => [name, ratio === undefined ? ([value] as const) : ([value, ratio] as const)]),
    ),
  };
}

function machineNote(): string {
  const cores = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return [`${process.platform} ${process.arch}`, `${cores.length} × ${cores[0]?.model ?? 'unknown'}`, memory].join(' · ');
}
