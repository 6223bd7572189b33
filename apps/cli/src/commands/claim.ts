import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

/** Shows the code of `/claim`. */
export const claim: CommandFile = {
  define(command, io, act) {
    command
      .addHelpText('after', examples(io.texts, 'threadbridge claim', 'threadbridge claim --profile team --json'))
      .action(() =>
        act(async () => (await import('../claim/run-claim.ts')).runClaim(command.optsWithGlobals<CommonOptions>(), io)),
      );
  },
};
