import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface StatusOptions extends CommonOptions {
  readonly showTokens?: true;
}

/** How the profile stands. Costs no turn. */
export const status: CommandFile = {
  define(command, io, act) {
    const { status: texts } = io.texts;
    command
      .option('--show-tokens', texts.showTokens)
      .addHelpText(
        'after',
        examples(io.texts, 'threadbridge status', 'threadbridge status --show-tokens', 'threadbridge status --json'),
      )
      .action(() =>
        act(async () => (await import('../status/run-status.ts')).runStatus(command.optsWithGlobals<StatusOptions>(), io)),
      );
  },
};
