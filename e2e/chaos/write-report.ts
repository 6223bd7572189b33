import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coursesOf, type Weight } from './growth.ts';
import { judge } from './judge.ts';
import type { Ledger } from './ledger.ts';

/** How a play ended. */
export interface Ended {
  readonly what: 'chaos' | 'soak';
  readonly seed: number;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly kills: number;
  readonly ledgers: readonly Ledger[];
  readonly weights: readonly Weight[];
  /** Everything that was wrong, in words. */
  readonly mistakes: readonly string[];
}

/** Writes `reports/chaos.json` or `reports/soak.json` for whoever puts figures together, and the ledgers beside it, in place of those before. */
export async function writeReport({ what, seed, startedAt, kills, ledgers, weights, mistakes }: Ended): Promise<void> {
  const root = join(import.meta.dirname, '../..');
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const verdicts = ledgers.map(judge);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const report = {
    ...{ what, commit, seed, startedAt, kills },
    minutes: Math.round((Date.now() - startedAt) / 600) / 100,
    prompts: sum(ledgers.map(({ said }) => said.length)),
    answered: sum(verdicts.map(({ answered }) => answered)),
    told: sum(verdicts.map(({ told }) => told)),
    lost: sum(verdicts.map(({ lost }) => lost.length)),
    doubledPrompts: sum(verdicts.map(({ doubledPrompts }) => doubledPrompts.length)),
    doubledReplies: sum(verdicts.map(({ doubledReplies }) => doubledReplies.length)),
    courses: coursesOf(weights),
    weights,
    mistakes,
  };
  await mkdir(join(root, 'reports'), { recursive: true });
  await Promise.all([
    writeFile(join(root, 'reports', `${what}.json`), `${JSON.stringify(report, null, 2)}\n`),
    writeFile(join(root, 'reports', `${what}-ledgers.json`), JSON.stringify(ledgers, null, 1)),
  ]);
}
