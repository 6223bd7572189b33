import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

const load = () => import('../accounts/run-wechat.ts');

/** The WeChat accounts of a profile, and who writes to them. */
export const wechat: CommandFile = {
  define(command, io, act) {
    command.addHelpText('after', examples('threadbridge wechat show', 'threadbridge wechat probe'));
    command
      .command('show')
      .description('Print the accounts, their addresses, and whether a login is stored. Asks nobody.')
      .addHelpText('after', examples('threadbridge wechat show', 'threadbridge wechat show --json'))
      .action(() => act(async () => (await load()).showWechat(command.optsWithGlobals<CommonOptions>(), io)));
    command
      .command('probe')
      .description('Print who writes, without answering, until Ctrl-C. The profile must not be running.')
      .argument('[key]', 'the channel, where there are several')
      .addHelpText('after', examples('threadbridge wechat probe', 'threadbridge wechat probe wechat --json'))
      .action((key: string | undefined) =>
        act(async () => (await load()).probeWechat(key, command.optsWithGlobals<CommonOptions>(), io)),
      );
  },
};
