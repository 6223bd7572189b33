import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

const load = () => import('../accounts/run-wechat.ts');

/** The WeChat accounts of a profile, and who writes to them. */
export const wechat: CommandFile = {
  define(command, io, act) {
    const { accounts } = io.texts;
    command.addHelpText('after', examples(io.texts, 'threadbridge wechat show', 'threadbridge wechat probe'));
    command
      .command('show')
      .description(accounts.wechatShow)
      .addHelpText('after', examples(io.texts, 'threadbridge wechat show', 'threadbridge wechat show --json'))
      .action(() => act(async () => (await load()).showWechat(command.optsWithGlobals<CommonOptions>(), io)));
    command
      .command('probe')
      .description(accounts.wechatProbe)
      .argument('[key]', accounts.wechatKey)
      .addHelpText('after', examples(io.texts, 'threadbridge wechat probe', 'threadbridge wechat probe wechat --json'))
      .action((key: string | undefined) =>
        act(async () => (await load()).probeWechat(key, command.optsWithGlobals<CommonOptions>(), io)),
      );
  },
};
