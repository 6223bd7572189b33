import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How a play ended, for whoever puts figures together. */
export interface PlayReport {
  readonly seed: number;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly minutes: number;
  readonly kills: number;
  readonly prompts: number;
  readonly lost: number;
  readonly doubledPrompts: number;
  readonly doubledReplies: number;
  /** Everything that was wrong, in words. */
  readonly mistakes: readonly string[];
  /** Medians of the second and the last quarter, absent where the play was too short for them. */
  readonly earlyRssBytes?: number;
  readonly lateRssBytes?: number;
}

/** Writes `reports/chaos.json` or `reports/soak.json`, in place of the one before. */
export async function writeReport(what: 'chaos' | 'soak', report: PlayReport): Promise<void> {
  const root = join(import.meta.dirname, '../..');
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  await mkdir(join(root, 'reports'), { recursive: true });
  await writeFile(join(root, 'reports', `${what}.json`), `${JSON.stringify({ what, commit, ...report }, null, 2)}\n`);
}
