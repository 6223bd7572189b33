import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

const load = () => import('../config/run-config.ts');

/** What the configuration says, where each value comes from, and whether it is right. */
export const config: CommandFile = {
  define(command, io, act) {
    command.addHelpText(
      'after',
      examples('threadbridge config show', 'threadbridge config check --json', 'threadbridge config path'),
    );
    command
      .command('show')
      .description('Print every value with its origin. Secrets are shown as references.')
      .addHelpText('after', examples('threadbridge config show', 'threadbridge config show --profile team --json'))
      .action(() => act(async () => (await load()).showConfig(command.optsWithGlobals<CommonOptions>(), io)));
    command
      .command('check')
      .description('Say whether the configuration is right; name each mistake with its place.')
      .addHelpText('after', examples('threadbridge config check', 'threadbridge config check --config draft.json'))
      .action(() => act(async () => (await load()).checkConfig(command.optsWithGlobals<CommonOptions>(), io)));
    command
      .command('path')
      .description('Print where the configuration file is, or belongs.')
      .addHelpText('after', examples('threadbridge config path', '$EDITOR "$(threadbridge config path)"'))
      .action(() => act(async () => (await load()).printConfigPath(command.optsWithGlobals<CommonOptions>(), io)));
  },
};
