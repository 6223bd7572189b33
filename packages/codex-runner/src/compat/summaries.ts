import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compareVersions } from '../version.ts';
import type { ProtocolSummary } from './summary.ts';

/** The summaries that come with this package, oldest version first. */
export async function readSummaries(): Promise<readonly ProtocolSummary[]> {
  const manifest = createRequire(import.meta.url).resolve('@threadbridge/codex-runner/package.json');
  const folder = join(dirname(manifest), 'compat');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts
    .map((text) => JSON.parse(text) as ProtocolSummary)
    .sort((left, right) => compareVersions(left.version, right.version));
}
