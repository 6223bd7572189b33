import { loadConfig, type ReplayedStep, replayProfile, resolveProfile } from '@threadbridge/gateway';
import type { ReplayOptions } from '../commands/replay.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { plainText } from '../terminal/plain-text.ts';
import { toLoadOptions } from '../to-load-options.ts';

/** Prints what each recorded input leads to, and why. Answers with the exit code. */
export async function runReplay(options: ReplayOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const { inspect } = io.texts;
  const newest: ReplayedStep[] = [];
  for await (const step of replayProfile(profile, io.environment)) {
    if (options.scope !== undefined && step.scope !== options.scope) continue;
    newest.push(step);
    if (newest.length > options.lines) newest.shift();
  }
  if (newest.length === 0 && !options.json) writeLine(io.stdout, inspect.replayNothing);
  for (const step of newest) writeLine(io.stdout, options.json ? JSON.stringify(step) : plainText(describe(step, io)));
  return exitCode.done;
}

function describe({ seq, at, scope, type, from, to, effects, because }: ReplayedStep, { texts }: Io): string {
  const when = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  const head = `${seq}  ${when}  ${scope}  ${type}  ${from === to ? to : `${from} → ${to}`}`;
  const asked = effects.length === 0 ? '' : `  ⇒ ${effects.join(', ')}`;
  return [head + asked, ...because.map((rule) => texts.inspect.because(rule))].join('\n');
}
