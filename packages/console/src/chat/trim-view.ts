import type { RunItem, RunView } from '@threadbridge/contract';

/** Of what a command printed, the end is shown. */
const maxOutput = 8_000;

/** The view as it is sent to a page: what a step printed is cut to its end. Pure. */
export function trimView(view: RunView): RunView {
  return view.steps.some(isLong) ? { ...view, steps: view.steps.map(trim) } : view;
}

function isLong(step: RunItem): boolean {
  return step.type === 'command' && (step.output?.length ?? 0) > maxOutput;
}

function trim(step: RunItem): RunItem {
  return step.type === 'command' && isLong(step) ? { ...step, output: `…${step.output?.slice(-maxOutput)}` } : step;
}
