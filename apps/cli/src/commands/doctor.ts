import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

/** What works on this computer, and what to do about the rest. Costs no turn. */
export const doctor: CommandFile = {
  define(command, io, act) {
    command
      .addHelpText('after', examples(io.texts, 'threadbridge doctor', 'threadbridge doctor --profile team --json'))
      .action(() =>
        act(async () => (await import('../doctor/run-doctor.ts')).runDoctor(command.optsWithGlobals<CommonOptions>(), io)),
      );
  },
};
