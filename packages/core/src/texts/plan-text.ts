import type { PlanStep } from '@threadbridge/contract';
import { inline } from './visible.ts';

const marks = { pending: '○', inProgress: '→', completed: '✓' } as const;

/** The steps of a plan, a line each. */
export function planText(steps: readonly PlanStep[]): string {
  return steps.map(({ step, status }) => `- ${marks[status]} ${inline(step)}`).join('\n');
}
