import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface StatusOptions extends CommonOptions {
  readonly showTokens?: true;
}

/** How the profile stands. Costs no turn. */
export const status: CommandFile = {
  define(command, io, act) {
    command
      .option('--show-tokens', 'print the tokens of the local addresses, each once')
      .addHelpText('after', examples('threadbridge status', 'threadbridge status --show-tokens', 'threadbridge status --json'))
      .action(() =>
        act(async () => (await import('../status/run-status.ts')).runStatus(command.optsWithGlobals<StatusOptions>(), io)),
      );
  },
};
