import type { RunnerHealth } from '@threadbridge/contract';
import { type Line, line } from '../terminal/spans.ts';
import type { Texts } from '../texts/texts.ts';

/** What has to be said where commands cannot be confined; nothing elsewhere. Pure. */
export function sandboxWarning(health: RunnerHealth | undefined, { demo, errors }: Texts): readonly Line[] {
  if (health?.sandbox !== 'broken') return [];
  const problem = health.problems.find(({ code }) => code === 'codex.sandbox');
  const why = problem === undefined ? '' : errors.explain(problem);
  return [
    line({
      text: demo.noSandbox,
      style: 'yellow',
    }),
    ...(why === '' ? [] : [line({ text: why, style: 'dim' })]),
  ];
}
