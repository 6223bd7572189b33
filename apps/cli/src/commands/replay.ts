import { type CommandFile, type CommonOptions, examples } from './command-file.ts';
import { wholeNumber } from './whole-number.ts';

export interface ReplayOptions extends CommonOptions {
  readonly scope?: string;
  readonly lines: number;
}

/** Recorded inputs, decided about once more. Sends nothing, asks nobody, changes nothing. */
export const replay: CommandFile = {
  define(command, io, act) {
    const { inspect } = io.texts;
    command
      .option('--scope <id>', inspect.replayScope)
      .option('-n, --lines <n>', inspect.replayLines, wholeNumber(io.texts, 1, 1_000_000), 100)
      .addHelpText(
        'after',
        examples(
          io.texts,
          'threadbridge replay',
          'threadbridge replay --scope feishu:oc_5ce6 -n 20',
          'threadbridge replay --json',
        ),
      )
      .action(() =>
        act(async () => (await import('../replay/run-replay.ts')).runReplay(command.optsWithGlobals<ReplayOptions>(), io)),
      );
  },
};
