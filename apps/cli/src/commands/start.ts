import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface StartOptions extends CommonOptions {
  readonly terminal?: boolean;
  readonly workspace?: string;
}

/** Runs a profile in the foreground, with a chat in the terminal where somebody sits. */
export const start: CommandFile = {
  define(command, io, act) {
    command
      .option('--terminal', 'chat here, also through pipes (default on a terminal)')
      .option('--no-terminal', 'no chat here')
      .option('--workspace <dir>', 'directory in which runs work, instead of workspaces.default')
      .addHelpText('after', examples('threadbridge start --workspace ~/code/app', 'threadbridge start --profile team --json'))
      .action(() =>
        act(async () => (await import('../start/run-start.ts')).runStart(command.optsWithGlobals<StartOptions>(), io)),
      );
  },
};
