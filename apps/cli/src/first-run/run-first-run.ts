import { askControl, type LoadOptions } from '@threadbridge/gateway';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { plainText } from '../terminal/plain-text.ts';
import { createGuide, Left } from './guide.ts';
import { leadThrough } from './lead-through.ts';
import { firstRunSteps } from './registry.ts';
import { createSetup, type Setup } from './setup.ts';
import type { FirstRunStep } from './step.ts';

/**
 * Leads the person at the terminal to a profile that can start, where something is missing and nobody runs it. Answers with an exit code where
 * they left before, else with undefined.
 */
export async function runFirstRun(load: LoadOptions, io: Io): Promise<number | undefined> {
  await using setup = createSetup(load, io);
  if (await isSetUp(setup)) return undefined;
  const { firstRun } = io.texts;
  using stopping = stopOnSignals();
  const guide = await createGuide({ io, signal: stopping.signal });
  guide.open(firstRun.title, firstRun.keys);
  try {
    await leadThrough(firstRunSteps, setup, guide);
  } catch (error) {
    if (!(error instanceof Left)) throw error;
    guide.close(firstRun.left);
    return exitCode.interrupted;
  }
  guide.close(firstRun.ready);
  return undefined;
}

/** Names each missing thing with its remedy, a line each, for a caller who cannot be asked. Answers with the exit code. */
export async function tellMissing(load: LoadOptions, { isJson }: { readonly isJson: boolean }, io: Io): Promise<number> {
  await using setup = createSetup(load, io);
  const { name: profile } = await setup.profile();
  for (const step of firstRunSteps) {
    const state = await step.look(setup);
    if (state.isDone) continue;
    const { text } = state;
    const remedy = io.texts.errors.remedy(state.remedy);
    if (isJson) writeLine(io.stdout, JSON.stringify({ event: 'missing', profile, step: step.name, message: text, remedy }));
    else writeLine(io.stderr, plainText(`threadbridge: ${text} ${remedy}`).replaceAll('\n', ' '));
  }
  return exitCode.notSetUp;
}

async function isSetUp(setup: Setup): Promise<boolean> {
  const isDone = async (step: FirstRunStep) => (await step.glance?.(setup)) || (await step.look(setup)).isDone;
  for (const step of firstRunSteps) if (!(await isDone(step))) return isRunning(setup);
  return true;
}

/** Then a start refuses, and there is nothing to be asked. */
async function isRunning(setup: Setup): Promise<boolean> {
  const { paths } = await setup.profile();
  return (await askControl(paths, 'state')) !== undefined;
}
