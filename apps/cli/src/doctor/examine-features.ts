import type { CodexReport } from '@threadbridge/codex-runner/compat';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';

/** What of Threadbridge works with the Codex program at hand. One that cannot be run at all is told elsewhere. Pure. */
export function examineFeatures(report: CodexReport, { doctor }: Texts): readonly Finding[] {
  const { version } = report;
  if (version === undefined) return [];
  const broken = report.features.filter((feature) => !feature.works);
  if (broken.length === 0)
    return [{ name: 'features', state: 'ok', text: doctor.features({ count: report.features.length, version }) }];
  return broken.map(({ title, reasons }) => ({
    name: 'features',
    state: report.stand === 'tooOld' ? 'fail' : 'warn',
    text: doctor.featureBroken({ title, version, reasons: reasons.join(' ') }),
    remedy: doctor.featureRemedy,
  }));
}
