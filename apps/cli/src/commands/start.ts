import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface StartOptions extends CommonOptions {
  readonly terminal?: boolean;
  readonly workspace?: string;
}

/** Runs a profile in the foreground, with a chat in the terminal where somebody sits. */
export const start: CommandFile = {
  define(command, io, act) {
    const { start: texts } = io.texts;
    command
      .option('--terminal', texts.terminal)
      .option('--no-terminal', texts.noTerminal)
      .option('--workspace <dir>', texts.workspace)
      .addHelpText(
        'after',
        examples(io.texts, 'threadbridge start --workspace ~/code/app', 'threadbridge start --profile team --json'),
      )
      .action(() =>
        act(async () => (await import('../start/run-start.ts')).runStart(command.optsWithGlobals<StartOptions>(), io)),
      );
  },
};
