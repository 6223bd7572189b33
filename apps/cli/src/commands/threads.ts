import { type CommandFile, type CommonOptions, examples } from './command-file.ts';
import { wholeNumber } from './whole-number.ts';

export interface ThreadsOptions extends CommonOptions {
  readonly limit: number;
  readonly cwd?: string;
  readonly search?: string;
  readonly archived?: true;
}

/** Threads of the profile's Codex home. Costs no turn. */
export const threads: CommandFile = {
  define(command, io, act) {
    const { inspect } = io.texts;
    command
      .option('--limit <n>', inspect.threadsLimit, wholeNumber(io.texts, 1, 1_000), 20)
      .option('--cwd <dir>', inspect.threadsCwd)
      .option('--search <text>', inspect.threadsSearch)
      .option('--archived', inspect.threadsArchived)
      .addHelpText('after', examples(io.texts, 'threadbridge threads', 'threadbridge threads --search parser --json'))
      .action(() =>
        act(async () => (await import('../threads/list-threads.ts')).listThreads(command.optsWithGlobals<ThreadsOptions>(), io)),
      );
  },
};
