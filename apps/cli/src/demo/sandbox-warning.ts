import type { RunnerHealth } from '@threadbridge/contract';
import { type Line, line } from '../terminal/spans.ts';

/** What has to be said where commands cannot be confined; nothing elsewhere. Pure. */
export function sandboxWarning(health: RunnerHealth | undefined): readonly Line[] {
  if (health?.sandbox !== 'broken') return [];
  const problem = health.problems.find(({ code }) => code === 'codex.sandbox');
  const why = [problem?.message, problem?.remedy].filter((text) => text !== undefined).join(' ');
  return [
    line({
      text: 'The sandbox of Codex does not work on this machine, so its commands fail here; the rest works.',
      style: 'yellow',
    }),
    ...(why === '' ? [] : [line({ text: why, style: 'dim' })]),
  ];
}
