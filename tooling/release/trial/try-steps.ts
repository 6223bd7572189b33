import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Home } from './home.ts';
import type { Step } from './step.ts';
import { visit } from './visit.ts';

const lastWordsMs = 1_000;

/** Takes the steps in order, tells each in a line, and stops at the first that fails. Answers with what is wrong. */
export async function trySteps(steps: readonly Step[], home: Home, say: (line: string) => void): Promise<readonly string[]> {
  for (const [at, step] of steps.entries()) {
    const startedAt = Date.now();
    const tell = (mark: string, text: string) =>
      say(`${mark} ${step.name.padEnd(16)} ${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s  ${text}`);
    try {
      tell('✓', await withinTime(step, home));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      tell('✗', text.split('\n')[0] ?? '');
      const untried = steps.slice(at + 1).map(({ name }) => name);
      if (untried.length > 0) say(`  not tried: ${untried.join(', ')}`);
      return [`${step.name}: ${text}`];
    }
  }
  return [];
}

async function withinTime(step: Step, home: Home): Promise<string> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), step.timeoutMs);
  const tried = step.try(visit(home, over.signal));
  const isOver = once(over.signal, 'abort').then(async () => {
    // What the step was at, if it can still tell.
    const at = await Promise.race([tried.catch(String), pause(lastWordsMs, 'nothing can be told')]);
    throw new Error(`took more than ${step.timeoutMs / 1000} s: ${at}`);
  });
  try {
    return await Promise.race([tried.catch((error) => (over.signal.aborted ? isOver : Promise.reject(error))), isOver]);
  } finally {
    clearTimeout(timer);
  }
}
