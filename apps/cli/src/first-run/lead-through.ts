import { isGatewayError } from '@threadbridge/contract';
import { type Guide, Left, WaitedEnough } from './guide.ts';
import type { Setup } from './setup.ts';
import type { FirstRunStep, StepState } from './step.ts';

/**
 * Leads a person through the steps that are not done, in their order. What is done is told and not asked. A step that fails, or was waited for
 * long enough, says why and offers ways on. Rejects with {@link Left}.
 */
export async function leadThrough(steps: readonly FirstRunStep[], setup: Setup, guide: Guide): Promise<void> {
  for (let at = 0; at < steps.length; ) {
    const step = steps[at];
    if (step === undefined) return;
    at += (await leadOne(step, setup, guide)) === 'back' ? -1 : 1;
  }
}

async function leadOne(step: FirstRunStep, setup: Setup, guide: Guide): Promise<'on' | 'back'> {
  for (;;) {
    try {
      const state = await step.look(setup);
      if (state.isDone) {
        tellDone(state, guide);
        return 'on';
      }
      if ((await step.lead(setup, guide)) === 'skipped') return 'on';
    } catch (error) {
      if (isGatewayError(error)) guide.tell(setup.io.texts.errors.explain(error), 'trouble');
      else if (!(error instanceof WaitedEnough)) throw error;
      const way = await askHowOn(step, setup, guide);
      if (way === 'without') return 'on';
      if (way === 'back') {
        await step.undo?.(setup);
        return 'back';
      }
    }
  }
}

function tellDone({ text, warning }: Extract<StepState, { readonly isDone: true }>, guide: Guide): void {
  if (text !== undefined) guide.tell(text, 'done');
  if (warning !== undefined) guide.tell(warning, 'trouble');
}

async function askHowOn(step: FirstRunStep, { io }: Setup, guide: Guide): Promise<'again' | 'back' | 'without'> {
  const { firstRun } = io.texts;
  const way = await guide.choose<'again' | 'back' | 'without' | 'leave'>(firstRun.howOn, [
    { value: 'again', label: firstRun.again },
    ...(step.undo ? [{ value: 'back' as const, label: firstRun.back }] : []),
    { value: 'without', label: firstRun.without },
    { value: 'leave', label: firstRun.leave },
  ]);
  if (way === 'leave') throw new Left();
  return way;
}
