import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

/** Forgets the login of a configured chat account. */
export const logout: CommandFile = {
  define(command, io, act) {
    command
      .argument('<key>', 'the channel, as the configuration calls it')
      .addHelpText('after', examples('threadbridge logout wechat'))
      .action((key: string) =>
        act(async () => (await import('../accounts/run-login.ts')).runLogout(key, command.optsWithGlobals<CommonOptions>(), io)),
      );
  },
};
