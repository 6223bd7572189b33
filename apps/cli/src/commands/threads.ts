import { InvalidArgumentError } from 'commander';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface ThreadsOptions extends CommonOptions {
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
      .action(() =>
        act(async () => (await import('../threads/list-threads.ts')).listThreads(command.optsWithGlobals<ThreadsOptions>(), io)),
      );
  },
};

function toLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return limit;
  throw new InvalidArgumentError('Wanted: a number from 1 to 1000.');
}
