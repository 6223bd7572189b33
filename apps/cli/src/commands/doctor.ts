import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface DoctorOptions extends CommonOptions {
  readonly bundle?: string | true;
}

/** What works on this computer, and what to do about the rest. Costs no turn. */
export const doctor: CommandFile = {
  define(command, io, act) {
    command
      .option('--bundle [file]', io.texts.inspect.bundle)
      .addHelpText(
        'after',
        examples(io.texts, 'threadbridge doctor', 'threadbridge doctor --bundle', 'threadbridge doctor --profile team --json'),
      )
      .action(() =>
        act(async () => (await import('../doctor/run-doctor.ts')).runDoctor(command.optsWithGlobals<DoctorOptions>(), io)),
      );
  },
};
