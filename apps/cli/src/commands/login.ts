import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

/** Logs a configured chat account in. */
export const login: CommandFile = {
  define(command, io, act) {
    command
      .argument('<key>', 'the channel, as the configuration calls it')
      .addHelpText('after', examples('threadbridge login wechat', 'threadbridge login wechat --profile team --json'))
      .action((key: string) =>
        act(async () => (await import('../accounts/run-login.ts')).runLogin(key, command.optsWithGlobals<CommonOptions>(), io)),
      );
  },
};
