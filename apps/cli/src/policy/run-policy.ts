import { explainProfile, loadConfig, resolveProfile } from '@threadbridge/gateway';
import type { PolicyOptions } from '../commands/policy.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { toLoadOptions } from '../to-load-options.ts';

/** Prints each decision with the rules that made it. Answers with the exit code. */
export async function explain(options: PolicyOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const { channel, user, chat, command } = options;
  const question = {
    ...{ channel, user },
    ...(chat !== undefined && { chat }),
    ...(options.group && { kind: 'group' as const }),
    ...(command !== undefined && { command }),
  };
  const answers = await explainProfile(profile, io.environment, question);
  if (options.json) writeLine(io.stdout, JSON.stringify({ profile: profile.name, ...question, answers }));
  else
    for (const { question: about, decision, because } of answers)
      writeLine(io.stdout, [`${about}: ${decision}`, ...because.map((rule) => io.texts.inspect.because(rule))].join('\n'));
  return exitCode.done;
}
