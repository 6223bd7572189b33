import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

/** Forgets the login of a configured chat account. */
export const logout: CommandFile = {
  define(command, io, act) {
    const { accounts } = io.texts;
    command
      .argument('<key>', accounts.key)
      .addHelpText('after', examples(io.texts, 'threadbridge logout wechat'))
      .action((key: string) =>
        act(async () => (await import('../accounts/run-login.ts')).runLogout(key, command.optsWithGlobals<CommonOptions>(), io)),
      );
  },
};
