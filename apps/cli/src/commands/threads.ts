import { loadConfig, resolveProfile } from '@threadbridge/gateway';
import { InvalidArgumentError } from 'commander';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { shortPathIn } from '../open-chat.ts';
import { createProfileRunner } from '../profile-runner.ts';
import { oneLine } from '../terminal/step-lines.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

interface ThreadsOptions extends CommonOptions {
  readonly limit: number;
  readonly cwd?: string;
  readonly search?: string;
  readonly archived?: true;
}

/** Threads of the profile's Codex home. Costs no turn. */
export const threads: CommandFile = {
  define(command, io, act) {
    command
      .option('--limit <n>', 'how many, newest first', toLimit, 20)
      .option('--cwd <dir>', 'only threads of this working directory')
      .option('--search <text>', 'only threads with this text')
      .option('--archived', 'archived threads instead')
      .addHelpText('after', examples('threadbridge threads', 'threadbridge threads --search parser --json'))
      .action(() => act(() => listThreads(command.optsWithGlobals<ThreadsOptions>(), io)));
  },
};

async function listThreads(options: ThreadsOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  await using runner = createProfileRunner(profile, io.environment);
  const { limit, cwd, search, archived } = options;
  const page = await runner.capabilities.history.list({
    limit,
    ...(cwd !== undefined && { cwd }),
    ...(search !== undefined && { search }),
    ...(archived && { isArchived: true }),
  });
  if (options.json) {
    writeLine(io.stdout, JSON.stringify({ threads: page.threads }));
    return exitCode.done;
  }
  if (page.threads.length === 0) writeLine(io.stdout, 'No threads.');
  const shortPath = shortPathIn(undefined);
  for (const { id, title, cwd: directory, source, updatedAt } of page.threads) {
    const when = new Date(updatedAt).toISOString().slice(0, 16).replace('T', ' ');
    writeLine(io.stdout, `${id}  ${when}  ${oneLine(title)}  (${oneLine(shortPath(directory))}, ${oneLine(source)})`);
  }
  return exitCode.done;
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return limit;
  throw new InvalidArgumentError('Wanted: a number from 1 to 1000.');
}
