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
      .command('get')
      .description('Print one value with its origin.')
      .argument('<path>', 'inside the profile, as `config show` prints it')
      .addHelpText('after', examples('threadbridge config get codex.model'))
      .action((path: string) => act(async () => (await load()).getSetting(path, command.optsWithGlobals<CommonOptions>(), io)));
    command
      .command('set')
      .description('Change one value in the file; comments stay. What comes of it is checked first.')
      .argument('<path>', 'inside the profile, as `config show` prints it')
      .argument('<value>', 'JSON, or a word')
      .addHelpText(
        'after',
        examples(
          'threadbridge config set workspaces.default ~/code/app',
          'threadbridge config set runs.maxConcurrent 2',
          `threadbridge config set access.owners '["wechat:ID"]'`,
        ),
      )
      .action((path: string, value: string) =>
        act(async () => (await load()).setSetting(path, value, command.optsWithGlobals<CommonOptions>(), io)),
      );
    command
      .command('unset')
      .description('Take one value out of the file, so that the default holds.')
      .argument('<path>', 'inside the profile, as `config show` prints it')
      .addHelpText('after', examples('threadbridge config unset codex.model'))
      .action((path: string) =>
        act(async () => (await load()).setSetting(path, undefined, command.optsWithGlobals<CommonOptions>(), io)),
      );
    command
      .command('reload')
      .description('Have the running gateway read the configuration again. Runs go on.')
      .addHelpText('after', examples('threadbridge config reload', 'threadbridge config reload --json'))
      .action(() => act(async () => (await load()).reloadConfig(command.optsWithGlobals<CommonOptions>(), io)));
    command
      .command('path')
      .description('Print where the configuration file is, or belongs.')
      .addHelpText('after', examples('threadbridge config path', '$EDITOR "$(threadbridge config path)"'))
      .action(() => act(async () => (await load()).printConfigPath(command.optsWithGlobals<CommonOptions>(), io)));
  },
};
