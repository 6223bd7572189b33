import type { CodexReport } from '@threadbridge/codex-runner/compat';
import type { Finding } from './finding.ts';

/** What of Threadbridge works with the Codex program at hand. One that cannot be run at all is told elsewhere. Pure. */
export function examineFeatures(report: CodexReport): readonly Finding[] {
  const { version } = report;
  if (version === undefined) return [];
  const broken = report.features.filter((feature) => !feature.works);
  if (broken.length === 0) return [{ name: 'features', state: 'ok', text: `all ${report.features.length} work with ${version}` }];
  return broken.map(({ title, reasons }) => ({
    name: 'features',
    state: report.stand === 'tooOld' ? 'fail' : 'warn',
    text: `${title} will not work with ${version}: ${reasons.join(' ')}`,
    remedy: 'Leave codex.bin out to use the Codex that Threadbridge comes with.',
  }));
}
